import { posix } from 'node:path';
import * as vscode from 'vscode';
import { IncidentError } from '../../incident/incidentError.ts';
import { checks } from '../../incident/words.ts';
import { revisionUri } from '../documents/revisionFiles.ts';
import { announce } from '../platform/announce.ts';
import type { Gesture, Known } from './gesture.ts';
import { knownText } from './gesture.ts';
import { pickIncident } from './pickers.ts';

/** Opens a file as it was beside what it is, at a line; a file that is on one side only, or did not change, by itself. */
export const openFileChangeGesture: Gesture = async (_app, known) => {
  const path = knownText(known, 'path');
  const to = knownText(known, 'to');
  const repository = knownText(known, 'repository') ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (path === undefined || to === undefined || repository === undefined) {
    throw new IncidentError('notFound', vscode.l10n.t('The repository of this difference is not open here.'));
  }
  const from = knownText(known, 'from');
  const status = knownText(known, 'status');
  const options = { selection: selectionOf(known) };
  const left =
    from === undefined || status === 'added' || status === 'same'
      ? undefined
      : revisionUri({ repository, revision: from, path: knownText(known, 'oldPath') ?? path });
  const right = status === 'deleted' ? undefined : revisionUri({ repository, revision: to, path });
  const name = posix.basename(path);
  if (left !== undefined && right !== undefined) {
    const title = `${name} (${from?.slice(0, 8) ?? ''} ↔ ${to.slice(0, 8)})`;
    await vscode.commands.executeCommand('vscode.diff', left, right, title, options);
    return { path };
  }
  const only = right ?? left;
  if (only !== undefined) {
    const title = right === undefined ? vscode.l10n.t('{0} (removed)', name) : `${name} (${to.slice(0, 8)})`;
    await vscode.commands.executeCommand('vscode.open', only, options, title);
  }
  return { path };
};

/** Records what a row tells as a finding: a difference of check 2, or what another check saw. */
export const pinDifferenceGesture: Gesture = async (app, known) => {
  const text = knownText(known, 'text');
  const handle = await pickIncident(app, known, vscode.l10n.t('Pin as Finding'));
  if (text === undefined || handle === undefined) return undefined;
  const path = knownText(known, 'path');
  const line = typeof known['line'] === 'number' ? `:${String(known['line'])}` : '';
  const revision = knownText(known, 'to');
  const link = knownText(known, 'link');
  const result = await app.run('addFinding', {
    incident: handle.id,
    check: checks.find((check) => check === known['check']) ?? 'configuration',
    text,
    ...(link === undefined ? {} : { link }),
    ...(path === undefined ? {} : { place: `${path}${line}`.slice(0, 500) }),
    ...(revision === undefined ? {} : { revision }),
  });
  announce(vscode.l10n.t('Pinned as a finding: {0}', text));
  return result;
};

function selectionOf(known: Known): vscode.Range {
  const line = typeof known['line'] === 'number' ? Math.max(0, known['line'] - 1) : 0;
  return new vscode.Range(line, 0, line, 0);
}
