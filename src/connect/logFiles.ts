import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { refuseCancelled } from '../incident/defineUseCase.ts';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import { longestLine } from '../signals/accessLogs/parseAccessLine.ts';
import type { LogFile, LogPiece, ReadsLogs } from '../signals/accessLogs/readsLogs.ts';
import { findLogFiles } from './findLogFiles.ts';

/** Some hundred lines. */
const pieceBytes = 64 * 1024;
const lineEnd = 0x0a;

/** Log files on this machine. */
export function createLogFiles(): ReadsLogs {
  return { find: findLogFiles, readBack };
}

async function* readBack(
  file: LogFile,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal },
): AsyncGenerator<LogPiece> {
  refuseCancelled(signal);
  const handle = await opened(file);
  try {
    yield* pieces(handle, file, maxBytes, signal);
  } finally {
    await handle.close();
  }
}

async function* pieces(
  handle: FileHandle,
  file: LogFile,
  maxBytes: number,
  signal: AbortSignal,
): AsyncGenerator<LogPiece> {
  const { size } = await handle.stat();
  const stop = Math.max(0, size - maxBytes);
  // The end of a line whose beginning is in the piece before; nothing is known yet of the file's last line.
  let rest: Rest = { kind: 'unfinished' };
  for (let end = size; end > stop;) {
    const start = Math.max(stop, end - pieceBytes);
    const bytes = await bytesAt(handle, file, start, end);
    refuseCancelled(signal);
    const piece = linesOf(bytes, rest, start === 0);
    rest = piece.rest;
    yield { ...piece.found, bytes: bytes.length, isStart: start === 0 };
    end = start;
  }
}

/** What was read of a line before its beginning was. */
type Rest =
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'tooLong' }
  | { readonly kind: 'bytes'; readonly parts: readonly Buffer[]; readonly length: number };

function linesOf(
  bytes: Buffer,
  after: Rest,
  isStart: boolean,
): { readonly found: Pick<LogPiece, 'lines' | 'tooLong'>; readonly rest: Rest } {
  const first = bytes.indexOf(lineEnd);
  if (first < 0) {
    const grown = joined(bytes, after);
    return isStart ? { found: finished(grown), rest: grown } : { found: { lines: [], tooLong: 0 }, rest: grown };
  }
  const last = bytes.lastIndexOf(lineEnd);
  const whole = bytes.subarray(isStart ? 0 : first + 1, last + 1).toString('utf8');
  const end = finished(joined(bytes.subarray(last + 1), after));
  const lines = whole.split('\n').slice(0, -1);
  return {
    found: { lines: [...lines, ...end.lines], tooLong: end.tooLong },
    rest: joined(bytes.subarray(0, first), { kind: 'bytes', parts: [], length: 0 }),
  };
}

function joined(bytes: Buffer, after: Rest): Rest {
  if (after.kind !== 'bytes') return after;
  const length = bytes.length + after.length;
  // In UTF-8 a character is at most three bytes longer than one UTF-16 unit.
  if (length > 3 * longestLine) return { kind: 'tooLong' };
  return { kind: 'bytes', parts: [Buffer.from(bytes), ...after.parts], length };
}

function finished(rest: Rest): Pick<LogPiece, 'lines' | 'tooLong'> {
  if (rest.kind === 'bytes') {
    return { lines: rest.length === 0 ? [] : [Buffer.concat(rest.parts).toString('utf8')], tooLong: 0 };
  }
  return { lines: [], tooLong: rest.kind === 'tooLong' ? 1 : 0 };
}

/** A pipe or a device would keep a reader waiting for ever: it is opened without waiting, and refused. */
async function opened(file: LogFile): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(file.path, constants.O_RDONLY | (constants.O_NONBLOCK | 0));
  } catch (error) {
    throw unreadable(file, messageOf(error), error);
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw unreadable(file, 'it is no file');
}

async function bytesAt(handle: FileHandle, file: LogFile, start: number, end: number): Promise<Buffer> {
  const bytes = Buffer.alloc(end - start);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await read(handle, file, bytes, filled, start);
    if (bytesRead === 0) throw unreadable(file, 'it became shorter while it was read');
    filled += bytesRead;
  }
  return bytes;
}

async function read(
  handle: FileHandle,
  file: LogFile,
  bytes: Buffer,
  filled: number,
  start: number,
): Promise<{ readonly bytesRead: number }> {
  try {
    return await handle.read(bytes, filled, bytes.length - filled, start + filled);
  } catch (error) {
    throw unreadable(file, messageOf(error), error);
  }
}

function unreadable(file: LogFile, why: string, cause?: unknown): IncidentError {
  return new IncidentError('storage', `${file.shown} could not be read: ${why}.`, { cause });
}
