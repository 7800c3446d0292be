import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { activeIndexDirectory } from './activePaths.ts';
import { folderRecord } from './recordPlaces.ts';

/**
 * True when an incident may be on record for these workspace folders, or active elsewhere on the machine: a few looks at
 * folders, to decide whether the journal needs to be loaded at all. Nothing is written.
 * @param folders absolute paths; none for a window without a folder
 */
export async function hasRecords(folders: readonly string[], globalStorage: string): Promise<boolean> {
  const asked = folders.length === 0 ? [undefined] : folders;
  const records = await Promise.all(asked.map((folder) => folderRecord(folder, globalStorage, new Map())));
  const roots = records.flatMap((record) => record.roots.map((root) => join(root, 'incidents')));
  const found = await Promise.all([...roots, activeIndexDirectory(globalStorage)].map(hasEntries));
  return found.includes(true);
}

async function hasEntries(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length > 0;
  } catch {
    // Not there; or not readable, and then loading would show no incident either.
    return false;
  }
}
