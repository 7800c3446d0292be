import * as vscode from 'vscode';
import { isIncidentError, messageOf } from '../../incident/incidentError.ts';
import { ask } from './request.ts';
import { showFailure } from './messages.ts';

/** Shows an error to the person who asked. Cancelling is no error. */
export async function showError(
  what: string,
  error: unknown,
  log: vscode.LogOutputChannel,
  known: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  if (isIncidentError(error, 'cancelled')) return;
  const showLog = vscode.l10n.t('Show Log');
  if (isIncidentError(error)) {
    log.warn(`[${what}] ${error.message}`);
    const text = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
    const rescue = vscode.l10n.t('Try Again or Go On Elsewhere…');
    const actions = error.reason === 'storage' && what !== 'mayday.declareIncident' ? [rescue, showLog] : [showLog];
    const chosen = await showFailure(text, ...actions);
    if (chosen === showLog) log.show();
    if (chosen === rescue) await vscode.commands.executeCommand('mayday.restoreRecord', ask(known));
    return;
  }
  log.error(`[${what}]`, error instanceof Error ? error : messageOf(error));
  const text = vscode.l10n.t('{0} failed: {1}', what, messageOf(error));
  if ((await showFailure(text, showLog)) === showLog) log.show();
}
