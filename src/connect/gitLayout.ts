import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CommitId } from '../changes/history/readsHistory.ts';
import { isIncidentError } from '../incident/incidentError.ts';
import type { AskGit } from './gitAsk.ts';
import { filesState } from './gitFingerprint.ts';
import type { GitMemory } from './gitMemory.ts';
import { readCommonDirectory } from './gitRefs.ts';

/** Where a repository is. */
export interface Layout {
  /** Of the work tree; of a bare repository, its git directory. Absolute. */
  readonly root: string;
  /** Shared by all worktrees. */
  readonly commonDirectory: string;
}

const largestListBytes = 4 * 1024 * 1024;

/** Where the repository of a folder is; asked once, as long as it is there. */
export async function readLayout(ask: AskGit, memory: GitMemory): Promise<Layout> {
  const key = `layout ${ask.directory}`;
  const asked = () => askLayout(ask);
  const known = await memory.recall(key, '', asked);
  if (await isThere(known)) return known;
  // Moved, removed, or made anew since.
  return memory.recall(key, String(Date.now()), asked);
}

/** Where the repository itself is; undefined for a folder in none, or in one that git does not read. */
export async function findCommonDirectory(ask: AskGit, memory: GitMemory): Promise<string | undefined> {
  try {
    return (await readLayout(ask, memory)).commonDirectory;
  } catch (error) {
    if (isIncidentError(error) && error.reason !== 'cancelled') return undefined;
    throw error;
  }
}

/** Commits at which a shallow clone ends: their parents are not in it. Empty for a whole one. */
export async function readEnds(commonDirectory: string): Promise<ReadonlySet<CommitId>> {
  const list = await textAt(join(commonDirectory, 'shallow'));
  return new Set(list?.split('\n').filter(Boolean));
}

/** The text of a small file; undefined where there is none. */
export async function textAt(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    return size > largestListBytes ? undefined : await readFile(path, 'utf8');
  } catch {
    // Most repositories have no such file.
    return undefined;
  }
}

/** A `.git` between the folder and the root that was known would be another repository: that is rare enough for a reload. */
async function isThere({ root, commonDirectory }: Layout): Promise<boolean> {
  return !(await filesState([root, join(commonDirectory, 'HEAD')])).split(' ').includes('-');
}

async function askLayout(ask: AskGit): Promise<Layout> {
  const outcome = await ask.outcome(['rev-parse', '--git-common-dir', '--show-toplevel']);
  const [common = '', root = ''] = outcome.stdout.toString('utf8').split('\n');
  // Of a bare repository git says that it has no work tree, after what it has. Asked alone, it says what is wrong.
  const commonDirectory = common === '' ? await readCommonDirectory(ask) : resolve(ask.directory, common);
  return { root: root === '' ? commonDirectory : resolve(root), commonDirectory };
}
