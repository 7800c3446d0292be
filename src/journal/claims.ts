import { open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../incident/incidentError.ts';
import { dayMs } from '../incident/isoTime.ts';
import { makeDirectories } from './durableFiles.ts';
import { sha256Of } from './eventLine.ts';
import type { JournalSettings } from './journalHandle.ts';
import { codeOf, isMissing } from './storageError.ts';

const keptMs = 30 * dayMs;

/**
 * True for the first caller on this machine that asks for `key`, over all windows and reloads, and false ever after (for
 * at least 30 days).
 */
export type Claim = (key: string) => Promise<boolean>;

/**
 * Claims are files in `<globalStorage>/claims`. While nothing may be written nobody gets a claim. When the disk refuses,
 * this window decides alone: to be reminded twice is better than never.
 */
export function createClaim(globalStorage: string, settings: Pick<JournalSettings, 'isWritable' | 'log'>): Claim {
  const folder = join(globalStorage, 'claims');
  const inMemory = new Set<string>();
  let prepared: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    await makeDirectories(folder);
    await removeOld(folder);
  }

  return async (key) => {
    if (!settings.isWritable()) return false;
    const name = sha256Of(key);
    if (inMemory.has(name)) return false;
    inMemory.add(name);
    try {
      await (prepared ??= prepare());
      return await createOnce(join(folder, name));
    } catch (error) {
      prepared = undefined;
      settings.log.warn(`[journal] claim kept in memory only reason=${messageOf(error)}`);
      return true;
    }
  };
}

async function createOnce(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs > keptMs) await unlink(path);
    } catch (error) {
      // Another window removes the same ones.
      if (!isMissing(error)) throw error;
    }
  }
}
