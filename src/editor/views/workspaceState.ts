import * as vscode from 'vscode';
import type { RecordPlace } from '../../incident/incidentStore.ts';
import { showConfigurationProblems } from '../documents/configurationProblems.ts';
import type { EditorServices } from '../editorServices.ts';
import { setContext } from '../platform/contextKeys.ts';
import type { IncidentViews } from './incidentViews.ts';

/** Shows what is special about this workspace: where its record goes, what is wrong with its configuration, a drill. */
export async function showWorkspaceState(
  services: EditorServices,
  surface: {
    readonly views: Pick<IncidentViews, 'say'>;
    readonly problems: vscode.DiagnosticCollection;
    readonly globalStorage: string;
  },
): Promise<void> {
  const places = await services.store.places();
  const isInGit = places.some(({ root }) => !root.startsWith(surface.globalStorage));
  setContext('mayday:place', isInGit ? 'git' : 'storage');
  const instead = await showConfigurationProblems(services, surface.problems);
  surface.views.say([...places.map(fallbackText), instead].filter((text) => text !== undefined).join('\n'));
  // Whether a drill runs is asked of a process and a port that a file of the workspace names.
  setContext('mayday:drill', vscode.workspace.isTrusted && (await isDrill(services)));
}

/** Says where the record goes when that is not the git directory a person would expect. */
function fallbackText({ folder = '', fallbackReason }: RecordPlace): string | undefined {
  if (fallbackReason === undefined) return undefined;
  return vscode.l10n.t('Incidents of {0} are recorded in VS Code’s storage: {1}.', folder, fallbackReason);
}

async function isDrill(services: EditorServices): Promise<boolean> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const running = await Promise.all(folders.map(({ uri }) => services.drill.isRunning(uri.fsPath)));
  return running.includes(true);
}
