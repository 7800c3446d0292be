import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';
import type { CommitId } from '../changes/history/readsHistory.ts';
import { ignoredRevisionsFile } from '../changes/lines/ignoredRevisions.ts';
import type {
  BlameWish,
  LineHistory,
  LineRange,
  ReadsLineHistory,
  RepositoryPlace,
} from '../changes/lines/readsLineHistory.ts';
import type { BlamedCommit } from '../changes/lines/readsLines.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { isCommitId, isRepositoryPath, isSafeRevision } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { askGit } from './gitAsk.ts';
import { gitFailure, succeeded } from './gitErrors.ts';
import { parseBlame } from './gitLineFormats.ts';
import { lineHistoryFormat, parseLineHistory } from './gitLineLog.ts';
import type { GitOutcome, GitSetup } from './gitRun.ts';

/** Following lines through a long history is slow: a person waits with a cancel button, so git may take its time. */
const patienceMs = 120_000;

/** A command line holds so many. */
const mostIgnored = 200;

/** Git as `setup` says, for the history of lines. */
export function createLineHistory(setup: GitSetup = {}): ReadsLineHistory {
  const ask = (directory: string, signal: AbortSignal | undefined): AskGit =>
    askGit({ timeoutMs: patienceMs, ...setup }, directory, signal);
  return {
    placeOf: (file, signal) => readPlace(ask(dirname(file), signal), file),
    files: (repository, revision, signal) => readFiles(ask(repository, signal), revision),
    lineHistory: (repository, range, max, signal) => readLineHistory(ask(repository, signal), range, max),
    lastChanges: (repository, wish, signal) => readLastChanges(ask(repository, signal), wish),
    notIn: (repository, commits, revision, signal) => readNotIn(ask(repository, signal), commits, revision),
  };
}

async function readPlace(ask: AskGit, file: string): Promise<RepositoryPlace> {
  // Two questions: a folder's name may have a line end in it.
  const [repository, prefix] = await Promise.all([
    ask.text(['rev-parse', '--show-toplevel']),
    ask.text(['rev-parse', '--show-prefix']),
  ]);
  return {
    repository: sep === '\\' ? repository.replaceAll('/', sep) : repository,
    path: `${prefix}${basename(file)}`,
  };
}

async function readFiles(ask: AskGit, revision: string): Promise<readonly string[]> {
  requireRevision(revision);
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', '--end-of-options', revision];
  const list = (await ask.bytes(args)).toString('utf8').split('\0');
  list.pop();
  return list;
}

async function readLineHistory(ask: AskGit, range: LineRange, max: number): Promise<LineHistory> {
  const { revision, path, start, end } = range;
  requireRevision(revision);
  requirePath(path);
  requireLines([start, end]);
  const args = [
    // Without it a name may be a pattern: `:(top)x`, `a*.js`.
    ...['--literal-pathspecs', 'log'],
    // The range ends at the first colon: what stands behind is the path, whatever is in it.
    `-L${start},${Math.max(start, end)}:${path}`,
    ...[`--max-count=${max + 1}`, '--encoding=UTF-8', `--format=${lineHistoryFormat}`],
    ...['--no-color', '--no-ext-diff', '--no-textconv', '--no-show-signature', '--no-notes'],
    ...['--end-of-options', revision, '--'],
  ];
  const changes = parseLineHistory((await answered(ask, args, path)).stdout, path);
  return { changes: changes.slice(0, max), isCut: changes.length > max };
}

async function readLastChanges(
  ask: AskGit,
  { revision, path, lines, since }: BlameWish,
): Promise<ReadonlyMap<number, BlamedCommit>> {
  requireRevision(revision);
  requirePath(path);
  requireLines(lines);
  if (since !== undefined && !isCommitId(since)) throw new IncidentError('invalidArgument', 'This is no commit.');
  const wanted = new Set(lines);
  if (wanted.size === 0) return new Map();
  const ignored = await ignoredAt(ask, revision);
  const ranges = [...wanted].map((line) => `-L${line},${line}`);
  const argsWith = (skipped: readonly string[]): string[] => [
    ...['blame', '--incremental', '--root', '--encoding=UTF-8'],
    // The empty name drops what the configuration names: git fails where such a file is missing.
    '--ignore-revs-file=',
    ...[...skipped, ...ranges, since === undefined ? revision : `${since}..${revision}`, '--', path],
  ];
  const first = await ask.outcome(argsWith(ignored.map((id) => `--ignore-rev=${id}`)));
  // A clone may lack a commit that the list names.
  const isUnknown = ignored.length > 0 && first.stderr.includes('cannot find revision');
  const outcome = isUnknown ? await ask.outcome(argsWith([])) : first;
  const missing = await shallowCommits(ask);
  const { origins, commits } = parseBlame(answer(outcome, ask, ['blame'], path).stdout);
  const found = new Map<number, BlamedCommit>();
  for (const { line, count, commit: id } of origins) {
    // What stands before it is not here, so every line of the file seems to be its own.
    const commit = missing.has(id) ? undefined : commits.get(id);
    for (let at = line + 1; at <= line + count; at++) if (commit !== undefined && wanted.has(at)) found.set(at, commit);
  }
  return found;
}

async function ignoredAt(ask: AskGit, revision: string): Promise<readonly CommitId[]> {
  const { exitCode, stdout } = await ask.outcome(['cat-file', 'blob', `${revision}:${ignoredRevisionsFile}`]);
  if (exitCode !== 0) return [];
  const lines = stdout.toString('utf8').split('\n').slice(0, 10_000);
  const ids = lines.map((line) => line.replace(/#.*/, '').trim().toLowerCase());
  return ids.filter((id) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id)).slice(-mostIgnored);
}

/** Commits whose parents a shallow clone lacks. */
async function shallowCommits(ask: AskGit): Promise<ReadonlySet<CommitId>> {
  const path = await ask.text(['rev-parse', '--git-path', 'shallow']);
  try {
    return new Set((await readFile(resolve(ask.directory, path), 'utf8')).split('\n'));
  } catch {
    // A whole clone has no such file.
    return new Set();
  }
}

async function readNotIn(
  ask: AskGit,
  commits: readonly CommitId[],
  revision: CommitId,
): Promise<ReadonlySet<CommitId>> {
  const wanted = new Set(commits);
  if (![...wanted, revision].every(isCommitId)) throw new IncidentError('invalidArgument', 'These are no commits.');
  if (wanted.size === 0) return new Set();
  const newer = await ask.text(['rev-list', '--end-of-options', ...wanted, `^${revision}`]);
  return new Set(newer.split('\n').filter((id) => wanted.has(id)));
}

async function answered(ask: AskGit, args: readonly string[], path: string): Promise<GitOutcome> {
  return answer(await ask.outcome(args), ask, args, path);
}

function answer(outcome: GitOutcome, ask: AskGit, args: readonly string[], path: string): GitOutcome {
  if (outcome.exitCode === 0) return succeeded(outcome, ask.directory, args);
  const [, count] = /has only (\d+) lines?/.exec(outcome.stderr) ?? [];
  if (count !== undefined) {
    throw new IncidentError('invalidArgument', `${path} has only ${count} lines there.`, {
      hint: 'The lines may be of another version of the file.',
    });
  }
  if (/no such path|There is no path|exists on disk, but not in|does not exist in/.test(outcome.stderr)) {
    throw new IncidentError('notFound', `${path} is not in that revision.`, {
      hint: 'It may be new, or under another name there.',
    });
  }
  throw gitFailure(outcome, ask.directory, args.slice(args[0] === '--literal-pathspecs' ? 1 : 0));
}

function requireRevision(revision: string): void {
  if (isSafeRevision(revision)) return;
  throw new IncidentError('invalidArgument', `"${revision}" is no revision that Mayday hands to git.`);
}

function requirePath(path: string): void {
  if (isRepositoryPath(path)) return;
  throw new IncidentError('invalidArgument', 'This is no path inside a repository.');
}

function requireLines(lines: readonly number[]): void {
  if (lines.every((line) => Number.isSafeInteger(line) && line > 0)) return;
  throw new IncidentError('invalidArgument', 'Lines are counted from 1.');
}
