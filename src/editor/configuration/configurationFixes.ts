import * as vscode from 'vscode';
import type { Diagnostic, DiagnosticFix } from '../../config/diagnostic.ts';
import type { CommandId } from '../../contributions.ts';
import { ask } from '../platform/request.ts';

/** What a person can choose to put a mistake of mayday.yaml right; empty where it is not plain. */
export function configurationFixes(
  document: vscode.TextDocument,
  { fix, message }: Diagnostic,
  range: vscode.Range,
  shown: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  if (fix === undefined) return [];
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = shown.filter((one) => one.message === message && one.range.isEqual(range));
  action.isPreferred = true;
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(document.uri, [editOf(document, fix, range)]);
  if (fix.kind === 'secret') {
    const command: CommandId = 'mayday.setSecret';
    action.command = { title: vscode.l10n.t('Set Secret'), command, arguments: [ask({ name: fix.secret })] };
  }
  return [action];
}

function editOf(
  document: vscode.TextDocument,
  fix: DiagnosticFix,
  range: vscode.Range,
): vscode.TextEdit | vscode.SnippetTextEdit {
  switch (fix.kind) {
    case 'replace':
    case 'secret':
      return vscode.TextEdit.replace(range, fix.text);
    case 'wrap':
      return vscode.TextEdit.replace(range, `${fix.before}${document.getText(range)}${fix.after}`);
    case 'insert': {
      // VS Code indents the lines of a snippet as the line that it is put into.
      const after = fix.after.replace(/\n +/g, '\n');
      const at = new vscode.Position(fix.line - 1, fix.column - 1);
      const snippet = new vscode.SnippetString().appendText(fix.before).appendPlaceholder(fix.gap).appendText(after);
      return vscode.SnippetTextEdit.insert(at, snippet);
    }
  }
}
