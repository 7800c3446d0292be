import type { Deploy } from '../../changes/history/windowChanges.ts';
import { definedFields } from '../../incident/definedFields.ts';
import type { Decide } from '../../incident/incidentStore.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** So many at once: a timeline of more is no longer read, and the window's commits tell the rest. */
const mostDeploys = 100;

/**
 * The deploys of the change window, and what runs of what was merged into the branch that deploys, for the timeline: dated
 * when they happened. One that is on record is not recorded again, nor one that a person took out of it. Of very many, the
 * newest.
 */
export function decideObserveDeploys(sights: readonly ChangesSight[]): Decide {
  return ({ entries }) => {
    const known = new Set(
      entries.flatMap(({ event, original = event }) =>
        original.type === 'deploy.observed' ? [keyOf({ ...original.data, at: original.at })] : [],
      ),
    );
    return sights
      .flatMap(deploysIn)
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      .slice(-mostDeploys)
      .filter((deploy) => !known.has(keyOf(deploy)) && known.add(keyOf(deploy)))
      .map(({ commit, at, name, source, service }) => ({
        type: 'deploy.observed',
        at,
        data: { commit, name, source, ...definedFields({ service }) },
      }));
  };
}

/** Within the window, told by a source or by the branch itself. */
function deploysIn(sight: ChangesSight): readonly Deploy[] {
  if (sight.kind === 'none') return [];
  const { groups, deploys = [] } = sight.changes;
  // What waits to be deployed does not run: it is told once it does.
  const arrivals = groups.flatMap((group) => group.arrivals);
  const merges = arrivals
    .filter(({ brought }) => brought.length > 0)
    .map(({ commit, reachedAt }): Deploy => ({
      commit: commit.id,
      at: reachedAt,
      name: redactedLine(commit.subject, 200),
      source: 'merge',
    }));
  return [...deploys, ...merges].filter(({ at }) => at >= sight.window.from && at <= sight.window.to);
}

function keyOf({ source, service, commit, at }: Pick<Deploy, 'source' | 'service' | 'commit' | 'at'>): string {
  return JSON.stringify([source, service ?? '', commit, at]);
}
