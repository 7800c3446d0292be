import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { isMissing } from './storageError.ts';

/**
 * Puts `content` in the place of a file, whole: a reader sees the old content or the new one, also when the disk is full.
 * Follows links and keeps the file's permissions. Throws what the file system says, and leaves the old file then.
 *
 * Not by write-file-atomic: on a full disk it takes a short write for a success (8.0.0), and its names for temporary files
 * need `__filename`, which a bundled module has not.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await replaceWhole(await targetOf(path), content);
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
    if (isMissing(error)) return path;
    throw error;
  });
}

async function modeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? 0o666 : found.mode & 0o777;
}
