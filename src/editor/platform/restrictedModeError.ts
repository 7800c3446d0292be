import * as vscode from 'vscode';
import { IncidentError } from '../../incident/incidentError.ts';

/** What is said of a command that would run or write something in Restricted Mode. */
export function restrictedModeError(): IncidentError {
  return new IncidentError(
    'untrusted',
    vscode.l10n.t('This workspace is in Restricted Mode: Mayday shows its incidents, runs nothing and writes nothing.'),
    { hint: vscode.l10n.t('Trust the workspace (Workspaces: Manage Workspace Trust), then try again.') },
  );
}
