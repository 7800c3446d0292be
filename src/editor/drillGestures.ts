import { join } from 'node:path';
import * as vscode from 'vscode';
import { isoTimeOf } from '../incident/isoTime.ts';
import type { App } from './app.ts';
import { withProgress } from './platform/progress.ts';
import type { EditorServices } from './editorServices.ts';
import { showInformation } from './platform/messages.ts';

/** *Start a Drill* and *Stop the Drill's Service*. */
export function createDrillGestures(services: EditorServices, storage: string): Pick<App, 'startDrill' | 'stopDrill'> {
  return {
    startDrill: async (folder) => {
      const stamp = isoTimeOf(Date.now()).slice(0, 19).replaceAll(':', '-');
      const parent = folder ?? join(storage, 'drills', stamp);
      const made = await withProgress(vscode.l10n.t('Making a service that broke forty minutes ago…'), (signal) =>
        services.drill.start(join(parent, 'checkout'), signal),
      );
      return made;
    },
    stopDrill: async () => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const stopped = await Promise.all(folders.map(({ uri }) => services.drill.stop(uri.fsPath)));
      return { stopped: stopped.includes(true) };
    },
  };
}

/** Offers to open a drill that was just made. */
export async function offerDrill(directory: string, alertText: string): Promise<void> {
  const open = vscode.l10n.t('Open in New Window');
  const here = vscode.l10n.t('Open Here');
  const chosen = await showInformation(vscode.l10n.t('The drill is ready. You are paged: {0}', alertText), open, here);
  if (chosen === undefined) return;
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(directory), {
    forceNewWindow: chosen === open,
  });
}
