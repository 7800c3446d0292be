import type { DifferingService, RunningRevision, ServiceRevision } from '../../changes/deployed/runningRevision.ts';
import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { Arrival } from '../../changes/history/windowChanges.ts';
import { plainLine } from '../../safety/plainLine.ts';

/** What runs, and from which of the arrivals (newest first) on it has them. */
export interface PlacedRunning {
  readonly running: RunningRevision;
  readonly position: number;
}

type Known = Extract<RunningRevision, { kind: 'known' }>;

/**
 * Which of the arrivals run: those that the running revision has, or of services that differ the newest of theirs. All are
 * assumed to where nobody knows what runs. `positionOf` tells the place of a revision; undefined: it is not in this clone.
 */
export async function runningPosition(
  running: RunningRevision,
  arrivals: readonly Arrival[],
  positionOf: (commit: CommitId) => Promise<number | undefined>,
): Promise<PlacedRunning> {
  const all: readonly ServiceRevision[] =
    running.kind === 'known' ? [{ service: undefined, running }] : (running.differing ?? []);
  const placed: { readonly service: string; readonly running: Known; readonly position: number }[] = [];
  const positions = await Promise.all(
    all.map(async ({ running: told }) => (told.kind === 'known' ? positionOf(told.commit) : undefined)),
  );
  for (const [index, { service, running: told }] of all.entries()) {
    if (told.kind === 'unknown') return { running, position: 0 };
    const position = positions[index];
    if (position === undefined) return { running: notHere(told, service), position: 0 };
    placed.push({ service: service ?? '', running: told, position });
  }
  const newest = placed.reduce<(typeof placed)[number] | undefined>(
    (best, one) => (best === undefined || one.position < best.position ? one : best),
    undefined,
  );
  if (newest === undefined) return { running, position: 0 };
  if (running.kind === 'known') return { running, position: newest.position };
  const services = placed.map(({ service, running: { from, version, commit }, position }): DifferingService => ({
    ...{ service, from, version, commit },
    lacks: commitsOf(arrivals.slice(newest.position, position)),
  }));
  return { running: { ...newest.running, services }, position: newest.position };
}

function notHere({ version, from, commit }: Known, service: string | undefined): RunningRevision {
  const what = service === undefined ? 'What runs' : `What runs of ${plainLine(service, 60)}`;
  const reason = `${what} is ${version} (${from}), but commit ${commit.slice(0, 8)} is not in this clone.`;
  return { kind: 'unknown', reason };
}

function commitsOf(arrivals: readonly Arrival[]): ReadonlySet<CommitId> {
  return new Set(arrivals.flatMap(({ commit, brought }) => [commit, ...brought]).map(({ id }) => id));
}
