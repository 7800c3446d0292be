import type { Commit, CommitId } from './readsHistory.ts';

export interface Reverts {
  /** What a commit takes back: an id (perhaps shortened), or a subject where its message names no commit. */
  readonly of: ReadonlyMap<CommitId, string>;
  /** By what a commit was taken back, as long as that was not taken back itself. */
  readonly by: ReadonlyMap<CommitId, CommitId>;
}

/**
 * Who takes back whom. `git revert` writes `Revert "<subject>"` (of a revert, `Reapply "<subject>"` since git 2.43) and
 * `This reverts commit <id>.`; GitHub's button writes the subject alone. `commits` newest first.
 */
export function revertsIn(commits: readonly Commit[]): Reverts {
  const of = new Map<CommitId, string>();
  const by = new Map<CommitId, CommitId>();
  const positions = new Map(commits.map(({ id }, index) => [id, index]));
  for (const [index, commit] of commits.entries()) {
    const what = revertedBy(commit);
    if (what === undefined) continue;
    of.set(commit.id, what.id ?? what.subject);
    const older = what.id === undefined ? bySubject(commits, index, what.subject) : byId(commits, positions, what.id);
    // A revert that was itself taken back (it is older, so that is known by now) no longer holds.
    if (older !== undefined && older !== commit.id && !by.has(commit.id)) by.set(older, commit.id);
  }
  return { of, by };
}

function revertedBy({
  subject,
  body = '',
}: Commit): { readonly id: CommitId | undefined; readonly subject: string } | undefined {
  const id = /\bThis reverts commit ([0-9a-f]{7,64})\b/.exec(body)?.[1];
  const [, verb, quoted] = /^(Revert|Reapply):? "(.*)"/.exec(subject) ?? [];
  if (quoted !== undefined) return { id, subject: verb === 'Reapply' ? `Revert "${quoted}"` : quoted };
  return id === undefined ? undefined : { id, subject: id };
}

function byId(
  commits: readonly Commit[],
  positions: ReadonlyMap<CommitId, number>,
  id: CommitId,
): CommitId | undefined {
  return positions.has(id) ? id : commits.find((commit) => commit.id.startsWith(id))?.id;
}

/** The next older one of that subject; pull requests merged by squashing have their number behind it. */
function bySubject(commits: readonly Commit[], index: number, subject: string): CommitId | undefined {
  const wanted = plainSubject(subject);
  return commits.slice(index + 1).find((commit) => plainSubject(commit.subject) === wanted)?.id;
}

function plainSubject(subject: string): string {
  return subject.replace(/ \(#\d+\)$/, '').trim();
}
