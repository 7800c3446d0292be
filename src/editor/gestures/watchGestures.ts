import * as vscode from 'vscode';
import { IncidentError } from '../../incident/incidentError.ts';
import { isWatchable } from '../watchSignals.ts';
import { announce } from '../platform/announce.ts';
import type { Gesture } from './gesture.ts';
import { pickIncident } from './pickers.ts';

/** Begins to look at an incident's signals again and again in this window, or ends that. */
export const toggleContinuousChecksGesture: Gesture = async (app, known) => {
  const title = vscode.l10n.t('Watch Signals');
  const handle = await pickIncident(app, known, title);
  if (handle === undefined) return undefined;
  const { id, state } = handle;
  if (!app.watching.isWatching(id)) {
    if (!isWatchable(state)) {
      throw new IncidentError('refused', vscode.l10n.t('Signals are watched while an incident is being worked on.'), {
        hint: vscode.l10n.t('Reopen it first.'),
      });
    }
    await app.confirmAddresses();
  }
  const watching = app.watching.toggle(id);
  announce(
    watching
      ? vscode.l10n.t('Watching signals: they are looked at every 30 seconds, and what changes is recorded.')
      : vscode.l10n.t('Signals are not watched any more.'),
  );
  return { incident: id, watching };
};
