import type { Deploy } from '../../changes/history/windowChanges.ts';
import { deployKey } from '../../incident/deployKey.ts';
import { definedFields } from '../../incident/definedFields.ts';
import type { Decide } from '../../incident/incidentStore.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import { redact } from '../../safety/redact.ts';
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
        original.type === 'deploy.observed' ? [deployKey({ ...original.data, at: original.at })] : [],
      ),
    );
    return sights
      .flatMap(deploysIn)
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      .slice(-mostDeploys)
      .filter((deploy) => !known.has(deployKey(deploy)) && known.add(deployKey(deploy)))
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
  const { groups, pending, deploys = [] } = sight.changes;
  // What waits to be deployed does not run: it is told once it does.
  const waiting = new Set(pending.flatMap(({ commit, brought }) => [commit, ...brought]).map(({ id }) => id));
  const told = deploys
    .filter(({ source, commit }) => source !== 'tag' || !waiting.has(commit))
    // As the record keeps it, so that it is known again.
    .map((deploy): Deploy => ({ ...deploy, name: redact(deploy.name) }));
  const merges = groups
    .flatMap((group) => group.arrivals)
    .filter(({ brought }) => brought.length > 0)
    .map(({ commit, reachedAt }): Deploy => ({
      commit: commit.id,
      at: reachedAt,
      name: redactedLine(commit.subject, 200),
      source: 'merge',
    }));
  return [...told, ...merges].filter(({ at }) => at >= sight.window.from && at <= sight.window.to);
}
