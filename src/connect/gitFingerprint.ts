import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that git writes anew when a ref changes, whichever way refs are stored. A fetch that brings nothing writes FETCH_HEAD. */
const watched = ['HEAD', 'FETCH_HEAD', 'packed-refs', 'shallow', 'reftable/tables.list', 'config'];

/** So many branches or tags that are files of their own are looked at one by one. */
const mostRefs = 2000;

/**
 * Text that differs once a ref of the repository differs: times and sizes of the files that hold them. Runs nothing, so
 * that it can be asked whenever an editor is drawn.
 */
export async function readFingerprint(commonDirectory: string): Promise<string> {
  const states = [
    filesState(watched.map((name) => join(commonDirectory, name))),
    refsState(commonDirectory, 'refs/heads'),
    refsState(commonDirectory, 'refs/remotes'),
    refsState(commonDirectory, 'refs/tags'),
  ];
  return (await Promise.all(states)).join(' ');
}

/** The state of the refs below a prefix, packed or not. */
export async function refsState(commonDirectory: string, prefix: string): Promise<string> {
  const loose = await filesUnder(join(commonDirectory, prefix), mostRefs);
  const packed = ['packed-refs', 'reftable/tables.list'].map((name) => join(commonDirectory, name));
  return filesState([...packed, ...loose]);
}

/** Times, sizes and numbers of files; `-` for one that is not there. */
export async function filesState(paths: readonly string[]): Promise<string> {
  return (await Promise.all(paths.map(stateOf))).join(' ');
}

async function stateOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${String(mtimeMs)}:${String(size)}:${String(ino)}`;
  } catch {
    // Not there is a state too.
    return '-';
  }
}

async function filesUnder(directory: string, max: number): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    return files.sort().slice(0, max);
  } catch {
    // A repository without a remote has no such folder.
    return [];
  }
}
