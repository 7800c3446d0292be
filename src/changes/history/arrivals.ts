import type { IsoTime } from '../../incident/isoTime.ts';
import type { Commit, CommitId, WindowHistory } from './readsHistory.ts';
import type { Arrival } from './windowChanges.ts';

/** The commits of the first-parent line, newest first, each with what it brought. */
export function arrivalsOf(
  { line, commits, isCut }: Pick<WindowHistory, 'line' | 'commits' | 'isCut'>,
  impactStart: IsoTime | undefined,
): readonly Arrival[] {
  const known = new Map(commits.map((commit) => [commit.id, commit]));
  const order = new Map(commits.map(({ id }, index) => [id, index]));
  const taken = new Set(line.map(({ id }) => id));
  const arrivals: Arrival[] = [];
  // Oldest first: what an older merge brought, a newer one did not bring again.
  for (const { id, reachedAt } of line.toReversed()) {
    const commit = known.get(id);
    if (commit === undefined) continue;
    const brought = take(commit.parents.slice(1), known, taken);
    brought.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
    const afterImpactStart = impactStart !== undefined && reachedAt > impactStart;
    // Where the window was cut, what a merge brought may lie behind the cut.
    arrivals.push({ reachedAt, commit, brought, isCut: isCut && commit.parents.length > 1, afterImpactStart });
  }
  return arrivals.reverse();
}

/** What is reachable from `tips` and not taken yet; takes it. */
function take(tips: readonly CommitId[], known: ReadonlyMap<CommitId, Commit>, taken: Set<CommitId>): Commit[] {
  const found: Commit[] = [];
  const waiting = [...tips];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const commit = known.get(id);
    if (commit === undefined || taken.has(id)) continue;
    taken.add(id);
    found.push(commit);
    waiting.push(...commit.parents);
  }
  return found;
}
