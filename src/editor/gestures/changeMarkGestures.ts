import { basename } from 'node:path';
import * as vscode from 'vscode';
import { IncidentError } from '../../incident/incidentError.ts';
import type { DocumentMark } from '../annotations/markedDocuments.ts';
import { findingText, hunkText } from '../annotations/findingText.ts';
import { marksAt, nextMark } from '../annotations/marksAt.ts';
import type { App } from '../app.ts';
import { revisionUri } from '../documents/revisionFiles.ts';
import { announce } from '../platform/announce.ts';
import { readSetting } from '../platform/settings.ts';
import type { Gesture, Known } from './gesture.ts';
import { pickIncident } from './pickers.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

export const nextChangedLineGesture: Gesture = (app) => Promise.resolve(move(app, 'next'));
export const previousChangedLineGesture: Gesture = (app) => Promise.resolve(move(app, 'previous'));

/** Switches the marks where the setting has its value: in the workspace if it says something, else for the person. */
export const toggleChangeMarksGesture: Gesture = async () => {
  const on = !readSetting('mayday.changeMarks');
  const configuration = vscode.workspace.getConfiguration();
  const isOfWorkspace = configuration.inspect('mayday.changeMarks')?.workspaceValue !== undefined;
  const { Workspace, Global } = vscode.ConfigurationTarget;
  await configuration.update('mayday.changeMarks', on, isOfWorkspace ? Workspace : Global);
  announce(on ? vscode.l10n.t('Change marks are on.') : vscode.l10n.t('Change marks are off.'));
  return { on };
};

/** Opens what the line's file was before the window beside what runs, at the line. */
export const openChangeDiffGesture: Gesture = async (app, known) => {
  const { found, mark } = markOf(app, known);
  const { place, from, to } = found;
  const { repository } = found.repository.changes;
  const right = revisionUri({ repository, revision: to, path: place.path });
  if (from === undefined || place.fromPath === undefined) {
    const label = vscode.Uri.joinPath(vscode.Uri.file(repository), place.path);
    const title = vscode.l10n.t('{0}: new in the change window', basename(place.path));
    await vscode.commands.executeCommand('vscode.changes', title, [[label, undefined, right]]);
    return { path: place.path };
  }
  const left = revisionUri({ repository, revision: from, path: place.fromPath });
  const title = `${basename(place.path)} (${from.slice(0, 8)} ↔ ${to.slice(0, 8)})`;
  const selection = new vscode.Range(mark.line, 0, mark.line, 0);
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { selection });
  return { path: place.path };
};

/** Records the change at a line as a finding of check 1, with what was there before and is now. */
export const pinChangedLineGesture: Gesture = async (app, known) => {
  const { lines, ...marked } = markOf(app, known);
  const incident = known['incident'] ?? app.changeMarks.incident();
  const handle = await pickIncident(app, { incident }, vscode.l10n.t('Pin Changed Line as Finding'));
  if (handle === undefined) return undefined;
  const { text, place } = findingText(marked);
  const result = await app.run('addFinding', {
    incident: handle.id,
    check: 'deployments',
    text,
    place,
    revision: marked.found.to,
    excerpt: hunkText(marked.mark, lines),
  });
  announce(vscode.l10n.t('Pinned as a finding: {0}', place));
  return result;
};

interface MarkedLine extends DocumentMark {
  /** The text of the marked lines; of removed lines there is none. */
  readonly lines: readonly string[];
}

/** The mark that a hover's link names, else the one at the cursor. */
function markOf({ changeMarks }: App, known: Known): MarkedLine {
  const editor = vscode.window.activeTextEditor;
  const uri = typeof known['uri'] === 'string' ? vscode.Uri.parse(known['uri']) : editor?.document.uri;
  const line = typeof known['line'] === 'number' ? known['line'] : editor?.selection.active.line;
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri?.toString());
  const marks = uri === undefined ? undefined : changeMarks.of(uri);
  const [marked] = marks === undefined || line === undefined ? [] : marksAt(marks, line);
  if (marked === undefined || document === undefined) throw noMark();
  const { kind, start, end } = marked.mark;
  const last = Math.min(end, document.lineCount - 1);
  const lines = Array.from({ length: last - start + 1 }, (_, at) => document.lineAt(start + at).text);
  return { ...marked, lines: kind === 'removed' ? [] : lines };
}

function noMark(): IncidentError {
  return new IncidentError('notFound', vscode.l10n.t('No change is marked at this line.'), {
    hint: vscode.l10n.t(
      'Marks are on lines that changed in the change window of an active incident and were not edited.',
    ),
  });
}

/** Puts the cursor on the next changed line of the active editor, and says which of how many it is. */
function move({ changeMarks }: App, direction: 'next' | 'previous'): unknown {
  const editor = vscode.window.activeTextEditor;
  const marks = editor === undefined ? undefined : changeMarks.of(editor.document.uri);
  const next = marks && editor && nextMark(marks, editor.selection.active.line, direction);
  if (marks === undefined || editor === undefined || next === undefined) {
    announce(vscode.l10n.t('No changed lines here; {0} files changed in the window.', changeMarks.files()));
    return undefined;
  }
  const { found, index } = next;
  const { start, end } = found.mark;
  const position = new vscode.Position(start, editor.document.lineAt(start).firstNonWhitespaceCharacterIndex);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(start, 0, end, 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  announce(vscode.l10n.t('Changed line {0} of {1}: {2}', index + 1, marks.length, spoken(found)));
  return { line: start + 1, index: index + 1, count: marks.length };
}

function spoken({ mark, found, commits }: DocumentMark): string {
  const commit = mark.commit === undefined ? undefined : commits.get(mark.commit);
  const { length } = mark.hunk.before;
  const removed = length === 1 ? vscode.l10n.t('1 line removed') : vscode.l10n.t('{0} lines removed', length);
  const unknown = mark.kind === 'removed' ? removed : vscode.l10n.t('which commit changed it is not known');
  const what = commit === undefined ? unknown : redactedLine(commit.subject, 80);
  return found.isPending ? vscode.l10n.t('{0}, not deployed', what) : what;
}
