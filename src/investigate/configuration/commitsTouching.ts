import type { Commit } from '../../changes/history/readsHistory.ts';
import type { Arrival } from '../../changes/history/windowChanges.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { ConfigurationCommit } from './configurationSight.ts';

/** As many commits of one file as anybody reads. */
const mostCommits = 20;

interface Touch {
  readonly arrival: Arrival;
  /** Position of the arrival, counted from the newest. */
  readonly position: number;
  readonly oldPath: string | undefined;
}

/**
 * The commits that touched a file, newest first: of a merge, those that it brought, where they tell their files. Earlier
 * names of a file are followed. `arrivals` is newest first, `paths` are the names that the file has at the end.
 */
export function commitsTouching(
  arrivals: readonly Arrival[],
): (paths: readonly string[]) => readonly ConfigurationCommit[] {
  const touches = new Map<string, Touch[]>();
  for (const [position, arrival] of arrivals.entries()) {
    for (const { path, oldPath } of arrival.commit.files) {
      const known = touches.get(path);
      const touch = { arrival, position, oldPath };
      if (known === undefined) touches.set(path, [touch]);
      else known.push(touch);
    }
  }
  return (paths) => {
    const found = new Map<number, Arrival>();
    const names = new Map(paths.map((path) => [path, 0]));
    // What is added on the way is visited as well.
    for (const [name, since] of names) {
      for (const { arrival, position, oldPath } of touches.get(name) ?? []) {
        if (position < since) continue;
        found.set(position, arrival);
        if (oldPath !== undefined && !names.has(oldPath)) names.set(oldPath, position);
      }
    }
    const newestFirst = [...found].sort(([a], [b]) => a - b).map(([, arrival]) => arrival);
    return readable(newestFirst.flatMap((arrival) => broughtBy(arrival, names)));
  };
}

/** Of very many the newest; the last of them one from before impact began, where there is one: that decides what is accused. */
function readable(commits: readonly ConfigurationCommit[]): readonly ConfigurationCommit[] {
  const newest = commits.slice(0, mostCommits);
  const before = commits.find(({ afterImpactStart }) => !afterImpactStart);
  return before === undefined || newest.includes(before) ? newest : [...newest.slice(0, -1), before];
}

function broughtBy(arrival: Arrival, names: ReadonlyMap<string, number>): readonly ConfigurationCommit[] {
  const touching = arrival.brought.filter(({ files }) =>
    files.some(({ path, oldPath }) => names.has(path) || (oldPath !== undefined && names.has(oldPath))),
  );
  const commits: readonly Commit[] = touching.length === 0 ? [arrival.commit] : touching;
  const { reachedAt, afterImpactStart } = arrival;
  return commits.map(({ id, subject, author }) => ({
    ...{ id, subject: redactedLine(subject, 500), author: redactedLine(author, 200) },
    ...{ reachedAt, afterImpactStart },
  }));
}
