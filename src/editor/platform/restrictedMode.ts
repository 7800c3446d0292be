import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { IncidentError } from '../../incident/incidentError.ts';

/** Commands that show what is on record, and run and write nothing. */
const commandsThatShow: ReadonlySet<CommandId> = new Set<CommandId>([
  'mayday.openIncident',
  'mayday.openTimeline',
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
export function refuseInRestrictedMode(id: CommandId): void {
  if (vscode.workspace.isTrusted || commandsThatShow.has(id)) return;
  throw new IncidentError(
    'untrusted',
    vscode.l10n.t('This workspace is in Restricted Mode: Mayday shows its incidents, runs nothing and writes nothing.'),
    { hint: vscode.l10n.t('Trust the workspace (Workspaces: Manage Workspace Trust), then try again.') },
  );
}
