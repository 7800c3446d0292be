import { rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { numberedName } from '../incident/incidentName.ts';
import { makeDirectories, makeDirectory } from './durableFiles.ts';
import { codeOf } from './storageError.ts';

/** The folder of an incident under a record root. */
export function incidentDirectory(root: string, name: string): string {
  return join(root, 'incidents', name);
}

/** The record root that an incident's folder is under. */
export function rootOf(directory: string): string {
  return dirname(dirname(directory));
}

/** Makes `directory` with an empty log folder and all that is missing above it. False when it is there already. */
export async function makeIncidentDirectory(directory: string): Promise<boolean> {
  await makeDirectories(dirname(directory));
  try {
    await makeDirectory(directory);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await makeDirectory(join(directory, 'log'));
  } catch (error) {
    await removeEmptyDirectory(directory);
    throw error;
  }
  return true;
}

/** Makes a folder of that name under `root`, numbered when the name is taken there. Resolves with its path. */
export async function makeNumberedDirectory(root: string, name: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const directory = incidentDirectory(root, numberedName(name, attempt));
    if (await makeIncidentDirectory(directory)) return directory;
  }
}

/** Removes what a failed beginning left, as far as it is empty. */
export async function removeEmptyDirectory(directory: string): Promise<void> {
  for (const path of [join(directory, 'log'), directory]) {
    // Not empty or not there: either way it is left as it is.
    await rmdir(path).catch(() => 'left in place');
  }
}
