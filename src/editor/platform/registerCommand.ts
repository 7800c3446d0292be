import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { isIncidentError, messageOf } from '../../incident/incidentError.ts';
import type { Request } from './request.ts';
import { ask, readRequest } from './request.ts';

/** What a command does. A person's cancelled prompt ends it with undefined. */
export type CommandHandler = (request: Request) => Promise<unknown>;

/**
 * Registers a command. Called by a script, its errors are thrown to the caller; called by a person, they are shown: what
 * failed and why, with what to do next. What Mayday did not foresee goes to the log with its stack.
 */
export function registerCommand(
  id: CommandId,
  handler: CommandHandler,
  log: () => vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (argument: unknown) => {
    const request = readRequest(argument);
    try {
      return await handler(request);
    } catch (error) {
      if (request.kind === 'script') throw error;
      await showError(id, error, log(), request.known);
      return undefined;
    }
  });
}

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
    const chosen = await vscode.window.showErrorMessage(text, ...actions);
    if (chosen === showLog) log.show();
    if (chosen === rescue) await vscode.commands.executeCommand('mayday.restoreRecord', ask(known));
    return;
  }
  log.error(`[${what}]`, error instanceof Error ? error : messageOf(error));
  const text = vscode.l10n.t('{0} failed: {1}', what, messageOf(error));
  if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) log.show();
}
