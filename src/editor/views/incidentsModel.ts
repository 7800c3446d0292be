import { deadlinesOf } from '../../incident/deadlinesOf.ts';
import type { IncidentId } from '../../incident/ids.ts';
import { ulidTimeMs } from '../../incident/ids.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle, IncidentStore, IncidentSummary } from '../../incident/incidentStore.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import { severities } from '../../incident/severity.ts';
import type { Clock, Log } from '../../incident/useCase.ts';
import type { DraftMessage } from '../app.ts';
import type { PlacedChanges } from '../../investigate/window/placeRepositories.ts';
import type { SignalEvidences } from '../../investigate/signalReader.ts';
import type { CommitSummary } from '../rows/commitSummary.ts';
import { commitSummaries } from '../rows/commitSummary.ts';
import type { ConfigurationSummary } from '../rows/configurationSummary.ts';
import { incidentRow, summaryRow } from '../rows/incidentRow.ts';
import type { Row } from '../rows/row.ts';
import type { PlacedDeployed } from '../rows/runningRows.ts';
import type { RowContext } from '../rows/rowContext.ts';

export interface ModelSources {
  readonly store: IncidentStore;
  readonly clock: Clock;
  readonly log: Log;
  zone(): string;
  draftsOf(handle: IncidentHandle): Promise<readonly DraftMessage[]>;
  /** What check 1 listed last, read back from the record after a reload. */
  listedOf(handle: IncidentHandle): Promise<PlacedChanges | undefined>;
  /** What was told last of what runs; asks nothing. */
  deployedOf?(handle: IncidentHandle): Promise<readonly PlacedDeployed[]>;
  /** What the checks of signals saw last, read back in the same way. */
  signalsOf?(handle: IncidentHandle): Promise<SignalEvidences>;
  /** What check 2 listed last, read back in the same way. */
  configurationListOf(handle: IncidentHandle): Promise<ConfigurationSummary | undefined>;
  /** True while this window looks at its signals again and again. */
  isWatched?(id: IncidentId): boolean;
}

/** The incidents that this window shows: open ones in full, ended ones as a line until somebody opens them. */
export interface IncidentsModel {
  /** Opens what is open, so that its state is at hand. */
  refresh(): Promise<void>;
  /** Opens one, ended or not. */
  open(id: IncidentId): Promise<void>;
  /** Reads again what belongs to one incident. */
  refreshOne(id: IncidentId): Promise<void>;
  rows(): readonly Row[];
  /** The incidents that are opened, as rows see them. */
  contexts(): readonly RowContext[];
  commitsOf(id: IncidentId): readonly CommitSummary[] | undefined;
  changesOf(id: IncidentId): PlacedChanges | undefined;
  drafts(): readonly DraftMessage[];
}

interface Opened {
  readonly handle: IncidentHandle;
  readonly elsewhere: string | undefined;
  drafts: readonly DraftMessage[];
  changes: PlacedChanges | undefined;
  configuration: ConfigurationSummary | undefined;
  deployed: readonly PlacedDeployed[];
  signals: SignalEvidences;
}

export function createIncidentsModel(sources: ModelSources): IncidentsModel {
  const { store, clock, log } = sources;
  const opened = new Map<IncidentId, Opened>();

  const read = async (entry: Opened): Promise<void> => {
    [entry.drafts, entry.changes, entry.configuration, entry.deployed, entry.signals] = await Promise.all([
      sources.draftsOf(entry.handle),
      sources.listedOf(entry.handle),
      sources.configurationListOf(entry.handle),
      sources.deployedOf?.(entry.handle) ?? [],
      sources.signalsOf?.(entry.handle) ?? {},
    ]);
  };

  const open = async (id: IncidentId): Promise<void> => {
    const known = opened.get(id);
    if (known !== undefined) return read(known);
    const handle = await store.open(id);
    const elsewhere = store.list().find((summary) => summary.id === id)?.elsewhere;
    const nothing = { drafts: [], changes: undefined, configuration: undefined, deployed: [], signals: {} };
    const entry: Opened = { handle, elsewhere, ...nothing };
    opened.set(id, entry);
    await read(entry);
  };

  const contextOf = ({ handle, elsewhere, drafts, changes, configuration, deployed, signals }: Opened): RowContext => {
    const now = clock.now();
    return {
      id: handle.id,
      state: handle.state,
      problems: handle.problems,
      deadlines: deadlinesOf(handle.state, now).deadlines,
      now,
      zone: sources.zone(),
      changes,
      configuration,
      deployed,
      signals,
      watching: sources.isWatched?.(handle.id) ?? false,
      drafts: drafts.filter((draft) => isWaiting(draft, handle)),
      ...(elsewhere === undefined ? {} : { elsewhere }),
    };
  };

  return {
    open,
    async refresh() {
      const wanted = store.list().filter((summary) => summary.open || summary.openActions > 0);
      const results = await Promise.allSettled(wanted.map(({ id }) => open(id)));
      for (const result of results) {
        if (result.status === 'fulfilled' || isIncidentError(result.reason, 'notFound')) continue;
        log.error('An incident could not be opened; the others are shown.', result.reason);
      }
    },
    async refreshOne(id) {
      const known = opened.get(id);
      if (known !== undefined) await read(known);
      else if (store.list().some((summary) => summary.id === id && summary.open)) await open(id);
    },
    rows: () =>
      [...store.list()].sort(inOrder).map((summary) => {
        const entry = opened.get(summary.id);
        return entry === undefined ? summaryRow(summary) : incidentRow(contextOf(entry));
      }),
    contexts: () => [...opened.values()].map(contextOf),
    commitsOf: (id) => commitSummaries(opened.get(id)?.changes),
    changesOf: (id) => opened.get(id)?.changes,
    drafts: () =>
      [...opened.values()].flatMap(({ handle, drafts }) => drafts.filter((draft) => isWaiting(draft, handle))),
  };
}

/** What an incident left unsent when it was closed is not sent any more; what was written after that is. */
function isWaiting({ update }: DraftMessage, { state: { closed } }: IncidentHandle): boolean {
  return closed === undefined || ulidTimeMs(update) > epochMsOf(closed.at);
}

/** Open before ended, the worst first, then the newest. */
function inOrder(a: IncidentSummary, b: IncidentSummary): number {
  if (a.open !== b.open) return a.open ? -1 : 1;
  const bySeverity = a.open ? severities.indexOf(a.severity) - severities.indexOf(b.severity) : 0;
  if (bySeverity !== 0) return bySeverity;
  return a.declaredAt < b.declaredAt ? 1 : a.declaredAt > b.declaredAt ? -1 : 0;
}
