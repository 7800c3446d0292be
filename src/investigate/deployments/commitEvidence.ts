import type { Commit, CommitId, FileChange } from '../../changes/history/readsHistory.ts';
import type { WindowChanges } from '../../changes/history/windowChanges.ts';
import { redact } from '../../safety/redact.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import { listRepositories } from './listCommits.ts';
import type { ListedCommit } from './listedCommit.ts';

/** The name under which check 1 keeps what it saw. */
export const commitEvidenceName = 'recent-commits.json';

/** So many paths of a commit tell what it is about; `files` counts them all. */
const pathsKept = 100;

/** So many paths in all: a window of thousands of commits shares them. */
const pathsInAll = 20_000;

/** So many texts are redacted between two chances for the editor to do something else. */
const textsAtOnce = 500;

/**
 * What check 1 saw, as JSON: per repository the ref, the window, the commits by deploy. Nothing in it depends on when it was
 * looked at, so the same sight is the same evidence. Undefined when nothing could be seen.
 */
export async function commitEvidence(sights: readonly ChangesSight[]): Promise<string | undefined> {
  const seen = sights.filter((sight) => sight.kind === 'seen');
  if (seen.length === 0) return undefined;
  const commits = seen.flatMap(({ changes }) => commitsIn(changes));
  const each = Math.max(1, Math.min(pathsKept, Math.floor(pathsInAll / Math.max(1, commits.length))));
  const paths = new Map(commits.map(({ id, files }) => [id, files.slice(0, each).map(pathOf)]));
  const repositories = listRepositories(seen).map(({ groups, pending, ...rest }) => {
    const withPaths = (commit: ListedCommit): object => withPathsOf(commit, paths);
    return {
      ...rest,
      groups: groups.map((group) => ({ ...group, commits: group.commits.map(withPaths) })),
      pending: pending.map(withPaths),
    };
  });
  return `${JSON.stringify(await redactTexts({ repositories }, { left: textsAtOnce }), null, 2)}\n`;
}

function commitsIn({ groups, pending }: WindowChanges): readonly Commit[] {
  const arrivals = [...groups.flatMap((group) => group.arrivals), ...pending];
  return arrivals.flatMap(({ commit, brought }) => [commit, ...brought]);
}

function withPathsOf(commit: ListedCommit, paths: ReadonlyMap<CommitId, readonly string[]>): object {
  const { brought, ...rest } = commit;
  return {
    ...rest,
    paths: paths.get(commit.id) ?? [],
    ...(brought === undefined ? {} : { brought: brought.map((each) => withPathsOf(each, paths)) }),
  };
}

/** Text by text: what a credential's pattern takes for its end must not be the JSON's own quotes. */
async function redactTexts(value: unknown, budget: { left: number }): Promise<unknown> {
  if (typeof value === 'string') {
    budget.left -= 1;
    if (budget.left <= 0) {
      await new Promise((resolve) => setImmediate(resolve));
      budget.left = textsAtOnce;
    }
    return /^[0-9a-f]{40,64}$/.test(value) ? value : redact(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(await redactTexts(item, budget));
    return items;
  }
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) fields[name] = await redactTexts(field, budget);
  return fields;
}

function pathOf({ status, path, oldPath }: FileChange): string {
  return oldPath === undefined ? `${status} ${path}` : `${status} ${oldPath} → ${path}`;
}
