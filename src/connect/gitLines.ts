import type { FileLines, LinesWish } from '../changes/lines/readsLines.ts';
import { IncidentError, isIncidentError } from '../incident/incidentError.ts';
import { isCommitId, isRepositoryPath } from '../safety/argumentPatterns.ts';
import type { AskGit } from './gitAsk.ts';
import { succeeded } from './gitErrors.ts';
import { parseBlame, parseWholeDiff, wholeFile } from './gitLineFormats.ts';

/** More than that nobody reads in an editor, and comparing it would be felt. */
const mostLines = 20_000;
/** Of both versions together, as git writes them. */
const mostBytes = 4 * 1024 * 1024;

/** The versions with what differs, and who brought it: two processes at once, because neither waits for the other. */
export async function readFileLines(ask: AskGit, wish: LinesWish, signal?: AbortSignal): Promise<FileLines> {
  requireSafe(wish);
  const stop = new AbortController();
  const origins = readOrigins(ask, wish, AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]));
  // A version that cannot be read is told by the other call, which is awaited first.
  origins.catch(() => undefined);
  try {
    const version = await readVersion(ask, wish);
    if (version === undefined) return { kind: 'none', reason: `${wish.path} is binary.` };
    if (version.lines.length > mostLines) {
      return { kind: 'none', reason: `${wish.path} has more than ${mostLines} lines.` };
    }
    const changed = version.hunks.some(({ count }) => count > 0);
    return { kind: 'lines', ...version, ...(changed ? await origins : nobody) };
  } catch (error) {
    if (!isIncidentError(error, 'outside') || !error.message.includes('is larger than')) throw error;
    return { kind: 'none', reason: `${wish.path} is too large to be compared.` };
  } finally {
    stop.abort();
  }
}

type Origins = Pick<Extract<FileLines, { kind: 'lines' }>, 'origins' | 'commits'>;

const nobody: Origins = { origins: [], commits: new Map() };

async function readVersion(
  ask: AskGit,
  { to, path, from, fromPath }: LinesWish,
): Promise<ReturnType<typeof wholeFile>> {
  if (from === undefined || fromPath === undefined) {
    return wholeFile(await ask.bytes(['cat-file', 'blob', `${to}:${path}`], { maxBytes: mostBytes }));
  }
  const options = ['--unified=1000000000', '--no-color', '--no-ext-diff', '--no-textconv'];
  const args = ['diff', ...options, '--end-of-options', `${from}:${fromPath}`, `${to}:${path}`];
  return parseWholeDiff(await ask.bytes(args, { maxBytes: mostBytes }));
}

async function readOrigins(ask: AskGit, { to, path, from, ignored }: LinesWish, signal: AbortSignal): Promise<Origins> {
  const range = from === undefined ? to : `${from}..${to}`;
  // The empty name drops what the configuration names: git fails where such a file is missing.
  const skipped = ['--ignore-revs-file=', ...ignored.map((id) => `--ignore-rev=${id}`)];
  // Without --root the first commit of all would count as being before the range.
  const options = ['--incremental', '--root', '--encoding=UTF-8', ...skipped];
  const args = ['blame', ...options, range, '--', path];
  const outcome = await ask.outcome(args, { signal });
  // The configuration names a file that is not there, and no option makes git do without it.
  if (outcome.stderr.includes('could not open object name list')) return { origins: undefined, commits: new Map() };
  return parseBlame(succeeded(outcome, ask.directory, args).stdout);
}

function requireSafe({ to, path, from, fromPath, ignored }: LinesWish): void {
  const commits = [to, ...ignored, ...(from === undefined ? [] : [from])];
  if (!commits.every(isCommitId)) throw new IncidentError('invalidArgument', 'These are no commits.');
  if (isRepositoryPath(path) && (fromPath === undefined || isRepositoryPath(fromPath))) return;
  throw new IncidentError('invalidArgument', 'This is no path inside a repository.');
}
