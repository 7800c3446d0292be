import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { IncidentError, messageOf } from '../incident/incidentError.ts';

/**
 * Writes a document or a piece of evidence whole: a reader sees the old content or the new one, never half of it, also
 * when the disk is full. Makes the folders it needs, follows links, keeps the file's permissions. Gives the path back.
 *
 * Not by write-file-atomic: on a full disk it takes a short write for a success and puts half a document in the place of
 * the whole one (version 8.0.0).
 * @throws IncidentError `storage` with what failed, why, and what to do.
 */
export async function writeDocument(path: string, content: string | Uint8Array): Promise<string> {
  try {
    await makeFolder(dirname(path));
    await replaceWhole(await targetOf(path), content);
    return path;
  } catch (error) {
    throw storageError(path, error);
  }
}

/** Node's own recursive way says ENOENT on a read-only file system, as if something were missing. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' && dirname(path) !== path) {
      await makeFolder(dirname(path));
      await makeFolder(path);
    } else if (!(await isFolder(path))) throw error;
  }
}

/** False also where it cannot be told: then the error that led to asking says more. */
async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function replaceWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', await modeOf(path));
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The file that a link leads to; the path itself where there is nothing yet. */
async function targetOf(path: string): Promise<string> {
  return realpath(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return path;
    throw error;
  });
}

async function modeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? 0o666 : found.mode & 0o777;
}

function storageError(path: string, error: unknown): IncidentError {
  const code = codeOf(error);
  const [why, hint] = (code === undefined ? undefined : reasons[code]) ?? [
    messageOf(error),
    'Try again; the record of the incident is not affected.',
  ];
  return new IncidentError('storage', `Could not write ${path}: ${why}.`, { hint, cause: error });
}

const recordStands = 'The record of the incident is not affected: write the document again afterwards.';
const notWritable = `Make the folder writable, or choose another with the setting mayday.directory. ${recordStands}`;

const reasons: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  EROFS: ['the file system is read-only', notWritable],
  EACCES: ['no permission to write there', notWritable],
  EPERM: ['the system does not permit it', notWritable],
  ENOSPC: ['the disk is full', `Free some space. ${recordStands}`],
  EDQUOT: ['the disk quota is used up', `Free some space. ${recordStands}`],
  ENOTDIR: ['a file stands where a folder is needed', `Move that file away. ${recordStands}`],
  EEXIST: ['a file stands where a folder is needed', `Move that file away. ${recordStands}`],
  EISDIR: ['a folder stands where the document belongs', `Move that folder away. ${recordStands}`],
};

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
