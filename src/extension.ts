import * as vscode from 'vscode';
import { commandIds, recordScheme, revisionScheme, viewIds } from './contributions.ts';
import type { CommandId } from './contributions.ts';
import { registerConfigurationHelp } from './editor/configuration/registerHelp.ts';
import type { LoadedApp } from './editor/createApp.ts';
import { openRecordDocuments } from './editor/documents/recordDocuments.ts';
import { createRevisionFiles } from './editor/documents/revisionFiles.ts';
import { askTitle } from './editor/gestures/askTitle.ts';
import type { MaydayApi } from './editor/publicApi.ts';
import { createPublicApi } from './editor/publicApi.ts';
import { setContext } from './editor/platform/contextKeys.ts';
import { registerCommand } from './editor/platform/registerCommand.ts';
import type { Request } from './editor/platform/request.ts';
import { refuseInRestrictedMode } from './editor/platform/restrictedMode.ts';
import { readSetting } from './editor/platform/settings.ts';
import { createLazyTree } from './editor/views/lazyTree.ts';

/** A person who types sees nothing of what loads meanwhile; the first input has to be drawn before that begins. */
const loadAfterPromptMs = 100;
/** VS Code is busy right after activation: what is open is read once it had time to draw. */
const loadAfterActivationMs = 300;

/** VS Code calls `deactivate` without telling which activation it ends. */
let end: (() => Promise<void>) | undefined;

/**
 * Registers what package.json contributes; everything heavy loads on first use. All extensions start on one thread, so it is
 * given back between views, commands and the rest: VS Code runs no command before the promise resolves.
 */
export async function activate(context: vscode.ExtensionContext): Promise<MaydayApi> {
  const log = lazyLog(context);
  const changed = new vscode.EventEmitter<string>();
  const recordChanged = new vscode.EventEmitter<vscode.Uri>();
  changed.event((incident) => {
    for (const uri of openRecordDocuments(incident)) recordChanged.fire(uri);
  });
  const incidents = createLazyTree(() => load().then((app) => app.incidents));
  const actionItems = createLazyTree(() => load().then((app) => app.actionItems));
  const incidentsView = vscode.window.createTreeView(viewIds.incidents, {
    treeDataProvider: incidents,
    manageCheckboxStateManually: true,
    showCollapseAll: true,
  });
  const alerts = createLazyTree(() => load().then((app) => app.alertsTree));
  const alertsView = vscode.window.createTreeView(viewIds.alerts, { treeDataProvider: alerts, showCollapseAll: true });
  const actionItemsView = vscode.window.createTreeView(viewIds.actionItems, { treeDataProvider: actionItems });

  let loading: Promise<LoadedApp> | undefined;
  const load = (): Promise<LoadedApp> => {
    loading ??= loadApp().catch((error: unknown) => {
      loading = undefined;
      setContext('mayday:state', 'error');
      throw error;
    });
    return loading;
  };
  const loadApp = async (): Promise<LoadedApp> => {
    setContext('mayday:state', 'loading');
    const [{ createServices }, { createApp }] = await Promise.all([
      import('./services.ts'),
      import('./editor/createApp.ts'),
    ]);
    const app = await createApp({
      context,
      log: log(),
      createServices,
      incidentsView,
      alertsView,
      onChanged: (incident) => {
        changed.fire(incident);
      },
    });
    incidents.follow(app.incidents);
    alerts.follow(app.alertsTree);
    actionItems.follow(app.actionItems);
    return app;
  };

  context.subscriptions.push(changed, recordChanged, incidentsView, alertsView, actionItemsView);
  end = async () => (await loading)?.dispose();
  await nextTurn();

  context.subscriptions.push(
    ...commandIds.map((id) => registerCommand(id, (request) => runCommand(id, request, load, log), log)),
  );
  await nextTurn();

  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider(
      revisionScheme,
      createRevisionFiles(() => load().then((app) => app.readRevision)),
      { isReadonly: true, isCaseSensitive: true },
    ),
    vscode.workspace.registerTextDocumentContentProvider(recordScheme, {
      onDidChange: recordChanged.event,
      provideTextDocumentContent: async (uri) => (await load()).recordText(uri),
    }),
    registerConfigurationHelp(context.extensionUri, () => {
      load().catch((error: unknown) => {
        log().error('Mayday could not be loaded.', error instanceof Error ? error : String(error));
      });
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      void load().then((app) => app.refresh());
    }),
  );
  scheduleLoading(context, load, log);
  return createPublicApi(load, changed.event);
}

/** Ends what was loaded; VS Code waits for it. */
export async function deactivate(): Promise<void> {
  await end?.();
}

/** *Declare Incident* asks its first question before anything is loaded; *Show Log* never needs to load. */
async function runCommand(
  id: CommandId,
  request: Request,
  load: () => Promise<LoadedApp>,
  log: () => vscode.LogOutputChannel,
): Promise<unknown> {
  await refuseInRestrictedMode(id);
  if (id === 'mayday.showLog') {
    log().show();
    return undefined;
  }
  if (id !== 'mayday.declareIncident' || request.kind === 'script' || 'title' in request.known) {
    return (await load()).execute(id, request);
  }
  const title = askTitle('');
  setTimeout(() => {
    load().catch((error: unknown) => {
      log().error('Mayday could not be loaded.', error instanceof Error ? error : String(error));
    });
  }, loadAfterPromptMs);
  const answer = await title;
  if (answer.kind !== 'answer') return undefined;
  return (await load()).execute(id, { kind: 'ask', known: { ...request.known, title: answer.value } });
}

/** Not of `node:timers/promises`: linking a module of Node's into the entry takes longer than this. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** In an idle moment after activation, and whenever something comes on record, loads what is open; else nothing is loaded. */
function scheduleLoading(
  context: vscode.ExtensionContext,
  load: () => Promise<LoadedApp>,
  log: () => vscode.LogOutputChannel,
): void {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const fail = (error: unknown): void => {
    log().error('The incidents on record could not be read.', error instanceof Error ? error : String(error));
  };
  let ended = false;
  let end = (): void => undefined;
  const watch = async (): Promise<void> => {
    const { watchForRecords } = await import('./journal/watchForRecords.ts');
    end = await watchForRecords(folders, context.globalStorageUri.fsPath, () => {
      load().catch(fail);
    });
    if (ended) end();
  };
  const timer = setTimeout(() => {
    watch().catch(fail);
    if (readSetting('mayday.watchAlerts') !== 'off' && vscode.workspace.isTrusted) load().catch(fail);
  }, loadAfterActivationMs);
  context.subscriptions.push(
    new vscode.Disposable(() => {
      ended = true;
      clearTimeout(timer);
      end();
    }),
  );
}

/** The log, made when there is something to say: most windows never have an incident. */
function lazyLog(context: vscode.ExtensionContext): () => vscode.LogOutputChannel {
  let channel: vscode.LogOutputChannel | undefined;
  return () => {
    if (channel === undefined) {
      channel = vscode.window.createOutputChannel('Mayday', { log: true });
      context.subscriptions.push(channel);
    }
    return channel;
  };
}
