import * as vscode from 'vscode';
import type { Diagnostic } from '../../config/diagnostic.ts';
import { parseConfiguration } from '../../config/parseConfiguration.ts';
import { isConfigurationFile } from '../configuration/isConfigurationFile.ts';
import { timeZone } from '../platform/settings.ts';
import type { EditorServices } from '../editorServices.ts';

/** Shows what is wrong in mayday.yaml where it stands, and which policy applies meanwhile above the tree. */
export async function showConfigurationProblems(
  services: EditorServices,
  collection: vscode.DiagnosticCollection,
): Promise<string | undefined> {
  const reports = await services.configurationReports();
  collection.clear();
  for (const { file, diagnostics } of reports) {
    collection.set(vscode.Uri.file(file), diagnostics.map(shown));
  }
  // What is being written is judged as it stands there, not as it was saved last.
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty && vscode.workspace.isTrusted && isConfigurationFile(document.uri)) {
      showProblemsOfText(document, collection);
    }
  }
  return reports.find(({ instead }) => instead !== undefined)?.instead;
}

/** Shows what is wrong in mayday.yaml as it stands in its editor, saved or not. */
export function showProblemsOfText(document: vscode.TextDocument, collection: vscode.DiagnosticCollection): void {
  if (document.isClosed) return;
  collection.set(document.uri, parseConfiguration(document.getText(), timeZone()).diagnostics.map(shown));
}

function shown({ line, column, endLine, endColumn, severity, message }: Diagnostic): vscode.Diagnostic {
  const range = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
  const level = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(range, message, level);
  diagnostic.source = 'Mayday';
  return diagnostic;
}
