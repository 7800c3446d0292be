import type { CommitId } from '../history/readsHistory.ts';

/** Where a team lists the commits that only changed the form of its code; hosts and editors look there too. */
export const ignoredRevisionsFile = '.git-blame-ignore-revs';

/** The commits of such a file (a whole id per line, `#` begins a comment) that are among `known`. */
export function ignoredRevisions(text: string, known: ReadonlySet<CommitId>): readonly CommitId[] {
  const ids = text.split('\n').map((line) => line.replace(/#.*/, '').trim().toLowerCase());
  return [...new Set(ids)].filter((id) => known.has(id));
}
