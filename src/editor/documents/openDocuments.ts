import { access } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { RecordDocument } from './recordDocuments.ts';
import { recordUri } from './recordDocuments.ts';
import { showWarning } from '../platform/messages.ts';

/** Opens a file of the workspace or the record. */
export async function openFile(path: string, { preview = false } = {}): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(path), { preview });
}

/** Opens a document of the record, read-only and in preview: the next one takes its place. */
export async function openRecord(shown: RecordDocument): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(recordUri(shown));
  await vscode.languages.setTextDocumentLanguage(document, 'markdown');
  return vscode.window.showTextDocument(document, { preview: true });
}

/** Opens a message to edit, and says what is wrong with the team's template when the bundled one had to serve. */
export async function openDraft(path: string, problem?: string): Promise<void> {
  await openFile(path);
  if (problem === undefined) return;
  void showWarning(vscode.l10n.t('The bundled template was used. {0}', problem));
}

/** The text of a draft as it stands in its editor: saved first, so that what is recorded is what is on disk. */
export async function draftText(path: string): Promise<string> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  if (document.isDirty) await document.save();
  return document.getText();
}

/** Closes the editors of a draft that was sent. */
export async function closeDraft(path: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.fsPath === path),
  );
}

/** True when there is something at `path` that can be read. */
export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    // Missing and unreadable are the same to who wants to open it.
    return false;
  }
}
