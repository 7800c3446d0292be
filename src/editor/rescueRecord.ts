import * as vscode from 'vscode';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import type { EditorServices } from './editorServices.ts';
import type { Choice } from './platform/prompts.ts';
import { askChoice, valueOf } from './platform/prompts.ts';

type Rescue = 'retry' | 'restore' | 'relocate';

/** After a full disk or a deleted folder: tries again, writes everything back, or goes on in another place. */
export async function rescueRecord(services: EditorServices, handle: IncidentHandle): Promise<void> {
  const choices: readonly Choice<Rescue>[] = [
    {
      label: vscode.l10n.t('$(debug-restart) Try Again'),
      description: vscode.l10n.t('write what waits to be written'),
      value: 'retry',
    },
    {
      label: vscode.l10n.t('$(save-all) Restore'),
      description: vscode.l10n.t('write back every entry this window knows, after the folder was deleted'),
      value: 'restore',
    },
    {
      label: vscode.l10n.t('$(move) Go On Elsewhere'),
      description: vscode.l10n.t('in VS Code’s storage on this machine; what is in the old place goes on counting'),
      value: 'relocate',
    },
  ];
  const chosen = valueOf(
    await askChoice<Rescue>({ title: handle.state.title, placeholder: handle.directory, choices }),
  );
  if (chosen !== undefined) await services.rescue(handle, chosen);
}
