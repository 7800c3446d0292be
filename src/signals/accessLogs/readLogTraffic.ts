import { setImmediate } from 'node:timers/promises';
import { formatDuration } from '../../documents/timeText.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import { minuteMs } from '../../incident/isoTime.ts';
import { clockText, type TrafficWindows } from '../traffic/trafficWindows.ts';
import { createLogTraffic, type LogTraffic } from './logTraffic.ts';
import { parseAccessLine } from './parseAccessLine.ts';
import type { LogFile, ReadsLogs } from './readsLogs.ts';

/** What the files of a service's access logs tell. */
export interface ReadTraffic {
  readonly traffic: LogTraffic;
  readonly files: readonly LogFile[];
  /** From here on every request of the files was read, in milliseconds since 1970; undefined when there was none. */
  readonly coveredFromMs: number | undefined;
  /** What was left out, a sentence each. */
  readonly notes: readonly string[];
  /** What keeps the sight from being whole, a sentence each: files and lines that could not be read, and a clock that is ahead. */
  readonly problems: readonly string[];
}

export interface ReadLimits {
  /** Of all files together. */
  readonly maxBytes: number;
  /** After this time what was read so far is told. */
  readonly giveUpMs: number;
  readonly signal: AbortSignal;
}

/** More of the files is not read at a look. */
export const defaultMaxBytes = 64 * 1024 * 1024;

/**
 * Reads the files that globs match from their ends, back to a week ago or as far as the limits allow, and counts their requests.
 * The small ones come first and leave the large ones what they do not need. Throws IncidentError `cancelled`.
 */
export async function readLogTraffic(
  logs: ReadsLogs,
  { globs, folder }: { readonly globs: readonly string[]; readonly folder: string },
  windows: TrafficWindows,
  { maxBytes, giveUpMs, signal }: ReadLimits,
): Promise<ReadTraffic> {
  const stopAt = performance.now() + giveUpMs;
  const { files, notes } = await logs.find(globs, folder, signal);
  const traffic = createLogTraffic(windows);
  const wanted = { fromMs: Math.min(windows.lastWeek.fromMs, windows.before.fromMs), stopAt, signal };
  const reached: (Reach & { readonly file: LogFile })[] = [];
  const waiting = files.filter(({ modifiedMs }) => modifiedMs >= wanted.fromMs).sort((a, b) => a.bytes - b.bytes);
  let left = maxBytes;
  for (const [index, file] of waiting.entries()) {
    const one = await readFile(logs, file, traffic, {
      ...wanted,
      maxBytes: Math.floor(left / (waiting.length - index)),
    });
    left -= one.bytes;
    reached.push({ file, ...one });
  }
  return {
    ...{ traffic, files, coveredFromMs: coveredFrom(reached) },
    notes: [...notes, ...reached.flatMap(noteOf), ...lineNotes(traffic)],
    problems: [
      ...reached.flatMap(({ problem }) => problem ?? []),
      ...unreadableProblem(traffic),
      ...aheadProblem(traffic),
    ],
  };
}

/** How far back a file was read. */
interface Reach {
  readonly bytes: number;
  /** The earliest request of it, in milliseconds since 1970. */
  readonly oldestMs: number | undefined;
  /** All of it was read that may matter: to its start, or to before what is wanted. */
  readonly isAll: boolean;
  readonly problem?: string;
}

/** Others have their turn when this much time has passed. */
const turnMs = 5;

interface Wanted {
  readonly fromMs: number;
  readonly stopAt: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

async function readFile(logs: ReadsLogs, file: LogFile, traffic: LogTraffic, wanted: Wanted): Promise<Reach> {
  let reach: Reach = { bytes: 0, oldestMs: undefined, isAll: file.bytes === 0 };
  try {
    for await (const { lines, tooLong, bytes, isStart } of logs.readBack(file, wanted)) {
      const { oldest, newest } = await addLines(traffic, lines, tooLong);
      const isBeyond = newest < wanted.fromMs;
      const oldestMs = Math.min(reach.oldestMs ?? oldest, oldest);
      reach = {
        bytes: reach.bytes + bytes,
        oldestMs: Number.isFinite(oldestMs) ? oldestMs : undefined,
        isAll: isStart || isBeyond,
      };
      if (isBeyond || performance.now() > wanted.stopAt) break;
    }
    return reach;
  } catch (error) {
    if (!isIncidentError(error, 'storage')) throw error;
    return { ...reach, isAll: false, problem: error.message };
  }
}

/** Without a request among the lines, nothing is known of their time. */
async function addLines(
  traffic: LogTraffic,
  lines: readonly string[],
  tooLong: number,
): Promise<{ readonly oldest: number; readonly newest: number }> {
  let turn = performance.now();
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [index, text] of lines.entries()) {
    if (index % 50 === 49 && performance.now() - turn > turnMs) {
      await setImmediate();
      turn = performance.now();
    }
    const line = parseAccessLine(text);
    if (line.kind === 'unreadable' && text.trim() === '') continue;
    traffic.add(line);
    if (line.kind !== 'request') continue;
    oldest = Math.min(oldest, line.entry.atMs);
    newest = Math.max(newest, line.entry.atMs);
  }
  for (let count = 0; count < tooLong; count += 1) traffic.add({ kind: 'unreadable' });
  return { oldest, newest: newest === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : newest };
}

/** Before the first line of all files nothing is known, nor before the line to which a file was read that goes on. */
function coveredFrom(reached: readonly Reach[]): number | undefined {
  const oldest = reached.flatMap(({ oldestMs }) => oldestMs ?? []);
  if (oldest.length === 0) return undefined;
  const cut = reached.flatMap(({ isAll, oldestMs }) => (isAll || oldestMs === undefined ? [] : [oldestMs]));
  // The minute of the first line was not seen whole.
  return Math.ceil(Math.max(Math.min(...oldest), ...cut) / minuteMs) * minuteMs;
}

function noteOf({ file, isAll, problem, oldestMs, bytes }: Reach & { readonly file: LogFile }): readonly string[] {
  if (isAll || problem !== undefined) return [];
  const back = oldestMs === undefined ? '' : `, back to ${clockText(oldestMs)}`;
  return [`Of ${file.shown} only the last ${megabytes(bytes)} of ${megabytes(file.bytes)} were read${back}.`];
}

function lineNotes(traffic: LogTraffic): readonly string[] {
  const others = traffic.others();
  const isProblem = unreadableProblem(traffic).length > 0;
  return [
    ...(traffic.unreadable() === 0 || isProblem ? [] : [unreadableText(traffic)]),
    ...(others === 0 ? [] : [`${lineCount(others)} of JSON told of no request.`]),
  ];
}

/** One line in ten: what is seen of the rest may be another picture. */
const tolerated = 0.1;

function unreadableProblem(traffic: LogTraffic): readonly string[] {
  const unreadable = traffic.unreadable();
  return unreadable > tolerated * (traffic.requests() + unreadable) ? [unreadableText(traffic)] : [];
}

function aheadProblem(traffic: LogTraffic): readonly string[] {
  const { requests, mostMs } = traffic.ahead();
  if (requests === 0) return [];
  const many = `${String(requests)} ${requests === 1 ? 'request is' : 'requests are'}`;
  return [
    `${many} from after now, the last by ${formatDuration(mostMs)}: the clock or the time zone of the logs is not this machine's.`,
  ];
}

function unreadableText(traffic: LogTraffic): string {
  const all = traffic.requests() + traffic.others() + traffic.unreadable();
  return `${String(traffic.unreadable())} of ${lineCount(all)} could not be read: neither common, combined nor JSON.`;
}

function lineCount(count: number): string {
  return `${String(count)} ${count === 1 ? 'line' : 'lines'}`;
}

function megabytes(bytes: number): string {
  return bytes < 1024 * 1024 ? `${String(Math.ceil(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(0)} MB`;
}
