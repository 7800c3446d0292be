import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { activeIndexDirectory } from './activePaths.ts';
import { folderRecord } from './recordPlaces.ts';

/** How often the places are looked at, where the system tells of no change: a few names, read in well under a millisecond. */
const sweepMs = 1000;

/**
 * Calls `onFound` once, as soon as there is something to show: an incident on record for one of the folders (or for no
 * folder), or one that is active elsewhere on this machine. Reads folders' names and nothing else. The result ends it.
 */
export async function watchForRecords(
  folders: readonly string[],
  globalStorage: string,
  onFound: () => void,
): Promise<() => void> {
  const places = folders.length === 0 ? [undefined] : folders;
  const records = await Promise.all(places.map((folder) => folderRecord(folder, globalStorage, new Map())));
  const directories = [
    ...records.flatMap(({ roots }) => roots.map((root) => join(root, 'incidents'))),
    activeIndexDirectory(globalStorage),
  ];
  const isThere = async (): Promise<boolean> => (await Promise.all(directories.map(hasEntries))).includes(true);
  if (await isThere()) {
    onFound();
    return () => undefined;
  }
  const parents = new Set(await Promise.all(directories.map(nearest)));
  const stop = { done: false, watchers: [] as FSWatcher[] };
  const end = (): void => {
    stop.done = true;
    clearInterval(timer);
    for (const watcher of stop.watchers) watcher.close();
  };
  const look = async (): Promise<void> => {
    if (!(await isThere()) || stop.done) return;
    end();
    onFound();
  };
  const timer = setInterval(() => void look(), sweepMs);
  timer.unref();
  stop.watchers.push(...[...parents].flatMap((parent) => startWatching(parent, () => void look()) ?? []));
  return end;
}

async function hasEntries(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length > 0;
  } catch {
    // Not there, or not to be read: the store says so once somebody opens the view.
    return false;
  }
}

/** The folder itself, or the nearest above it that is there. */
async function nearest(directory: string): Promise<string> {
  const parent = dirname(directory);
  const isThere = await stat(directory).then(
    () => true,
    () => false,
  );
  return isThere || parent === directory ? directory : nearest(parent);
}

/** Undefined where the system cannot watch (too many watches, some network drives): the sweep sees it then. */
function startWatching(directory: string, onEvent: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(directory, { persistent: false }, onEvent);
    watcher.on('error', () => {
      watcher.close();
    });
    return watcher;
  } catch {
    // Not there yet, or not for us to watch: the parent tells when that changes.
    return undefined;
  }
}
