import type { Commit, CommitId } from './readsHistory.ts';

/** Comparing again costs as much as comparing: only so many are. */
const most = 20;

/**
 * The commits worth a second comparison that passes over white space: those that say so, and large ones that add as many
 * lines as they remove.
 */
export function formattingCandidates(commits: readonly Commit[]): readonly CommitId[] {
  return commits
    .filter(
      (commit) => commit.files.length > 0 && commit.parents.length === 1 && (saysSo(commit) || isBalanced(commit)),
    )
    .slice(0, most)
    .map(({ id }) => id);
}

function saysSo({ subject }: Commit): boolean {
  return /\b(?:re)?(?:format(?:s|ted|ting)?|prettier|black|gofmt|rustfmt|clang-format|white-?space|indent(?:s|ed|ation)?|(?:line|file) endings|crlf)\b|^style\b/i.test(
    subject,
  );
}

function isBalanced({ files }: Commit): boolean {
  let added = 0;
  let removed = 0;
  for (const { status, additions, deletions } of files) {
    if (status !== 'modified' || additions === undefined || deletions === undefined) return false;
    added += additions;
    removed += deletions;
  }
  return added >= 100 && added <= 20_000 && Math.abs(added - removed) <= added / 20;
}
