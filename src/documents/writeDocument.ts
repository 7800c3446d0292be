import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import { replaceFile } from '../journal/replaceFile.ts';
import { codeOf } from '../journal/storageError.ts';

/**
 * Writes a document or a piece of evidence whole: a reader sees the old content or the new one, never half of it, also
 * when the disk is full. Makes the folders it needs, follows links, keeps the file's permissions. Gives the path back.
 * @throws IncidentError `storage` with what failed, why, and what to do.
 */
export async function writeDocument(path: string, content: string | Uint8Array): Promise<string> {
  try {
    await makeFolder(dirname(path));
    await replaceFile(path, content);
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
