import type { Commit, CommitId } from './readsHistory.ts';
import type { PathKind } from './pathKind.ts';
import type { Reverts } from './reverts.ts';

/** What makes a commit worth another look, or less of one. */
export type CommitMark =
  | 'reverts'
  | 'reverted'
  | 'configuration'
  | 'migration'
  | 'dependencies'
  | 'large'
  /** Changes nothing but white space, or is on the list that `git blame` passes over. */
  | 'formatting';

/** What there is to know of a commit beside what it says itself. */
export interface CommitNotes {
  readonly marks: readonly CommitMark[];
  /** Names of the configured services whose paths it touches. */
  readonly services: readonly string[];
  /** The commit that it takes back, by its id, or by its subject where that is all that it names. A stranger's text. */
  readonly reverts?: string;
  /** The commit that takes it back, where that is in the window too. */
  readonly revertedBy?: CommitId;
}

/** What notes are made from. */
export interface NoteSources {
  /** Whatever takes another one back, and what was taken back. */
  readonly reverts: Reverts;
  /** Those that only changed white space, and those of `.git-blame-ignore-revs`. */
  readonly formatting: ReadonlySet<CommitId>;
  readonly kindOf: (path: string) => PathKind | undefined;
  /** Names of services that a path belongs to. */
  readonly servicesOf: (path: string) => readonly string[];
}

/** From so many lines or files on a commit is large; what programs write (lock files) does not count. */
const largeLines = 1000;
const largeFiles = 50;

/** So many files are looked at between two chances for the editor to do something else. */
const filesAtOnce = 500;

/** Of each commit what there is to know; commits of which there is nothing are absent. */
export async function commitNotes(
  commits: readonly Commit[],
  sources: NoteSources,
): Promise<ReadonlyMap<CommitId, CommitNotes>> {
  const notes = new Map<CommitId, CommitNotes>();
  let files = 0;
  for (const commit of commits) {
    files += 1 + commit.files.length;
    if (files > filesAtOnce) {
      await new Promise((resolve) => setImmediate(resolve));
      files = 0;
    }
    const note = noteOf(commit, sources);
    if (note.marks.length > 0 || note.services.length > 0) notes.set(commit.id, note);
  }
  return notes;
}

function noteOf(commit: Commit, { reverts, formatting, kindOf, servicesOf }: NoteSources): CommitNotes {
  const undone = reverts.of.get(commit.id);
  const undoneBy = reverts.by.get(commit.id);
  const kinds = new Set<PathKind>();
  const services = new Set<string>();
  let lines = 0;
  let files = 0;
  for (const { path, oldPath, additions = 0, deletions = 0 } of commit.files) {
    const kind = kindOf(path);
    if (kind !== undefined) kinds.add(kind);
    for (const name of servicesOf(path)) services.add(name);
    if (oldPath !== undefined) for (const name of servicesOf(oldPath)) services.add(name);
    if (kind === 'lockFile') continue;
    lines += additions + deletions;
    files += 1;
  }
  const held: readonly (readonly [CommitMark, boolean])[] = [
    ['reverts', undone !== undefined],
    ['reverted', undoneBy !== undefined],
    ['configuration', kinds.has('configuration')],
    ['migration', kinds.has('migration')],
    ['dependencies', kinds.has('lockFile')],
    ['large', lines >= largeLines || files >= largeFiles],
    ['formatting', formatting.has(commit.id)],
  ];
  return {
    marks: held.flatMap(([mark, holds]) => (holds ? [mark] : [])),
    services: [...services],
    ...(undone === undefined ? {} : { reverts: undone }),
    ...(undoneBy === undefined ? {} : { revertedBy: undoneBy }),
  };
}
