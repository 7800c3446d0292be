import * as vscode from 'vscode';
import type { IncidentId } from '../../incident/ids.ts';
import type { DraftMessage } from '../app.ts';
import { setContext } from '../platform/contextKeys.ts';
import { timeZone } from '../platform/settings.ts';
import { createDraftLenses } from '../documents/draftLenses.ts';
import type { EditorServices } from '../editorServices.ts';
import { actionItemRows } from '../rows/actionItemRows.ts';
import type { PlacedChanges } from '../../investigate/window/placeRepositories.ts';
import type { CommitSummary } from '../rows/commitSummary.ts';
import type { RowContext } from '../rows/rowContext.ts';
import { createIncidentsModel } from './incidentsModel.ts';
import type { RowElement, RowTree } from './rowTree.ts';
import { createRowTree } from './rowTree.ts';
import { createStatusBar } from './statusBar.ts';

/** Everything that shows incidents: two trees, a badge, the status bar, and the actions above a draft. */
export interface IncidentViews {
  readonly incidents: RowTree;
  readonly actionItems: RowTree;
  readonly lenses: vscode.CodeLensProvider;
  contexts(): readonly RowContext[];
  drafts(): readonly DraftMessage[];
  commitsOf(id: IncidentId): readonly CommitSummary[] | undefined;
  /** What check 1 listed last, by repository. */
  changesOf(id: IncidentId): PlacedChanges | undefined;
  /** Opens what is open on record. */
  refresh(): Promise<void>;
  /** Reads one incident again, and shows it. */
  refreshOne(id: IncidentId): Promise<void>;
  /** Opens an incident in full, ended or not. */
  open(id: IncidentId): Promise<void>;
  /** Draws what has changed since: countdowns, after a minute. */
  draw(): void;
  /** Says something about the workspace, in sentences; empty when there is nothing to say. */
  say(text: string): void;
  dispose(): void;
}

export function createIncidentViews(
  services: EditorServices,
  incidentsView: vscode.TreeView<RowElement>,
  isWatched: (id: IncidentId) => boolean,
): IncidentViews {
  const { store, context } = services;
  const model = createIncidentsModel({
    store,
    clock: context.host.clock,
    log: context.host.log,
    zone: timeZone,
    draftsOf: services.draftsOf,
    listedOf: services.listedOf,
    deployedOf: services.deployedOf,
    configurationListOf: services.configurationListOf,
    signalsOf: services.signalsOf,
    isWatched,
  });
  const incidents = createRowTree(async ({ args }) => {
    const id = args?.['incident'] as IncidentId | undefined;
    if (id !== undefined) await open(id);
  });
  const actionItems = createRowTree(() => Promise.resolve());
  const statusBar = createStatusBar();
  const lenses = createDraftLenses(() => model.drafts());
  let said = '';

  const draw = (): void => {
    const contexts = model.contexts();
    const rows = model.rows();
    incidents.update(rows);
    // Under a message VS Code hides what an empty view offers to do: there it stands beside the title.
    const [message, description] = rows.length > 0 ? [said, ''] : ['', said.replaceAll('\n', ' ')];
    if (incidentsView.message !== message) incidentsView.message = message;
    if (incidentsView.description !== description) incidentsView.description = description;
    actionItems.update(actionItemRows(contexts));
    statusBar.update(contexts);
    incidentsView.badge = badgeOf(contexts);
    const isActive = store.list().some((summary) => summary.open);
    setContext('mayday:active', isActive);
  };
  const open = async (id: IncidentId): Promise<void> => {
    await model.open(id);
    draw();
  };

  return {
    incidents,
    actionItems,
    lenses,
    contexts: () => model.contexts(),
    drafts: () => model.drafts(),
    commitsOf: (id) => model.commitsOf(id),
    changesOf: (id) => model.changesOf(id),
    refresh: async () => {
      await model.refresh();
      draw();
    },
    refreshOne: async (id) => {
      await model.refreshOne(id);
      draw();
      lenses.refresh();
    },
    open,
    draw,
    say: (text) => {
      said = text;
      draw();
    },
    dispose: () => {
      statusBar.dispose();
    },
  };
}

function badgeOf(contexts: readonly RowContext[]): vscode.ViewBadge | undefined {
  const overdue = contexts
    .flatMap(({ deadlines }) => deadlines)
    .filter(({ standing }) => standing === 'overdue').length;
  if (overdue === 0) return undefined;
  const tooltip = overdue === 1 ? vscode.l10n.t('1 deadline overdue') : vscode.l10n.t('{0} deadlines overdue', overdue);
  return { value: overdue, tooltip };
}
