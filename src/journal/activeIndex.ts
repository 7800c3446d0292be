import { readdir, readFile, unlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { IncidentId } from '../incident/ids.ts';
import { toIncidentId } from '../incident/ids.ts';
import { activeIndexDirectory } from './activePaths.ts';
import { makeDirectories } from './durableFiles.ts';
import { replaceFile } from './replaceFile.ts';
import { isMissing } from './storageError.ts';

/** Where an active incident of this machine is. No word of what it is about. */
export interface ActiveEntry {
  readonly id: IncidentId;
  readonly directory: string;
  readonly root: string;
  /** The workspace folder, when the root does not tell it. */
  readonly folder?: string;
}

/** Every entry of the index. What is no entry is skipped. */
export async function readActiveIndex(globalStorage: string): Promise<readonly ActiveEntry[]> {
  const folder = activeIndexDirectory(globalStorage);
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (isMissing(error)) return [];
    throw error;
  });
  const entries = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readEntry(folder, name)),
  );
  return entries.filter((entry) => entry !== undefined);
}

/** Notes an incident as active; an entry that says the same is left alone. */
export async function noteActive(globalStorage: string, entry: ActiveEntry): Promise<void> {
  const folder = activeIndexDirectory(globalStorage);
  const name = `${entry.id}.json`;
  const noted = await readEntry(folder, name);
  if (noted?.directory === entry.directory && noted.root === entry.root) return;
  await makeDirectories(folder);
  await replaceFile(join(folder, name), JSON.stringify(entry));
}

/** Takes an incident out of the index. */
export async function forgetActive(globalStorage: string, id: IncidentId): Promise<void> {
  try {
    await unlink(join(activeIndexDirectory(globalStorage), `${id}.json`));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function readEntry(folder: string, name: string): Promise<ActiveEntry | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(join(folder, name), 'utf8'));
  } catch {
    // Just removed by another window, or half written by something else: not an entry.
    return undefined;
  }
  const { id, directory, root, folder: workspace } = (value ?? {}) as Record<keyof ActiveEntry, unknown>;
  const incident = toIncidentId(id);
  if (incident === undefined || name !== `${incident}.json`) return undefined;
  if (typeof directory !== 'string' || typeof root !== 'string') return undefined;
  if (!isAbsolute(directory) || !isAbsolute(root)) return undefined;
  return { id: incident, directory, root, ...(typeof workspace === 'string' ? { folder: workspace } : {}) };
}
