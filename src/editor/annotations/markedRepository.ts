import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { WindowChanges } from '../../changes/history/windowChanges.ts';
import type { CommitId, FileChange } from '../../changes/history/readsHistory.ts';
import type { Brought, ChangedPlace } from '../../changes/lines/changedPlaces.ts';
import { broughtCommits, changedPlaces, filesOfAll } from '../../changes/lines/changedPlaces.ts';
import { ignoredRevisions, ignoredRevisionsFile } from '../../changes/lines/ignoredRevisions.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { ChangesSight } from '../../investigate/window/changesSight.ts';
import { findGitCommonDirectory } from '../../journal/gitCommonDirectory.ts';
import type { EditorServices } from '../editorServices.ts';

/** A repository of this window with what changed in it. */
export interface MarkedRepository {
  readonly changes: WindowChanges & { readonly head: CommitId };
  readonly brought: ReadonlyMap<CommitId, Brought>;
  /** By path, under every name that a file had. */
  readonly places: ReadonlyMap<string, ChangedPlace>;
  /** What is on the deploy branch and does not run: its head, and the files that it changes. Undefined: everything runs. */
  readonly pending: { readonly tip: CommitId; readonly places: ReadonlyMap<string, ChangedPlace> } | undefined;
  /** How many files changed that are still there. */
  readonly files: number;
  /** Commits of the window that only changed the form of code. */
  readonly ignored: readonly CommitId[];
  /** Folders on disk, the repository itself last, and which folder of it each is: `''` or `apps/web/`. */
  readonly roots: readonly Root[];
}

interface Root {
  readonly folder: string;
  readonly prefix: string;
}

interface Sides {
  readonly left?: string;
  readonly right?: string;
}

type Reading = Pick<EditorServices, 'changedFiles' | 'readRevision'>;

/** What can be marked of what changed, in the folders that are `open`; else the reason why nothing can, in a sentence. */
export async function readMarkedRepository(
  services: Reading,
  { changes, folder }: Extract<ChangesSight, { kind: 'seen' }>,
  open: readonly string[],
  signal: AbortSignal,
): Promise<MarkedRepository | string> {
  const { head, base, repository } = changes;
  if (head === undefined) return `${changes.ref.name} has no commit yet.`;
  if (base === undefined && changes.isShallow) {
    return 'This is a shallow clone, and what ran before the change window is not in it.';
  }
  const brought = broughtCommits(changes);
  const [files, pending, ignored, roots] = await Promise.all([
    changedFiles(services, { ...changes, head }, signal),
    readPending(services, { ...changes, head }, signal),
    readIgnored(services, { repository, head, brought }),
    rootsOf(folder, repository, open),
  ]);
  const places = changedPlaces(changes, files);
  return {
    changes: { ...changes, head },
    brought,
    places,
    pending,
    files: new Set(places.values()).size,
    ignored,
    roots,
  };
}

/** The path that a file on disk has in a repository; undefined when it is not in it. */
export function pathIn({ roots }: Pick<MarkedRepository, 'roots'>, file: string): string | undefined {
  for (const { folder, prefix } of roots) {
    if (file.startsWith(folder + sep)) return prefix + file.slice(folder.length + 1).replaceAll(sep, '/');
  }
  return undefined;
}

/** Where a file of a repository may be on disk, in the folders that are open. */
export function filesAt({ roots }: Pick<MarkedRepository, 'roots'>, path: string): readonly string[] {
  // The last one is the repository itself: what is outside of the open folders nobody sees.
  return roots
    .slice(0, -1)
    .filter(({ prefix }) => path.startsWith(prefix))
    .map(({ folder, prefix }) => join(folder, path.slice(prefix.length)));
}

async function changedFiles(
  services: Reading,
  { groups, base, head, repository }: MarkedRepository['changes'],
  signal: AbortSignal,
): Promise<readonly Sides[]> {
  if (base === head) return [];
  if (base === undefined) return filesOfAll({ groups });
  return (await services.changedFiles(repository, { from: base, to: head }, signal)).flatMap(sidesOf);
}

/** Links and submodules have no lines. */
function sidesOf({ status, path, oldPath, kind }: FileChange): readonly Sides[] {
  if (kind !== 'file') return [];
  if (status === 'deleted') return [{ left: path }];
  return [status === 'added' ? { right: path } : { left: oldPath ?? path, right: path }];
}

async function readPending(
  services: Reading,
  { pending, ref, head, repository }: MarkedRepository['changes'],
  signal: AbortSignal,
): Promise<MarkedRepository['pending']> {
  const tip = ref.commit;
  if (pending.length === 0 || tip === undefined || tip === head) return undefined;
  const files = await services.changedFiles(repository, { from: head, to: tip }, signal);
  const groups = [{ deploy: undefined, arrivals: pending }];
  return { tip, places: changedPlaces({ groups, pending: [] }, files.flatMap(sidesOf)) };
}

/**
 * Where files of the repository are: in the open folders of its clone, other worktrees included, and below the root that
 * git names. Git resolves symbolic links, and the editor names what was opened.
 */
async function rootsOf(folder: string, repository: string, open: readonly string[]): Promise<readonly Root[]> {
  const clone = await cloneOf(await realpath(folder));
  const others = await Promise.all(
    open.map(async (one): Promise<readonly Root[]> => {
      if (one === folder || clone === undefined) return [];
      // A folder of the workspace that is not there has nothing to mark.
      const path = await realpath(one).catch(() => undefined);
      if (path === undefined || (await cloneOf(path)) !== clone) return [];
      return [{ folder: one, prefix: prefixOf(relative(workTreeOf(path), path)) }];
    }),
  );
  const inside = relative(repository, await realpath(folder));
  const own = inside.startsWith('..') ? [] : [{ folder, prefix: prefixOf(inside) }];
  return [...own, ...others.flat(), { folder: repository, prefix: '' }];
}

function prefixOf(path: string): string {
  return path === '' ? '' : `${path.replaceAll(sep, '/')}/`;
}

async function cloneOf(path: string): Promise<string | undefined> {
  const found = await findGitCommonDirectory(path);
  return found.kind === 'found' ? realpath(found.path) : undefined;
}

function workTreeOf(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, '.git')) || parent === folder ? folder : workTreeOf(parent);
}

async function readIgnored(
  { readRevision }: Reading,
  { repository, head, brought }: { repository: string; head: CommitId; brought: ReadonlyMap<CommitId, Brought> },
): Promise<readonly CommitId[]> {
  if (brought.size === 0) return [];
  try {
    const content = await readRevision(repository, head, ignoredRevisionsFile);
    return ignoredRevisions(Buffer.from(content).toString('utf8'), new Set(brought.keys()));
  } catch (error) {
    if (isIncidentError(error, 'notFound')) return [];
    throw error;
  }
}
