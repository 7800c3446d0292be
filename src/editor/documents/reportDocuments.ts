import * as vscode from 'vscode';
import { reportScheme } from '../../contributions.ts';

const texts = new Map<string, string>();
const changed = new vscode.EventEmitter<vscode.Uri>();

/** Gives the texts of reports to editors. */
export function registerReports(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(reportScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) =>
      texts.get(path) ?? vscode.l10n.t('This was shown before the window was opened anew. Run the command again.'),
  });
}

/** The address of a read-only text; the same name again takes the place of the one before. */
export function reportUri(name: string, text: string): vscode.Uri {
  const uri = vscode.Uri.from({ scheme: reportScheme, path: `/${name}` });
  texts.set(uri.path, text);
  changed.fire(uri);
  return uri;
}

/** Shows a report beside what a person looks at, which keeps the focus. */
export async function showReport(name: string, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(reportUri(name, text));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
    preview: true,
  });
}
