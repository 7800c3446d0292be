import * as vscode from 'vscode';
import { showProblemsOfText } from '../documents/configurationProblems.ts';
import { isConfigurationFile } from './isConfigurationFile.ts';

/** A person who types is not told of every letter. */
const settledAfterMs = 300;

/** Shows what is wrong in mayday.yaml as it stands in its editor; what applies is the file that is saved. */
export function followConfigurationText(collection: vscode.DiagnosticCollection): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const changed = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (!vscode.workspace.isTrusted || !isConfigurationFile(document.uri)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      showProblemsOfText(document, collection);
    }, settledAfterMs);
  });
  return vscode.Disposable.from(
    changed,
    new vscode.Disposable(() => {
      clearTimeout(timer);
    }),
  );
}
