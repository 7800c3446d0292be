import * as vscode from 'vscode';
import type { EditorServices } from '../editorServices.ts';

/** Shows what is wrong in mayday.yaml where it stands, and which policy applies meanwhile above the tree. */
export async function showConfigurationProblems(
  services: EditorServices,
  collection: vscode.DiagnosticCollection,
): Promise<string | undefined> {
  const reports = await services.configurationReports();
  collection.clear();
  for (const { file, diagnostics } of reports) {
    const found = diagnostics.map(({ line, column, endLine, endColumn, severity, message }) => {
      const range = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
      const level = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
      const diagnostic = new vscode.Diagnostic(range, message, level);
      diagnostic.source = 'Mayday';
      return diagnostic;
    });
    collection.set(vscode.Uri.file(file), found);
  }
  return reports.find(({ instead }) => instead !== undefined)?.instead;
}
