import type { Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseCancelled } from '../../incident/defineUseCase.ts';

/** The files of a workspace folder, as far as a first look at it needs them. */
export interface WorkspaceFiles {
  /** Paths relative to the folder, with `/`, in the order of the alphabet. `isCut`: there are more than are listed. */
  list(folder: string, signal: AbortSignal): Promise<{ readonly paths: readonly string[]; readonly isCut: boolean }>;
  /** The text of a file; undefined when it is too large or cannot be read. */
  read(folder: string, path: string): Promise<string | undefined>;
}

/** What is installed, built or kept by tools. */
const skipped = new Set(
  'node_modules bower_components vendor dist build out target coverage venv env site-packages __pycache__ obj Pods bin tmp'.split(
    ' ',
  ),
);
/** Folders that begin with a dot and hold what teams write. */
const kept = new Set(['.github', '.gitlab']);

const mostFiles = 30_000;
const deepest = 12;
const largestBytes = 256 * 1024;

/** Reads the disk, without git: links are not followed, and large folders end at a limit. */
export const workspaceFiles: WorkspaceFiles = {
  list: async (folder, signal) => {
    const paths: string[] = [];
    let isCut = false;
    // Level by level: what says how things run is near the root.
    for (let level = [''], depth = 0; level.length > 0; depth++) {
      const next: string[] = [];
      for (const directory of level) {
        refuseCancelled(signal);
        for (const entry of await entriesOf(join(folder, directory))) {
          const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
          if (entry.isFile()) paths.push(path);
          else if (entry.isDirectory() && isLookedInto(entry.name)) next.push(path);
        }
        if (paths.length >= mostFiles) return { paths: paths.slice(0, mostFiles).sort(), isCut: true };
      }
      isCut = depth >= deepest && next.length > 0;
      level = isCut ? [] : next;
    }
    return { paths: paths.sort(), isCut };
  },
  read: async (folder, path) => {
    try {
      const file = await open(join(folder, path), 'r');
      try {
        const { size } = await file.stat();
        return size > largestBytes ? undefined : (await file.readFile()).toString('utf8');
      } finally {
        await file.close();
      }
    } catch {
      // Gone meanwhile, or not for this person to read: nothing is proposed from it.
      return undefined;
    }
  },
};

function isLookedInto(name: string): boolean {
  return !skipped.has(name) && (!name.startsWith('.') || kept.has(name));
}

async function entriesOf(directory: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch {
    // A folder that cannot be read holds nothing to propose from.
    return [];
  }
}
