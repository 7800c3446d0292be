import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStamp } from './durableFiles.ts';
import { fileLimitBytes } from './logReading.ts';
import { isMissing } from './storageError.ts';

const pieceBytes = 4 * 1024 * 1024;

/** A `*.jsonl` file of an incident's log folder, unread. */
export interface LogFile {
  readonly name: string;
  readonly stamp: FileStamp;
}

/** What is in an incident's log folder. */
export interface LogListing {
  /** By name, hence the oldest writer first. */
  readonly files: readonly LogFile[];
  /** Names of what is not a regular file (a link, a folder, a pipe): never followed nor read. */
  readonly irregular: readonly string[];
}

/** Lists `<directory>/log`. Undefined when it is not there. */
export async function listLogs(directory: string): Promise<LogListing | undefined> {
  const folder = join(directory, 'log');
  const names = await readdir(folder).catch(undefinedWhenMissing);
  if (names === undefined) return undefined;
  const files: LogFile[] = [];
  const irregular: string[] = [];
  for (const name of names.sort()) {
    const stats = await lstat(join(folder, name)).catch(undefinedWhenMissing);
    if (stats === undefined) continue;
    if (!stats.isFile()) irregular.push(name);
    else if (name.endsWith('.jsonl')) {
      files.push({ name, stamp: { size: stats.size, mtimeMs: stats.mtimeMs, ino: stats.ino } });
    }
  }
  return { files, irregular };
}

/**
 * Reads a log from the byte `from` on, piece by piece, and tells how far it came. Undefined when there is no regular
 * file (any more) or when it is longer than the limit.
 */
export async function readLogFile(
  path: string,
  from: number,
  take: (piece: Uint8Array) => void,
): Promise<FileStamp | undefined> {
  const handle = await openRegular(path);
  if (handle === undefined) return undefined;
  try {
    const { size, mtimeMs, ino } = await handle.stat();
    if (size > fileLimitBytes) return undefined;
    let position = from;
    while (position < size) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(size - position, pieceBytes));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) break;
      take(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    return { size: position, mtimeMs, ino };
  } finally {
    await handle.close();
  }
}

/** A link put in a file's place after it was listed must not be followed, nor a pipe waited for. */
async function openRegular(path: string): Promise<FileHandle | undefined> {
  // Windows has neither flag.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
  let handle: FileHandle;
  try {
    handle = await open(path, (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'ELOOP') return undefined;
    throw error;
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  return undefined;
}

function undefinedWhenMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
  return undefined;
}
