import { createHash } from 'node:crypto';
import { access, mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The drills that were made on this machine, told from folders that only look like one. */
export interface KnownDrills {
  add(directory: string): Promise<void>;
  has(directory: string): Promise<boolean>;
}

/** Keeps a file for each drill under `<globalStorage>/drills-made`, named by the hash of its folder. */
export function createKnownDrills(globalStorage: string): KnownDrills {
  const folder = join(globalStorage, 'drills-made');
  const markOf = async (directory: string): Promise<string> => {
    const path = await realpath(directory);
    return join(folder, createHash('sha256').update(path).digest('hex'));
  };
  return {
    add: async (directory) => {
      await mkdir(folder, { recursive: true });
      await writeFile(await markOf(directory), `${directory}\n`);
    },
    has: async (directory) => {
      try {
        await access(await markOf(directory));
        return true;
      } catch {
        // No mark, or no such folder any more: not one of ours.
        return false;
      }
    },
  };
}
