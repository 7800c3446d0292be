import { join } from 'node:path';
import type { LogHead } from '../incident/events.ts';
import type { LogProblem } from '../incident/incidentStore.ts';
import type { IncidentLogs, KnownLog } from './incidentLogs.ts';
import { pathOf, writerOf } from './incidentLogs.ts';
import type { LogReading } from './logReading.ts';

/** An unfinished line that has not grown for so long has no writer any more. */
export const tornAfterMs = 5_000;

/**
 * What is wrong with the bytes of an incident's record.
 * @param moment the wall clock and the monotonic one, in milliseconds
 */
export function problemsOf(
  logs: IncidentLogs,
  moment: { readonly wallMs: number; readonly monotonicMs: number },
): readonly LogProblem[] {
  const problems: LogProblem[] = logs.directories
    .filter((directory) => logs.gone.has(directory))
    .map((directory) => ({
      kind: 'altered',
      file: directory,
      line: 0,
      reason: 'the folder of the incident is gone; what is shown is what this window had read',
    }));
  for (const file of logs.irregular) problems.push({ kind: 'damaged', file, line: 0, reason: 'no regular file' });
  for (const log of logs.known.values()) {
    problems.push(...problemsOfLog(log, !logs.gone.has(log.directory)));
    if (isTorn(log, moment)) problems.push({ kind: 'torn', file: pathOf(log), line: log.reading.hashes.length + 1 });
  }
  problems.push(...shortOfHeads(logs));
  return problems;
}

/** True while some log ends in an unfinished line of which it is not yet known whether it has a writer. */
export function hasPending(logs: IncidentLogs, moment: Parameters<typeof problemsOf>[1]): boolean {
  return [...logs.known.values()].some((log) => log.reading.unfinishedBytes > 0 && !isTorn(log, moment));
}

function isTorn({ reading, stamp, stillSinceMs }: KnownLog, moment: Parameters<typeof problemsOf>[1]): boolean {
  if (reading.unfinishedBytes === 0 || stamp === undefined) return false;
  return moment.wallMs - stamp.mtimeMs >= tornAfterMs || moment.monotonicMs - stillSinceMs >= tornAfterMs;
}

function problemsOfLog(log: KnownLog, isFolderThere: boolean): readonly LogProblem[] {
  const file = pathOf(log);
  const problems: LogProblem[] = log.reading.problems.map((problem) => ({ ...problem, file }));
  if (log.unreadable !== undefined) problems.push({ kind: 'damaged', file, line: 0, reason: log.unreadable });
  if (log.stamp === undefined && isFolderThere) {
    problems.push({ kind: 'altered', file, line: 1, reason: 'the file is gone; its events are kept by this window' });
  }
  for (const before of log.earlier) {
    const line = firstDifference(before, log.reading);
    const reason = 'lines from here on have changed or are gone; what was read before is kept by this window';
    problems.push({ kind: 'altered', file, line, reason });
  }
  return problems;
}

function firstDifference(before: LogReading, now: LogReading): number {
  const at = before.hashes.findIndex((hash, index) => now.hashes[index] !== hash);
  return at < 0 ? before.hashes.length + 1 : at + 1;
}

/** Logs that are shorter than another event has noted, or differ at the line it noted. */
function shortOfHeads(logs: IncidentLogs): readonly LogProblem[] {
  const byWriter = new Map<string, KnownLog[]>();
  for (const log of logs.known.values()) byWriter.set(writerOf(log), [...(byWriter.get(writerOf(log)) ?? []), log]);
  const problems = new Map<string, LogProblem>();
  for (const head of notedHeads(logs)) {
    const copies = byWriter.get(head.writer) ?? [];
    if (copies.some((log) => reaches(log, head))) continue;
    const longest = copies.toSorted((a, b) => b.reading.hashes.length - a.reading.hashes.length)[0];
    const file = longest === undefined ? missingPath(logs, head) : pathOf(longest);
    const isShort = (longest?.reading.hashes.length ?? 0) < head.lines;
    const reason = isShort
      ? `another log has noted ${head.lines} lines of it, ${longest?.reading.hashes.length ?? 0} are there`
      : 'another log has noted a different line here';
    problems.set(`${file}:${head.lines}`, { kind: 'altered', file, line: head.lines, reason });
  }
  return [...problems.values()];
}

function reaches({ reading, earlier }: KnownLog, { lines, sha256 }: LogHead): boolean {
  return [reading, ...earlier].some(({ hashes }) => hashes[lines - 1] === sha256);
}

function notedHeads(logs: IncidentLogs): readonly LogHead[] {
  const heads: LogHead[] = [];
  for (const { reading } of logs.known.values()) {
    for (const { type, data } of reading.events) {
      if (type === 'writer.opened' || type === 'incident.resolved' || type === 'incident.closed') {
        heads.push(...(data.heads ?? []));
      }
    }
  }
  return heads;
}

function missingPath(logs: IncidentLogs, head: LogHead): string {
  return join(logs.directories[0] ?? '', 'log', `${head.writer}.jsonl`);
}
