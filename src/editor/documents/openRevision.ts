import * as vscode from 'vscode';
import { plainLine } from '../../safety/plainLine.ts';
import { revisionUri } from './revisionFiles.ts';

/** A line of a file at a commit. */
export interface RevisionLine {
  readonly repository: string;
  readonly revision: string;
  readonly path: string;
  /** Counted from 1; the beginning of the file when absent. */
  readonly line?: number;
}

/** Opens a file as it was committed, at a line; `keepFocus` while a person walks through a list. */
export async function openRevisionLine(place: RevisionLine, { keepFocus = false } = {}): Promise<void> {
  const uri = revisionUri(place);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.commands.executeCommand(
    'vscode.open',
    uri,
    { preview: true, preserveFocus: keepFocus, selection: selectionOf(place.line, document) },
    plainLine(`${place.path.slice(place.path.lastIndexOf('/') + 1)} (${place.revision.slice(0, 8)})`, 120),
  );
}

/** What a commit changed in one file. */
export interface RevisionDiff extends RevisionLine {
  /** The earlier side; absent for a file that began with the commit. */
  readonly before?: { readonly revision: string; readonly path: string };
  readonly title: string;
}

/** Opens the difference that a commit made to a file, at a line; the file itself where nothing was before. */
export async function openRevisionDiff(diff: RevisionDiff, { keepFocus = false } = {}): Promise<void> {
  const { repository, before, title, line } = diff;
  if (before === undefined) {
    await openRevisionLine(diff, { keepFocus });
    return;
  }
  await vscode.commands.executeCommand(
    'vscode.diff',
    revisionUri({ repository, ...before }),
    revisionUri(diff),
    title,
    { preview: true, preserveFocus: keepFocus, selection: selectionOf(line) },
  );
}

function selectionOf(line = 1, document?: vscode.TextDocument): vscode.Range {
  const last = document === undefined ? Number.MAX_SAFE_INTEGER : document.lineCount;
  const at = Math.max(0, Math.min(line, last) - 1);
  return new vscode.Range(at, 0, at, 0);
}
