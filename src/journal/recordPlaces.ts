import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf } from '../incident/incidentError.ts';
import type { RecordPlace } from '../incident/incidentStore.ts';
import { sha256Of } from './eventLine.ts';
import { findGitCommonDirectory } from './gitCommonDirectory.ts';
import { isMissing } from './storageError.ts';

/** A folder's place in the record, and every root that may hold incidents of it. */
export interface FolderRecord {
  readonly place: RecordPlace;
  /** Where it goes when `place` cannot be written. */
  readonly storagePlace: RecordPlace;
  /** `place.root` first. */
  readonly roots: readonly string[];
}

/**
 * Where the incidents of a folder are recorded; undefined for no folder. Nothing is written, nor git run.
 * @param refused roots that could not be written to, with the reason
 */
export async function folderRecord(
  folder: string | undefined,
  globalStorage: string,
  refused: ReadonlyMap<string, string>,
): Promise<FolderRecord> {
  if (folder === undefined) return inStorage(join(globalStorage, 'mayday', 'no-folder'), undefined, [], undefined);
  const own = storageRootOf(globalStorage, folder);
  const git = await findGitCommonDirectory(folder);
  if (git.kind === 'none') return inStorage(own, folder, [], undefined);
  if (git.kind === 'broken') return inStorage(own, folder, [], git.reason);
  // All worktrees of a clone share one record, also when it cannot be in the clone.
  const common = await realPathOf(git.path);
  const shared = storageRootOf(globalStorage, common);
  const root = join(common, 'mayday');
  const others = [root, own];
  const reason = refused.get(root) ?? (await whyNotWritable(common));
  const storage = inStorage(shared, folder, others, reason ?? 'chosen instead of the git directory');
  if (reason !== undefined) return storage;
  return { place: { root, folder }, storagePlace: storage.place, roots: [root, shared, own] };
}

/** `<globalStorage>/mayday/<hash of the path>` */
function storageRootOf(globalStorage: string, path: string): string {
  return join(globalStorage, 'mayday', sha256Of(resolve(path)).slice(0, 32));
}

function inStorage(
  root: string,
  folder: string | undefined,
  others: readonly string[],
  fallbackReason: string | undefined,
): FolderRecord {
  const place = { root, folder, ...(fallbackReason === undefined ? {} : { fallbackReason }) };
  return { place, storagePlace: place, roots: [root, ...others] };
}

/** One path for one folder, however it was reached. On Windows a mapped drive would become an address VS Code may refuse. */
async function realPathOf(path: string): Promise<string> {
  return process.platform === 'win32' ? path : realpath(path);
}

/** Why nothing can be made under `<common>/mayday`, as far as that can be told without trying; undefined when it can. */
async function whyNotWritable(common: string): Promise<string | undefined> {
  for (const path of [join(common, 'mayday', 'incidents'), join(common, 'mayday'), common]) {
    try {
      if (!(await stat(path)).isDirectory()) return `${path} is not a folder`;
      await access(path, constants.W_OK);
      return undefined;
    } catch (error) {
      if (!isMissing(error)) return `${path} cannot be written to (${messageOf(error)})`;
    }
  }
  return `${common} is gone`;
}
