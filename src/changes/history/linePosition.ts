import type { Commit, CommitId, LineCommit } from './readsHistory.ts';

/**
 * How far up the first-parent line (newest first) a revision has it: the index of the newest commit of the line that the
 * revision contains; the line's length when it contains none. Undefined for a revision that is none of `commits`.
 */
export function linePosition(
  revision: CommitId,
  line: readonly LineCommit[],
  commits: ReadonlyMap<CommitId, Commit>,
): number | undefined {
  if (!commits.has(revision)) return undefined;
  const indexes = new Map(line.map(({ id }, index) => [id, index]));
  const seen = new Set<CommitId>();
  const waiting = [revision];
  let newest = line.length;
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const index = indexes.get(id);
    if (index === undefined) waiting.push(...(commits.get(id)?.parents ?? []));
    else newest = Math.min(newest, index);
  }
  return newest;
}
