import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isRepositoryPath } from '../../safety/argumentPatterns.ts';

/** Larger build output is a bundle whose map nobody waits for. */
const largestBytes = 24 * 1024 * 1024;

/**
 * The text of a file of a work tree, by its path relative to the root; undefined when it is not there, is no file, is too large,
 * or is a link that leads out of the work tree.
 */
export async function readWorkFile(repository: string, path: string): Promise<string | undefined> {
  if (!isRepositoryPath(path)) return undefined;
  try {
    const root = await realpath(repository);
    const file = await realpath(join(root, ...path.split('/')));
    const found = await stat(file);
    if (!file.startsWith(`${root}${sep}`) || !found.isFile() || found.size > largestBytes) return undefined;
    return await readFile(file, 'utf8');
  } catch {
    // Most frames of built code have no built file here.
    return undefined;
  }
}
