import { access } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { IncidentId } from '../incident/ids.ts';
import { startDeadlineScheduler } from '../respond/deadlineScheduler.ts';
import type { App, PickedFolder } from './app.ts';
import { showConfigurationProblems } from './documents/configurationProblems.ts';
import { createDraftLenses } from './documents/draftLenses.ts';
import { closeDraft, draftText, openDraft, openFile, openText } from './documents/openDocuments.ts';
import type { ReadRevision } from './documents/revisionFiles.ts';
import { createHost, surroundingsOf } from './createHost.ts';
import { createDrillGestures } from './drillGestures.ts';
import type { Surroundings } from '../incident/surroundings.ts';
import type { EditorServices } from './editorServices.ts';
import { openCommit, openChangeWindow } from './documents/openCommit.ts';
import { setVerified } from './gestures/endingGestures.ts';
import { commandPaths } from './gestures/gestureOf.ts';
import type { CommandId } from '../contributions.ts';
import { toAbortSignal } from './platform/abort.ts';
import { setContext } from './platform/contextKeys.ts';
import { askChoice, isPrompting, valueOf } from './platform/prompts.ts';
import { showError } from './platform/registerCommand.ts';
import type { Request } from './platform/request.ts';
import { readSetting, timeZone } from './platform/settings.ts';
import { rescueRecord } from './rescueRecord.ts';
import { actionItemRows } from './rows/actionItemRows.ts';
import { createIncidentsModel } from './views/incidentsModel.ts';
import { showReminder } from './views/reminderMessages.ts';
import type { RowElement, RowTree } from './views/rowTree.ts';
import { createRowTree } from './views/rowTree.ts';
import { createStatusBar } from './views/statusBar.ts';

/** What activation made and hands over. */
export interface Surface {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly incidentsView: vscode.TreeView<RowElement>;
  readonly createServices: (surroundings: Surroundings) => Promise<EditorServices>;
  /** Tells other extensions. */
  onChanged(incident: string): void;
}

/** Everything of Mayday that loads on first use. */
export interface LoadedApp extends App {
  readonly incidents: RowTree;
  readonly actionItems: RowTree;
  readonly readRevision: ReadRevision;
  /** Carries out a command for a person or a script. */
  execute(id: CommandId, request: Request): Promise<unknown>;
  dispose(): void;
}

/** Loads the services, opens what is open, and keeps views, status bar and reminders in step with the record. */
export async function createApp(surface: Surface): Promise<LoadedApp> {
  const { context, log, incidentsView } = surface;
  const host = createHost(log);
  const services = await surface.createServices(surroundingsOf(context, host));
  const { store } = services;
  const windows = new Map<IncidentId, number>();
  let focused: IncidentId | undefined;

  const model = createIncidentsModel({
    store,
    clock: host.clock,
    log: host.log,
    zone: timeZone,
    draftsOf: services.draftsOf,
    commitsOf: services.commitsOf,
  });
  const incidents = createRowTree(async ({ args }) => {
    const id = args?.['incident'] as IncidentId | undefined;
    if (id === undefined) return;
    await model.open(id);
    draw();
  });
  const actionItems = createRowTree(() => Promise.resolve());
  const statusBar = createStatusBar();
  const lenses = createDraftLenses(() => model.drafts());

  const draw = (): void => {
    const contexts = model.contexts();
    incidents.update(model.rows());
    actionItems.update(actionItemRows(contexts));
    statusBar.update(contexts);
    setContext(
      'mayday:active',
      store.list().some(({ open }) => open),
    );
    const overdue = contexts
      .flatMap(({ deadlines }) => deadlines)
      .filter(({ standing }) => standing === 'overdue').length;
    incidentsView.badge =
      overdue === 0
        ? undefined
        : {
            value: overdue,
            tooltip:
              overdue === 1 ? vscode.l10n.t('1 deadline overdue') : vscode.l10n.t('{0} deadlines overdue', overdue),
          };
  };

  const scheduler = startDeadlineScheduler({
    now: () => host.clock.now(),
    incidents: () =>
      model
        .contexts()
        .filter(({ elsewhere }) => elsewhere === undefined)
        .map(({ id, state }) => ({ id, state })),
    onTick: draw,
    isBusy: () => isPrompting() || !host.isTrusted() || !readSetting('mayday.reminders'),
    claim: (key) => services.claim(key),
    remind: (reminder) => {
      const state = model.contexts().find(({ id }) => id === reminder.incident)?.state;
      if (state !== undefined) void showReminder(reminder, state, host.clock.now());
    },
    log: host.log,
  });

  const redraw = async (id: IncidentId): Promise<void> => {
    await model.refreshOne(id);
    draw();
    lenses.refresh();
    scheduler.look();
    surface.onChanged(id);
  };

  const refresh = async (): Promise<void> => {
    await services.refresh();
    await model.refresh();
    const places = await store.places();
    setContext(
      'mayday:place',
      places.some(({ fallbackReason, root }) => fallbackReason === undefined && isInGit(root)) ? 'git' : 'storage',
    );
    const instead = await showConfigurationProblems(services, problems);
    incidentsView.message = [placeMessage(places), instead].filter((text) => text !== undefined).join('\n');
    setContext('mayday:drill', await isDrill(services));
    draw();
    scheduler.look();
    setContext('mayday:state', 'ready');
  };

  const problems = vscode.languages.createDiagnosticCollection('mayday');
  const app: LoadedApp = {
    store,
    context: services.context,
    log,
    incidents,
    actionItems,
    readRevision: services.readRevision,
    run: async (name, args, signal = new AbortController().signal) => {
      // TypeScript cannot see that the arguments and the use case are of one name.
      const { args: schema, run } = services.useCases[name] as unknown as {
        readonly args: { parse(value: unknown): unknown };
        run(args: unknown, context: unknown, signal: AbortSignal): Promise<never>;
      };
      const result = await run(schema.parse(args), services.context, signal);
      const id = (result as { incident?: IncidentId }).incident;
      if (id !== undefined) {
        focused = id;
        await redraw(id);
      }
      return result;
    },
    focused: () => focused,
    people: () => services.people(),
    pickFolder,
    rowContexts: () => model.contexts(),
    refresh,
    reveal: async (id, row) => {
      await model.open(id);
      draw();
      const element = incidents.elementOf(row === undefined ? id : `${id}/${row}`);
      focused = id;
      if (element !== undefined) {
        await incidentsView.reveal(element, { select: true, focus: false, expand: true });
      }
    },
    withProgress: (title, work) =>
      Promise.resolve(
        vscode.window.withProgress(
          { location: vscode.ProgressLocation.Notification, title, cancellable: true },
          async (_progress, token) => {
            const abort = toAbortSignal(token);
            try {
              return await work(abort.signal);
            } finally {
              abort.dispose();
            }
          },
        ),
      ),
    openFile,
    openText,
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    drafts: () => Promise.resolve(model.drafts()),
    openDraft,
    draftText,
    closeDraft,
    windowOf: (id) => {
      const windowMinutes = windows.get(id);
      return windowMinutes === undefined ? {} : { windowMinutes };
    },
    setWindow: (id, minutes) => windows.set(id, minutes),
    commitsOf: (id) => model.commitsOf(id),
    openCommit: (id, commit, repository) => openCommit(services, model.commitsOf(id), commit, repository),
    openChangeWindow: (id) => openChangeWindow(services, model.commitsOf(id)),
    configurationFile: (folder) => services.configurationFile(folder),
    rescue: async (id) => {
      await rescueRecord(services, await store.open(id));
      await redraw(id);
    },
    ...createDrillGestures(services, context.globalStorageUri.fsPath, (title, work) => app.withProgress(title, work)),
    alertText: services.drill.briefing.alertText,
    execute: async (id, request) => {
      if (id === 'mayday.showLog') return undefined;
      const paths = commandPaths[id];
      if (request.kind === 'ask') return paths.ask(app, request.known);
      if (paths.script === undefined) return paths.ask(app, request.args as Record<string, unknown>);
      return app.run(paths.script, request.args as never);
    },
    dispose: () => {
      scheduler.dispose();
      statusBar.dispose();
      services.dispose();
    },
  };

  context.subscriptions.push(
    problems,
    vscode.languages.registerCodeLensProvider({ scheme: 'file', pattern: '**/drafts/*.md' }, lenses),
    store.onDidChange((id) => {
      redraw(id).catch((error: unknown) => {
        log.error(
          `Incident ${id} changed and could not be read again.`,
          error instanceof Error ? error : String(error),
        );
      });
    }),
    incidentsView.onDidChangeCheckboxState(({ items }) => {
      for (const [element, checkbox] of items) {
        const { incident, item } = element.rowArgs;
        const checked = checkbox === vscode.TreeItemCheckboxState.Checked;
        setVerified(app, String(incident), String(item), checked).catch((error: unknown) => {
          draw();
          void showError('mayday.verifyRecovery', error, log);
        });
      }
    }),
    incidentsView.onDidChangeSelection(({ selection }) => {
      focused = (selection[0]?.rowArgs['incident'] as IncidentId | undefined) ?? focused;
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void refresh()),
    vscode.window.onDidChangeWindowState(({ focused: awake }) => {
      if (!awake) return;
      draw();
      scheduler.look();
    }),
    vscode.workspace.onDidSaveTextDocument(({ fileName }) => {
      if (/[\\/]mayday\.yaml$/.test(fileName)) void refresh();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mayday')) void refresh();
    }),
  );
  await refresh();
  return app;
}

async function pickFolder(): Promise<PickedFolder> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return { kind: 'picked', folder: folders[0]?.uri.fsPath };
  const chosen = await askChoice<string>({
    title: vscode.l10n.t('Mayday'),
    placeholder: vscode.l10n.t('Which folder is it about?'),
    choices: folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, value: uri.fsPath })),
  });
  const folder = valueOf(chosen);
  return folder === undefined ? { kind: 'cancelled' } : { kind: 'picked', folder };
}

function isInGit(root: string): boolean {
  return /[\\/]mayday$/.test(root) && !root.includes('globalStorage');
}

/** Says where the record goes when that is not the git directory a person would expect. */
function placeMessage(
  places: readonly { readonly folder: string | undefined; readonly fallbackReason?: string }[],
): string | undefined {
  const fallback = places.find(({ fallbackReason }) => fallbackReason !== undefined);
  if (fallback === undefined) return undefined;
  return vscode.l10n.t(
    'Incidents of {0} are recorded in VS Code’s storage: {1}.',
    fallback.folder ?? '',
    fallback.fallbackReason ?? '',
  );
}

async function isDrill(services: EditorServices): Promise<boolean> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const running = await Promise.all(folders.map(({ uri }) => services.drill.isRunning(uri.fsPath)));
  return running.includes(true);
}
