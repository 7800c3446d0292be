import { git } from '../support/testWorkspace.ts';

/** The first-parent line of a repository's deploy branch: what a window of so many commits begins and ends with. */
export interface DeployBranch {
  readonly base: string;
  readonly head: string;
  /** When the newest commit was made, ISO UTC. */
  readonly newestAt: string;
  /** From the oldest commit after `base` to the newest, at least one. */
  readonly minutes: number;
}

/** Reads it of a repository given by path. Throws when it has fewer than three commits. */
export async function deployBranch(directory: string, commits: number): Promise<DeployBranch> {
  const remote = await git(directory, 'rev-parse', '--symbolic-full-name', 'refs/remotes/origin/HEAD').catch(() => '');
  const ref = remote === '' ? 'HEAD' : remote;
  const line = await git(
    directory,
    'log',
    '--first-parent',
    `--max-count=${String(commits + 1)}`,
    '--format=%H %ct',
    ref,
  );
  const all = line.split('\n').map((row) => row.split(' '));
  const [[head = '', newest = '0'] = [], oldest, base] = [all[0], all.at(-2), all.at(-1)];
  if (all.length < 3 || oldest === undefined || base === undefined)
    throw new Error(`${directory} has too few commits.`);
  const newestMs = Number(newest) * 1000;
  const minutes = Math.ceil((newestMs - Number(oldest[1]) * 1000) / 60_000);
  return { base: base[0] ?? '', head, newestAt: new Date(newestMs).toISOString(), minutes: Math.max(1, minutes) };
}
