import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { WindowChanges } from '../../changes/history/windowChanges.ts';
import type { ReadsLineHistory } from '../../changes/lines/readsLineHistory.ts';
import type { BlamedCommit } from '../../changes/lines/readsLines.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import { redact } from '../../safety/redact.ts';

/** Who last changed a line of the version that runs. */
export type LineStanding =
  | ({
      readonly kind: 'known';
      /** It reached production within the change window. */
      readonly inWindow: boolean;
      /** Its last change came after impact began, or all of the window did; absent when neither is known. */
      readonly afterImpact?: 'last' | 'all';
    } & BlamedCommit)
  /** Not within the window; who it was would have taken git too long to find. `reason`: a sentence. */
  | { readonly kind: 'older'; readonly reason: string }
  /** `reason`: a sentence. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A line of a file as it runs, and what is known of it. */
export interface StandingLine {
  readonly standing: LineStanding;
  /** The line's text, redacted; absent when the file has no such line. */
  readonly code?: string;
}

export interface StandingTools {
  readonly lines: ReadsLineHistory;
  readonly readFile: (repository: string, revision: string, path: string, signal?: AbortSignal) => Promise<Uint8Array>;
}

/** More files than that are in no trace that anybody reads. */
const mostFiles = 60;
const filesAtOnce = 4;
/** What came within the window is known at once; for who came before, nobody waits longer in a long history. */
const patienceMs = 5000;
const longestCode = 300;

/**
 * The lines of each file: what came within the window first, because git stops looking at its beginning; who changed the
 * others then, as far as git finds out in time.
 */
export async function lineStandings(
  tools: StandingTools,
  version: Version,
  wanted: ReadonlyMap<string, readonly number[]>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlyMap<number, StandingLine>>> {
  const files = [...wanted].slice(0, mostFiles);
  const recent = await inTurns(files, async ([path, numbers]): Promise<FileLook> => {
    const text = await codeOf(() => tools.readFile(version.repository, version.head, path, signal));
    const lines = numbers.filter((line) => line <= text.length);
    if (version.base === undefined) return { path, numbers, text, recent: new Map() };
    const found = await blame(tools, { ...version, since: version.base, path, lines }, signal);
    return typeof found === 'string' ? { path, numbers, text, problem: found } : { path, numbers, text, recent: found };
  });
  const enough = AbortSignal.timeout(patienceMs);
  const whole = await inTurns(recent, async (file) => {
    const older = file.numbers.filter((line) => line <= file.text.length && file.recent?.has(line) !== true);
    if (file.problem !== undefined || older.length === 0) return file;
    return { ...file, ...(await blameInTime(tools, { ...version, path: file.path, lines: older }, signal, enough)) };
  });
  return new Map(
    whole.map((file) => [
      file.path,
      new Map(file.numbers.map((line) => [line, standingOf(file, line, version.base === undefined)])),
    ]),
  );
}

type Version = Pick<WindowChanges, 'repository' | 'base'> & { readonly head: CommitId };
type Blame = ReadonlyMap<number, BlamedCommit>;

/** What was found of a file. */
interface FileLook {
  readonly path: string;
  readonly numbers: readonly number[];
  readonly text: readonly string[];
  /** Lines that came within the window. */
  readonly recent?: Blame;
  /** All others, as far as git knows; undefined when it took too long. */
  readonly older?: Blame;
  /** Why git tells nothing, a sentence. */
  readonly problem?: string;
}

interface Asked {
  readonly repository: string;
  readonly head: CommitId;
  readonly since?: CommitId;
  readonly path: string;
  readonly lines: readonly number[];
}

/** A sentence where git cannot tell. */
async function blame({ lines: reads }: StandingTools, asked: Asked, signal: AbortSignal): Promise<Blame | string> {
  const { repository, head, since, path, lines } = asked;
  try {
    const wish = { revision: head, path, lines, ...(since === undefined ? {} : { since }) };
    return await reads.lastChanges(repository, wish, signal);
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return error.message;
  }
}

async function blameInTime(
  tools: StandingTools,
  asked: Asked,
  signal: AbortSignal,
  enough: AbortSignal,
): Promise<Pick<FileLook, 'older' | 'problem'>> {
  try {
    const found = await blame(tools, asked, AbortSignal.any([signal, enough]));
    return typeof found === 'string' ? { problem: found } : { older: found };
  } catch (error) {
    if (signal.aborted || !enough.aborted) throw error;
    return {};
  }
}

/** The lines of a file; none where it cannot be read: `blame` tells why. */
async function codeOf(read: () => Promise<Uint8Array>): Promise<readonly string[]> {
  try {
    const lines = Buffer.from(await read())
      .toString('utf8')
      .split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    return lines;
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return [];
  }
}

function standingOf(file: FileLook, line: number, isAllRecent: boolean): StandingLine {
  const { path, text, recent, older, problem } = file;
  const code = text[line - 1];
  if (code === undefined) {
    const count = text.length === 0 ? 'cannot be read' : `has only ${text.length} lines`;
    const reason = `${path} ${count} in the revision that is taken for the running one: another one may have been running.`;
    return { standing: { kind: 'unknown', reason } };
  }
  const shown = redact(code.trim()).slice(0, longestCode);
  const newer = recent?.get(line);
  if (newer !== undefined) return { standing: { kind: 'known', ...newer, inWindow: true }, code: shown };
  if (problem !== undefined) return { standing: { kind: 'unknown', reason: problem }, code: shown };
  const commit = older?.get(line);
  if (commit !== undefined) return { standing: { kind: 'known', ...commit, inWindow: isAllRecent }, code: shown };
  if (older !== undefined) {
    const reason = 'The commit that brought this line is missing from this clone.';
    return { standing: { kind: 'unknown', reason }, code: shown };
  }
  const seconds = String(patienceMs / 1000);
  const reason = isAllRecent
    ? `Git did not find out within ${seconds} s who changed this line.`
    : `Older than the change window; git did not find out within ${seconds} s by whom.`;
  return { standing: { kind: isAllRecent ? 'unknown' : 'older', reason }, code: shown };
}

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += filesAtOnce) {
    results.push(...(await Promise.all(items.slice(at, at + filesAtOnce).map(work))));
  }
  return results;
}
