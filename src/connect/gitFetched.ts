import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isoTimeOf } from '../incident/isoTime.ts';
import type { Fetched } from '../changes/history/readsHistory.ts';
import { timeOf } from './gitLog.ts';

/** A branch of a remote, and where the clone keeps what it knows of it. */
export interface TrackedBranch {
  readonly remote: string;
  /** `main` of `refs/remotes/origin/main`. */
  readonly branch: string;
  /** Of the remote, when there are several: a branch of that name may have come from another one. */
  readonly url: string | undefined;
  /** Shared by all worktrees. */
  readonly commonDirectory: string;
}

type Sight = Extract<Fetched, { kind: 'known' }>;

/** A branch list of a large repository has some megabytes. */
const largestBytes = 8 * 1024 * 1024;

/**
 * When the clone last saw the branch at its remote: at the last fetch that got it, the last push to it, or the clone.
 * The time of FETCH_HEAD alone would not do: a fetch that fails, or gets another branch, writes it too.
 */
export async function fetchedTime(tracked: TrackedBranch): Promise<Fetched> {
  const sights = (
    await Promise.all([fetches(tracked), reflog(tracked, tracked.branch), reflog(tracked, 'HEAD')])
  ).flat();
  const latest = sights.sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  return latest ?? { kind: 'unknown', reason: 'this clone does not tell when it was fetched' };
}

async function fetches({ branch, url, commonDirectory }: TrackedBranch): Promise<Sight[]> {
  const worktrees = join(commonDirectory, 'worktrees');
  const directories = [commonDirectory, ...(await namesIn(worktrees)).map((name) => join(worktrees, name))];
  const found = await Promise.all(
    directories.map(async (directory): Promise<Sight[]> => {
      const file = await fileAt(join(directory, 'FETCH_HEAD'));
      const isOurs = file?.text.split('\n').some((line) => fetched(line, branch, url));
      return file && isOurs ? [{ kind: 'known', at: isoTimeOf(file.mtimeMs), by: 'fetch' }] : [];
    }),
  );
  return found.flat();
}

/** `<id> TAB [not-for-merge] TAB branch 'main' of <url>` */
function fetched(line: string, branch: string, url: string | undefined): boolean {
  const [, name, from = ''] = /\tbranch '(.*)' of (.*)$/.exec(line) ?? [];
  return name === branch && (url === undefined || comparable(from) === comparable(url));
}

/** FETCH_HEAD leaves out `.git`, a slash at the end, and names and passwords. */
function comparable(url: string): string {
  return url
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^([a-z+]+:\/\/)[^/@]*@/, '$1');
}

/** The last entry of `logs/refs/remotes/origin/main` that came from the remote: `<old> <new> <who> <seconds> <zone> TAB <what>`. */
async function reflog({ remote, commonDirectory }: TrackedBranch, name: string): Promise<Sight[]> {
  const file = await fileAt(join(commonDirectory, 'logs', 'refs', 'remotes', remote, ...name.split('/')));
  const lines = file?.text.split('\n') ?? [];
  for (const line of lines.reverse()) {
    const [, seconds, what = ''] = /> (\d+) [+-]\d{4}\t(.*)$/.exec(line) ?? [];
    if (seconds === undefined) continue;
    if (/^(?:fetch|pull)\b/.test(what)) return [{ kind: 'known', at: timeOf(seconds), by: 'fetch' }];
    if (what.startsWith('update by push')) return [{ kind: 'known', at: timeOf(seconds), by: 'push' }];
    if (what.startsWith('clone:')) return [{ kind: 'known', at: timeOf(seconds), by: 'clone' }];
  }
  return [];
}

async function fileAt(path: string): Promise<{ readonly text: string; readonly mtimeMs: number } | undefined> {
  try {
    const { mtimeMs, size } = await stat(path);
    return size > largestBytes ? undefined : { text: await readFile(path, 'utf8'), mtimeMs };
  } catch {
    // Not there, or not for us to read: the clone does not tell.
    return undefined;
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch {
    // A repository without linked worktrees has no such folder.
    return [];
  }
}
