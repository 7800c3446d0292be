import { isUtf8 } from 'node:buffer';
import type { IncidentEvent } from '../incident/events.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { dayMs, epochMsOf } from '../incident/isoTime.ts';
import { parseEvent } from '../incident/parseEvent.ts';
import { sha256Of } from './eventLine.ts';

/** Lines longer than this are reported and not read; nothing that Mayday writes is near it. */
export const lineLimitBytes = 8 * 1024 * 1024;
/** Files longer than this are reported and not read. */
export const fileLimitBytes = 256 * 1024 * 1024;

const lineEnd = 0x0a;

/** What is wrong with a complete line. `line` counts from 1. */
export type LineProblem =
  | { readonly kind: 'damaged' | 'altered'; readonly line: number; readonly reason: string }
  | { readonly kind: 'future'; readonly line: number; readonly at: IsoTime };

/** One log as far as it was read. It only grows, through `readBytes`. */
export interface LogReading {
  /** Every byte read, in the pieces it came in. */
  readonly pieces: Uint8Array[];
  size: number;
  /** What follows the last line end. */
  unfinished: Uint8Array[];
  unfinishedBytes: number;
  /** SHA-256 of each complete line. */
  readonly hashes: string[];
  readonly events: IncidentEvent[];
  readonly problems: LineProblem[];
}

/** A log of which nothing was read yet. */
export function emptyReading(): LogReading {
  return { pieces: [], size: 0, unfinished: [], unfinishedBytes: 0, hashes: [], events: [], problems: [] };
}

/** Takes in the next bytes of a log and verifies its chain. Total: what is wrong becomes a problem of the reading. */
export function readBytes(reading: LogReading, bytes: Uint8Array, now: IsoTime): void {
  reading.pieces.push(bytes);
  reading.size += bytes.length;
  let start = 0;
  for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, start)) {
    readLine(reading, joined(reading, bytes.subarray(start, end)), now);
    start = end + 1;
  }
  if (start === bytes.length) return;
  reading.unfinished.push(bytes.subarray(start));
  reading.unfinishedBytes += bytes.length - start;
}

/** Takes in lines that this process wrote itself and need not be looked at again. */
export function addWritten(
  reading: LogReading,
  written: {
    readonly bytes: Uint8Array;
    readonly hashes: readonly string[];
    readonly events: readonly IncidentEvent[];
  },
): void {
  reading.pieces.push(written.bytes);
  reading.size += written.bytes.length;
  reading.hashes.push(...written.hashes);
  reading.events.push(...written.events);
}

/** All complete lines, with their line ends. */
export function completeBytes(reading: LogReading): Buffer {
  return Buffer.concat(reading.pieces, reading.size).subarray(0, reading.size - reading.unfinishedBytes);
}

/** The events of complete lines alone, for a list: nothing is verified and no bytes are kept. */
export function eventsIn(bytes: Uint8Array): IncidentEvent[] {
  const events: IncidentEvent[] = [];
  let start = 0;
  for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, start)) {
    const parsed = end - start > lineLimitBytes ? undefined : parseEvent(textOf(bytes.subarray(start, end)));
    if (parsed?.kind === 'event') events.push(parsed.event);
    start = end + 1;
  }
  return events;
}

function joined(reading: LogReading, rest: Uint8Array): Uint8Array {
  if (reading.unfinishedBytes === 0) return rest;
  const line = Buffer.concat([...reading.unfinished, rest]);
  reading.unfinished = [];
  reading.unfinishedBytes = 0;
  return line;
}

function readLine(reading: LogReading, bytes: Uint8Array, now: IsoTime): void {
  const before = reading.hashes.at(-1) ?? null;
  const line = reading.hashes.push(sha256Of(bytes));
  const problem = (kind: 'damaged' | 'altered', reason: string) => reading.problems.push({ kind, line, reason });
  if (bytes.length > lineLimitBytes) {
    problem('damaged', `longer than ${lineLimitBytes / 1024 / 1024} MB`);
    return;
  }
  if (!isUtf8(bytes)) {
    problem('damaged', 'not UTF-8 text');
    return;
  }
  const parsed = parseEvent(textOf(bytes));
  if (parsed.kind === 'damaged') {
    problem('damaged', parsed.reason);
    return;
  }
  const { event, prev } = parsed;
  reading.events.push(event);
  if (prev !== before)
    problem('altered', line === 1 ? 'lines before it are missing' : 'the line before it is not the one it followed');
  if (epochMsOf(event.at) > epochMsOf(now) + dayMs) reading.problems.push({ kind: 'future', line, at: event.at });
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
