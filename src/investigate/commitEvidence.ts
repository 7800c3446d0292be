import * as z from 'zod';
import { definedFields } from '../incident/definedFields.ts';
import { isIsoTime } from '../incident/isoTime.ts';
import { redact } from '../safety/redact.ts';
import type { ChangeWindow } from './changeWindow.ts';
import type { ListedCommit } from './listedCommit.ts';
import type { DeployRef, FileChange } from './readsHistory.ts';
import type { HistorySight, WindowCommit } from './recentCommits.ts';

/** The name under which check 1 keeps what it saw. */
export const commitEvidenceName = 'recent-commits.json';

/** So many paths of a commit tell what it is about; `files` counts them all. */
const pathsKept = 100;

/**
 * What check 1 saw, as JSON: the ref, the window, the commits. Nothing in it depends on when it was looked at, so the same
 * sight is the same evidence.
 */
export function commitEvidence(
  { ref, history, isShallow }: Extract<HistorySight, { kind: 'seen' }>,
  { from, minutes, origin }: ChangeWindow,
  commits: readonly WindowCommit[],
): string {
  const seen = {
    ref: refOf(ref),
    window: { from, minutes, origin },
    isShallow,
    isCut: history.isCut,
    commits: commits.map((commit) => ({ ...listed(commit), paths: commit.files.slice(0, pathsKept).map(pathOf) })),
  };
  // Text by text: what a credential's pattern takes for its end must not be the JSON's own quotes.
  const json = JSON.stringify(seen, (_name, value: unknown) => (typeof value === 'string' ? redact(value) : value), 2);
  return `${json}\n`;
}

/** A commit as it is listed. */
export function listed({ id, subject, author, committedAt, files, afterImpactStart }: WindowCommit): ListedCommit {
  const counted = files.filter(({ additions, deletions }) => additions !== undefined && deletions !== undefined);
  const lines =
    counted.length === 0
      ? {}
      : {
          additions: counted.reduce((sum, { additions = 0 }) => sum + additions, 0),
          deletions: counted.reduce((sum, { deletions = 0 }) => sum + deletions, 0),
        };
  return { id, subject, author, committedAt, files: files.length, ...lines, afterImpactStart };
}

const count = z.number().int().nonnegative();
const evidence = z.object({
  commits: z.array(
    z.object({
      id: z.string().regex(/^[0-9a-f]{40,64}$/),
      subject: z.string(),
      author: z.string(),
      committedAt: z.string().refine(isIsoTime),
      files: count,
      additions: count.optional(),
      deletions: count.optional(),
      afterImpactStart: z.boolean(),
    }),
  ),
});

/** What is listed of evidence that `commitEvidence` made. */
export interface ListedCommits {
  /** Newest first. */
  readonly commits: readonly ListedCommit[];
}

/** What evidence that `commitEvidence` made lists; undefined for anything else. */
export function parseCommitEvidence(json: string): ListedCommits | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Evidence of a later version, or damaged: there is nothing to list.
    return undefined;
  }
  const parsed = evidence.safeParse(value);
  if (!parsed.success) return undefined;
  const commits = parsed.data.commits.map(({ additions, deletions, ...commit }) => ({
    ...commit,
    ...definedFields({ additions, deletions }),
  }));
  return { commits };
}

function refOf({ ref, name, kind, commit, hasRemote, fetched }: DeployRef): object {
  return { ref, name, kind, commit: commit ?? null, hasRemote, fetched };
}

function pathOf({ status, path, oldPath }: FileChange): string {
  return oldPath === undefined ? `${status} ${path}` : `${status} ${oldPath} → ${path}`;
}
