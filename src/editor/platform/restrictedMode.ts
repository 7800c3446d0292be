import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';

/** Commands that show what is on record, and run and write nothing. */
const commandsThatShow: ReadonlySet<CommandId> = new Set<CommandId>([
  'mayday.openIncident',
  'mayday.openTimeline',
  'mayday.openCharts',
  'mayday.openEvent',
  'mayday.openDocument',
  'mayday.openLink',
  'mayday.showNextDeadline',
  'mayday.refresh',
  'mayday.showLog',
]);

/**
 * Keybindings and other extensions call commands that no menu offers: before anything is asked or done, throws
 * IncidentError `untrusted` for every command that does more than show.
 */
export async function refuseInRestrictedMode(id: CommandId): Promise<void> {
  if (vscode.workspace.isTrusted || commandsThatShow.has(id)) return;
  const { restrictedModeError } = await import('./restrictedModeError.ts');
  throw restrictedModeError();
}
