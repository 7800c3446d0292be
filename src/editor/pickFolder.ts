import * as vscode from 'vscode';
import type { PickedFolder } from './app.ts';
import { askChoice, valueOf } from './platform/prompts.ts';

/** The workspace folder that something is about: the only one, else the one a person chooses. */
export async function pickFolder(): Promise<PickedFolder> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return { kind: 'picked', folder: folders[0]?.uri.fsPath };
  const chosen = await askChoice<string>({
    title: vscode.l10n.t('Mayday'),
    placeholder: vscode.l10n.t('Which folder is it about?'),
    choices: folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, value: uri.fsPath })),
  });
  const folder = valueOf(chosen);
  return folder === undefined ? { kind: 'cancelled' } : { kind: 'picked', folder };
}
