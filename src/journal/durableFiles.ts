import { closeSync, constants, fstatSync, fsync, open as openDescriptor, write } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { codeOf, shortWrite } from './storageError.ts';

const openFile = promisify(openDescriptor);
const syncFile = promisify(fsync);
const writeFile: (descriptor: number, content: Uint8Array) => Promise<{ readonly bytesWritten: number }> =
  promisify(write);

/** What tells one state of a file from another without reading it. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** Windows has no such thing as syncing a folder, and some network file systems refuse it: their renames are durable. */
const unsyncable = process.platform === 'win32' ? ['EPERM', 'EISDIR', 'EACCES', 'EINVAL'] : ['EINVAL', 'ENOTSUP'];

/** Makes the entries of a folder durable: to be called after something was created, renamed or removed in it. */
export async function syncDirectory(directory: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(directory, 'r');
    await handle.sync();
  } catch (error) {
    if (!unsyncable.includes(codeOf(error) ?? '')) throw error;
  } finally {
    await handle?.close();
  }
}

/** Creates a folder with all that is missing above it; durable when it resolves. */
export async function makeDirectories(directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true });
  if (first === undefined) return;
  const top = dirname(first);
  // Windows may give `first` in another spelling: the root ends the way up too.
  for (let created = directory; created !== top && created !== dirname(created);) {
    created = dirname(created);
    await syncDirectory(created);
  }
}

/** Creates one folder, which must not exist yet (`EEXIST`); durable when it resolves. */
export async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory);
  await syncDirectory(dirname(directory));
}

/** Creates a file that must not exist yet (`EEXIST`), with its content, and makes both durable. */
export async function createFile(path: string, content: Uint8Array): Promise<FileStamp> {
  const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL } = constants;
  const descriptor = await openFile(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL, 0o644);
  let stamp: FileStamp;
  try {
    stamp = await writeAndClose(descriptor, content);
  } catch (error) {
    // That the file could not be tidied away must not hide why it could not be written.
    await discardWithoutLine(path).catch(() => 'left in place');
    throw error;
  }
  await syncDirectory(dirname(path));
  return stamp;
}

/**
 * Appends with one write to a file that exists (`ENOENT`); durable when it resolves. A short write is an error.
 * @param whileSyncing runs while the disk works; must not throw
 */
export async function appendToFile(path: string, content: Uint8Array, whileSyncing?: () => void): Promise<FileStamp> {
  return writeAndClose(await openFile(path, constants.O_WRONLY | constants.O_APPEND), content, whileSyncing);
}

/** Descriptors, because a FileHandle costs a tenth of an append more. */
async function writeAndClose(descriptor: number, content: Uint8Array, whileSyncing?: () => void): Promise<FileStamp> {
  try {
    const { bytesWritten } = await writeFile(descriptor, content);
    if (bytesWritten < content.length) throw shortWriteError(bytesWritten, content.length);
    const synced = syncFile(descriptor);
    // What was just written is known without asking the disk.
    const { size, mtimeMs, ino, nlink } = fstatSync(descriptor);
    whileSyncing?.();
    await synced;
    // A file that was deleted since it was opened goes on taking bytes.
    if (nlink === 0) throw goneError();
    return { size, mtimeMs, ino };
  } finally {
    // Nothing is left to be written, so there is nothing to wait for.
    closeSync(descriptor);
  }
}

/** What the system says of a path that leads nowhere. */
export function goneError(): Error {
  return Object.assign(new Error('it was deleted meanwhile'), { code: 'ENOENT' });
}

function shortWriteError(written: number, asked: number): Error {
  const error = new Error(`only ${written} of ${asked} bytes were written`);
  return Object.assign(error, { code: shortWrite });
}

/**
 * Removes what a failed creation left, unless a whole line of it is there: others may have read that and noted it, and
 * a log that vanishes after it was seen looks altered.
 */
async function discardWithoutLine(path: string): Promise<void> {
  const handle = await open(path, 'r');
  const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(64 * 1024), position: 0 }).finally(() => {
    return handle.close();
  });
  if (!buffer.subarray(0, bytesRead).includes(0x0a)) await unlink(path);
}
