import * as vscode from 'vscode';
import type { IncidentId } from '../incident/ids.ts';
import { setVerified } from './gestures/endingGestures.ts';
import type { App } from './app.ts';
import { showError } from './platform/showError.ts';
import type { RowElement } from './views/rowTree.ts';

/** What is to be done when something happens in the editor. */
export interface EditorReactions {
  readonly app: App;
  readonly incidentsView: vscode.TreeView<RowElement>;
  readonly log: vscode.LogOutputChannel;
  /** Draws what changed while nobody looked. */
  wake(): void;
  focus(id: IncidentId): void;
  /** An incident changed, here or in another window. */
  changed(id: IncidentId): Promise<void>;
}

/** Keeps the app in step with checkboxes, selection, folders, settings, configuration and other windows. */
export function followEditor({ app, incidentsView, log, wake, focus, changed }: EditorReactions): vscode.Disposable[] {
  const settle = (work: Promise<void>, what: string): void => {
    work.catch((error: unknown) => {
      log.error(what, error instanceof Error ? error : String(error));
    });
  };
  const refresh = (): void => {
    settle(app.refresh(), 'The incidents could not be read again.');
  };
  return [
    vscode.Disposable.from(
      app.store.onDidChange((id) => {
        settle(changed(id), `Incident ${id} changed and could not be read again.`);
      }),
    ),
    incidentsView.onDidChangeCheckboxState(({ items }) => {
      for (const [{ rowArgs }, state] of items) {
        const checked = state === vscode.TreeItemCheckboxState.Checked;
        setVerified(app, String(rowArgs['incident']), String(rowArgs['item']), checked).catch((error: unknown) => {
          wake();
          void showError('mayday.verifyRecovery', error, log);
        });
      }
    }),
    incidentsView.onDidChangeSelection(({ selection: [selected] }) => {
      const id = selected?.rowArgs['incident'] as IncidentId | undefined;
      if (id !== undefined) focus(id);
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) wake();
    }),
    ...onEveryChange(vscode.workspace.createFileSystemWatcher('**/mayday.yaml'), refresh),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mayday')) refresh();
    }),
  ];
}

/** A pull or another editor changes the configuration too. */
function onEveryChange(watcher: vscode.FileSystemWatcher, listener: () => void): vscode.Disposable[] {
  return [watcher, watcher.onDidChange(listener), watcher.onDidCreate(listener), watcher.onDidDelete(listener)];
}
