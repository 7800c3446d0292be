import * as vscode from 'vscode';
import { readSetting } from '../platform/settings.ts';

/** True for mayday.yaml of a workspace folder, where the setting says that the team keeps it. */
export function isConfigurationFile(uri: vscode.Uri): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (folder === undefined || uri.scheme !== 'file') return false;
  const expected = vscode.Uri.joinPath(folder, readSetting('mayday.directory', folder), 'mayday.yaml');
  return expected.toString() === uri.toString();
}
