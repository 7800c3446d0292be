import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import { isIncidentError } from '../incident/incidentError.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Surroundings } from '../incident/surroundings.ts';
import { createSerialQueue } from '../journal/serialQueue.ts';
import { startDeadlineScheduler } from '../respond/deadlineScheduler.ts';
import { createChangeMarks } from './annotations/changeMarks.ts';
import type { App } from './app.ts';
import { createChartPanels } from './charts/chartPanels.ts';
import { createHost, surroundingsOf } from './createHost.ts';
import { followConfigurationText } from './configuration/followConfigurationText.ts';
import { openChanges } from './documents/openChanges.ts';
import { openChangeWindow, openCommit } from './documents/openCommit.ts';
import { closeDraft, draftText, exists, openDraft, openFile, openRecord } from './documents/openDocuments.ts';
import { registerReports } from './documents/reportDocuments.ts';
import { recordText } from './documents/recordText.ts';
import type { ReadRevision } from './documents/revisionFiles.ts';
import { createDrillGestures } from './drillGestures.ts';
import type { EditorServices } from './editorServices.ts';
import { followEditor } from './followEditor.ts';
import { commandPaths } from './gestures/gestureOf.ts';
import { createLoadedApi } from './loadedApi.ts';
import { pickFolder } from './pickFolder.ts';
import { setContext } from './platform/contextKeys.ts';
import { withProgress } from './platform/progress.ts';
import { forgetTyped, isPrompting, onDidStopPrompting } from './platform/prompts.ts';
import type { Request } from './platform/request.ts';
import type { LoadedApi } from './publicApi.ts';
import { keepSecret } from './platform/secrets.ts';
import { readSetting } from './platform/settings.ts';
import { rescueRecord } from './rescueRecord.ts';
import type { ArgsOf, ResultOf, UseCaseName } from './useCases.ts';
import { createAlertsView } from './views/alertsView.ts';
import type { IncidentViews } from './views/incidentViews.ts';
import { createIncidentViews } from './views/incidentViews.ts';
import { showReminder } from './views/reminderMessages.ts';
import type { RowElement, RowTree } from './views/rowTree.ts';
import { showWorkspaceState } from './views/workspaceState.ts';
import { createWatching } from './watchSignals.ts';
import { withoutWords } from './withoutWords.ts';

/** What activation made and hands over. */
export interface Surface {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly incidentsView: vscode.TreeView<RowElement>;
  readonly alertsView: vscode.TreeView<RowElement>;
  readonly createServices: (surroundings: Surroundings) => Promise<EditorServices>;
  /** Tells other extensions. */
  onChanged(incident: string): void;
}

/** Everything of Mayday that loads on first use. */
export interface LoadedApp extends App {
  readonly incidents: RowTree;
  readonly alertsTree: RowTree;
  readonly actionItems: RowTree;
  /** What other extensions may do. */
  readonly api: LoadedApi;
  readonly readRevision: ReadRevision;
  /** The text of a document of the record. */
  recordText(uri: vscode.Uri): Promise<string>;
  /** Carries out a command for a person or a script. */
  execute(id: CommandId, request: Request): Promise<unknown>;
  /** Ends watching, and saves what makes the next start fast. */
  dispose(): Promise<void>;
}

/** Loads the services, opens what is open, and keeps views, status bar and reminders in step with the record. */
export async function createApp(surface: Surface): Promise<LoadedApp> {
  const { context, log, incidentsView } = surface;
  const host = createHost(log, context);
  const services = await surface.createServices(surroundingsOf(context, host));
  const watching = createWatching(services, () => {
    views.draw();
  });
  const views = createIncidentViews(services, incidentsView, (id) => watching.isWatching(id));
  const alertsView = createAlertsView(services, surface.alertsView, () => views.contexts());
  const problems = vscode.languages.createDiagnosticCollection('mayday');
  const globalStorage = context.globalStorageUri.fsPath;
  let focused: IncidentId | undefined;

  const changeMarks = createChangeMarks({
    services,
    extensionUri: context.extensionUri,
    log,
    contexts: () => views.contexts(),
    focused: () => focused,
  });
  const charts = createChartPanels({ services, extensionUri: context.extensionUri, log: host.log });
  const scheduler = startReminders(services, views);
  const isConfidential = (id: IncidentId): boolean =>
    services.store.list().some((summary) => summary.id === id && summary.confidential);
  const changed = async (id: IncidentId): Promise<void> => {
    await views.refreshOne(id);
    scheduler.look();
    changeMarks.update();
    alertsView.draw();
    charts.update(id);
    if (!isConfidential(id)) surface.onChanged(id);
  };
  const readAgain = async (): Promise<void> => {
    await services.refresh();
    await views.refresh();
    await showWorkspaceState(services, { views, problems, globalStorage });
    scheduler.look();
    changeMarks.update();
    alertsView.changed();
    setContext('mayday:state', 'ready');
  };
  const inTurn = createSerialQueue();
  // While a window opens its folders may come late, and what was read without them must not stay.
  const refresh = (): Promise<void> => inTurn(readAgain);

  const app: LoadedApp = {
    store: services.store,
    context: services.context,
    log,
    incidents: views.incidents,
    alertsTree: alertsView.tree,
    alerts: { ...services.alerts, refresh: (signal) => alertsView.refresh(signal) },
    actionItems: views.actionItems,
    get api() {
      return createLoadedApi(app);
    },
    readRevision: services.readRevision,
    recordText: (uri) => recordText(services.store, uri),
    run: async (name, args, signal = new AbortController().signal) => {
      const result: ResultOf<typeof name> = await runUseCase(services, name, args, signal).catch((error: unknown) => {
        // The record keeps what it could not write: asked again, the same words would be recorded twice.
        if (isIncidentError(error, 'storage') && name !== 'declareIncident') forgetTyped();
        throw error;
      });
      forgetTyped();
      const id = (result as { readonly incident?: IncidentId }).incident;
      if (id !== undefined) {
        focused = id;
        await changed(id);
      }
      return result;
    },
    execute: async (id, request) => {
      if (id === 'mayday.showLog') return undefined;
      const result = await executed(app, id, request);
      const { incident } = (result ?? {}) as { readonly incident?: IncidentId };
      // Any extension can call a command: see design.md, "confidential".
      return incident !== undefined && isConfidential(incident) ? withoutWords(result) : result;
    },
    focused: () => focused,
    reveal: async (id, row) => {
      await views.open(id);
      focused = id;
      const element = views.incidents.elementOf(row === undefined ? id : `${id}/${row}`);
      if (element !== undefined) await incidentsView.reveal(element, { select: true, focus: false, expand: true });
    },
    refresh,
    rowContexts: () => views.contexts(),
    people: async () => {
      const known = await services.people();
      const newestFirst = services.store.list().toSorted((a, b) => (a.declaredAt < b.declaredAt ? 1 : -1));
      return [...new Set([...known, ...newestFirst.flatMap(({ people }) => people)])];
    },
    pickFolder,
    withProgress,
    openFile,
    openRecord,
    exists,
    readText: (path) => readFile(path, 'utf8'),
    documentFile: async (handle, document) => {
      // The record names documents with their incident's folder: `2026-11-23-checkout-down/post-mortem.md`.
      const parent = dirname(await services.context.documents.directoryOf(handle));
      const path = isAbsolute(document) ? document : join(parent, document);
      return (await exists(path)) ? path : undefined;
    },
    drafts: () => Promise.resolve(views.drafts()),
    openDraft,
    draftText,
    closeDraft,
    discardDraft: async ({ incident, update, path }) => {
      await draftText(path);
      await services.discardDraft(await services.store.open(incident), update);
      await closeDraft(path);
      await changed(incident);
    },
    changeMarks,
    commitsOf: (id) => views.commitsOf(id),
    chartsOf: (handle) => services.chartsOf(handle),
    targetsOf: (handle) => services.targetsOf(handle),
    openCharts: (id, check) => charts.open(id, check),
    openCommit: (id, commit, repository) => openCommit(services, views.commitsOf(id), commit, repository),
    openChangeWindow: (id) => openChangeWindow(services, views.changesOf(id)),
    openChangeGroup: (title, range) =>
      withProgress(vscode.l10n.t('Reading changes…'), (signal) => openChanges(services, title, range, signal)),
    changesOf: (id) => views.changesOf(id),
    fetches: services.fetches,
    watching,
    configurationFile: (folder) => services.configurationFile(folder),
    confirmAddresses: async (options) => {
      const result = await services.confirmAddresses(options);
      if (result.confirmed > 0) alertsView.changed();
      return result;
    },
    secretNames: () => services.secretNames(),
    keepSecret: (name, value) => keepSecret(context.secrets, name, value),
    rescue: async (id) => {
      await rescueRecord(services, await services.store.open(id));
      await changed(id);
    },
    ...createDrillGestures(services, globalStorage),
    alertText: services.drill.briefing.alertText,
    dispose: async () => {
      watching.dispose();
      scheduler.dispose();
      changeMarks.dispose();
      alertsView.dispose();
      charts.dispose();
      views.dispose();
      await services.dispose();
    },
  };

  const wake = (): void => {
    views.draw();
    scheduler.look();
  };
  const focus = (id: IncidentId): void => {
    focused = id;
    changeMarks.update();
  };
  context.subscriptions.push(
    problems,
    registerReports(),
    followConfigurationText(problems),
    onDidStopPrompting(() => {
      scheduler.look();
    }),
    vscode.languages.registerCodeLensProvider({ scheme: 'file', pattern: '**/drafts/*.md' }, views.lenses),
    ...followEditor({ app, incidentsView, log, wake, focus, changed }),
  );
  await refresh();
  return app;
}

async function runUseCase<N extends UseCaseName>(
  services: EditorServices,
  name: N,
  args: ArgsOf<N>,
  signal: AbortSignal,
): Promise<ResultOf<N>> {
  // TypeScript cannot see that the arguments and the use case are of one name.
  const useCase = services.useCases[name] as unknown as {
    readonly args: { parse(value: unknown): unknown };
    run(args: unknown, context: unknown, signal: AbortSignal): Promise<ResultOf<N>>;
  };
  return useCase.run(useCase.args.parse(args), services.context, signal);
}

function startReminders(services: EditorServices, views: IncidentViews): ReturnType<typeof startDeadlineScheduler> {
  const { host } = services.context;
  return startDeadlineScheduler({
    now: () => host.clock.now(),
    incidents: () => views.contexts().map(({ id, state }) => ({ id, state })),
    onTick: () => {
      views.draw();
    },
    isBusy: () => isPrompting() || !host.isTrusted() || !readSetting('mayday.reminders'),
    claim: (key) => services.claim(key),
    remind: (reminder) => {
      const state = views.contexts().find(({ id }) => id === reminder.incident)?.state;
      if (state !== undefined) void showReminder(reminder, state, host.clock.now());
    },
    log: host.log,
  });
}

/** A command, from a person's gesture or from a script's argument object. */
async function executed(app: LoadedApp, id: Exclude<CommandId, 'mayday.showLog'>, request: Request): Promise<unknown> {
  const paths = commandPaths[id];
  if (request.kind === 'ask') return paths.ask(app, request.known);
  if (paths.script === undefined) return paths.ask(app, request.args as Record<string, unknown>);
  return app.run(paths.script, request.args as never);
}
