import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the last good text of a configuration file is kept: `<storage>/lastGood/<hash of its path>.yaml`. */
export function lastGoodPath(storage: string, file: string): string {
  return join(storage, 'lastGood', `${createHash('sha256').update(file).digest('hex').slice(0, 32)}.yaml`);
}

/** The last text that could be applied; undefined when there is none. Throws when it is there and cannot be read. */
export async function readLastGood(storage: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(lastGoodPath(storage, file), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Keeps `text` as the last good one, unless it is already; a reader sees the old text or the new one. */
export async function keepLastGood(storage: string, file: string, text: string): Promise<void> {
  if ((await readLastGood(storage, file)) === text) return;
  const path = lastGoodPath(storage, file);
  const temporary = `${path}.${process.pid}.${Date.now().toString(36)}`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** True when a path, or something above it, is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
