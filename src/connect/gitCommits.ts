import type { Commit, CommitId } from '../changes/history/readsHistory.ts';
import type { AskGit } from './gitAsk.ts';
import { gitFailure, isPartialClone } from './gitErrors.ts';
import type { GitOutcome } from './gitRun.ts';
import { commitFormat, createLogReader, fileOptions } from './gitLog.ts';

/** So many commits are read in full; a window with more is cut. */
const mostCommits = 20_000;

/** So much text of git is read; a window with more is cut. */
const mostBytes = 96 * 1024 * 1024;

/** Beyond so many files git does not look for renames that changed: each is compared with each. */
const renameLimit = '-l400';

export interface ReadCommits {
  /** Newest first; what a merge changed is told against its first parent. */
  readonly commits: readonly Commit[];
  readonly isPartial: boolean;
  readonly isCut: boolean;
}

const counted = [...fileOptions, '--find-renames', renameLimit, '--numstat'];
const named = [...fileOptions, '--no-renames'];
const unlisted = ['-z', '--no-patch'];

/** The commits that `range` (revisions and `^revisions`) selects, with what they changed. */
export async function readCommits(ask: AskGit, range: readonly string[]): Promise<ReadCommits> {
  // A partial clone has the names of files, but not what renames and counts are found from; or not even those.
  for (const files of [counted, named, unlisted]) {
    const { outcome, ...read } = await log(ask, files, range);
    if (outcome.exitCode === 0) return withSight(read, files);
    if (!isPartialClone(outcome) || files === unlisted) throw gitFailure(outcome, ask.directory, ['log']);
  }
  throw new Error('unreachable: the last way either succeeds or throws');
}

/** These commits, without what they changed. */
export async function readCommitsAlone(ask: AskGit, ids: readonly CommitId[]): Promise<readonly Commit[]> {
  if (ids.length === 0) return [];
  const args = ['log', '--no-walk=unsorted', '--encoding=UTF-8', `--format=${commitFormat}`, ...unlisted];
  const reader = createLogReader();
  reader.push(await ask.bytes([...args, '--end-of-options', ...ids]));
  return reader.commits();
}

function withSight(read: Pick<ReadCommits, 'commits' | 'isCut'>, files: readonly string[]): ReadCommits {
  if (files !== unlisted) return { ...read, isPartial: files === named };
  return { ...read, commits: read.commits.map((commit) => ({ ...commit, unseen: 'partial' })), isPartial: true };
}

async function log(
  ask: AskGit,
  files: readonly string[],
  range: readonly string[],
): Promise<{ commits: readonly Commit[]; isCut: boolean; outcome: GitOutcome }> {
  const newer = await logOnce(ask, ['--diff-merges=first-parent', ...files], range);
  if (newer.outcome.exitCode === 0 || !isUnknownOption(newer.outcome)) return newer;
  // Before 2.31, git tells of merges against their first parent only where it walks no further.
  const ids = await ask.text(['rev-list', `--max-count=${mostCommits}`, '--end-of-options', ...range]);
  const input = Buffer.from(`${ids}\n`);
  return logOnce(ask, ['--no-walk=unsorted', '-m', '--first-parent', '--stdin', ...files], [], input);
}

async function logOnce(
  ask: AskGit,
  options: readonly string[],
  range: readonly CommitId[],
  input?: Buffer,
): Promise<{ commits: readonly Commit[]; isCut: boolean; outcome: GitOutcome }> {
  const reader = createLogReader();
  let bytes = 0;
  const args = [
    'log',
    '--root',
    '--encoding=UTF-8',
    `--max-count=${mostCommits}`,
    `--format=${commitFormat}`,
    ...options,
    ...(input === undefined ? ['--end-of-options', ...range] : []),
  ];
  const outcome = await ask.outcome(args, {
    maxBytes: 2 * mostBytes,
    ...(input === undefined ? {} : { input }),
    read: (chunk) => {
      bytes += chunk.length;
      reader.push(chunk);
      return bytes > mostBytes ? 'enough' : 'more';
    },
  });
  const commits = reader.commits();
  const isCut = bytes > mostBytes;
  // The one that it was cut in is not whole.
  return { commits: isCut ? commits.slice(0, -1) : commits, isCut: isCut || commits.length >= mostCommits, outcome };
}

function isUnknownOption({ stderr }: GitOutcome): boolean {
  return stderr.includes('diff-merges');
}
