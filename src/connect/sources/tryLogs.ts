import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { IncidentError, messageOf } from '../../incident/incidentError.ts';
import type { Trial } from '../../investigate/sources/testDataSources.ts';
import { parseAccessLine } from '../../signals/accessLogs/parseAccessLine.ts';
import type { LogFile } from '../../signals/accessLogs/readsLogs.ts';
import { mostFiles } from '../../signals/accessLogs/readsLogs.ts';
import { isPacked } from '../findLogFiles.ts';
import { createLogFiles } from '../logFiles.ts';

/** The end of a log tells its format. */
const endBytes = 64 * 1024;

/** What the end of a log holds. */
interface LogEnd {
  readonly file: LogFile;
  readonly lines: number;
  readonly requests: number;
}

/**
 * Reads the ends of access logs as check 5 does, those written last first: how many of their lines are requests. Throws IncidentError
 * `storage` for one that cannot be read, `cancelled`.
 */
export async function tryLogs(folder: string, paths: readonly string[], signal: AbortSignal): Promise<Trial> {
  const found = await Promise.all(paths.filter((path) => !isPacked(path)).map((path) => logFileAt(folder, path)));
  if (found.length === 0) {
    return { outcome: 'failed', text: 'match compressed files only, which are not read' };
  }
  const newest = found.toSorted((a, b) => b.modifiedMs - a.modifiedMs).slice(0, mostFiles);
  const ends: LogEnd[] = [];
  for (const file of newest) ends.push(await endOf(file, signal));
  return judged(ends, paths.length);
}

function judged(ends: readonly LogEnd[], matched: number): Trial {
  const [requests, lines] = [sum(ends.map((end) => end.requests)), sum(ends.map((end) => end.lines))];
  const files = `match ${counted(matched, 'file')}`;
  if (lines === 0) return { outcome: 'failed', text: `${files}, without a whole line` };
  if (requests === 0) {
    const text = `${files}, and none of their last ${counted(lines, 'line')} is a request that can be read`;
    return { outcome: 'failed', text, hint: 'The formats common and combined are read, and JSON, one request a line.' };
  }
  const without = ends.filter((end) => end.requests === 0 && end.lines > 0).map(({ file }) => file.shown);
  const newestMs = Math.max(...ends.map(({ file }) => file.modifiedMs));
  const parts = [
    files,
    `${String(requests)} of their last ${counted(lines, 'line')} are requests`,
    ...(without.length === 0 ? [] : [`none in ${without.slice(0, 3).join(', ')}`]),
    `written last at ${new Date(newestMs).toISOString()}`,
  ];
  return { outcome: 'answered', text: parts.join(', ') };
}

async function endOf(file: LogFile, signal: AbortSignal): Promise<LogEnd> {
  let [lines, requests] = [0, 0];
  for await (const piece of createLogFiles().readBack(file, { maxBytes: endBytes, signal })) {
    const told = piece.lines.filter((line) => line.trim() !== '');
    lines += told.length + piece.tooLong;
    requests += told.filter((line) => parseAccessLine(line).kind === 'request').length;
  }
  return { file, lines, requests };
}

async function logFileAt(folder: string, shown: string): Promise<LogFile> {
  const path = isAbsolute(shown) ? shown : join(folder, shown);
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, shown, bytes: size, modifiedMs: mtimeMs };
  } catch (error) {
    throw new IncidentError('storage', `${shown} could not be read: ${messageOf(error)}.`, { cause: error });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function counted(count: number, one: string): string {
  return `${String(count)} ${one}${count === 1 ? '' : 's'}`;
}
