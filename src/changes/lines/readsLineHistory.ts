import type { CommitId } from '../history/readsHistory.ts';
import type { BlamedCommit } from './readsLines.ts';

/** Where a file is: the root of its repository's work tree, absolute, and its path in there, with `/`. */
export interface RepositoryPlace {
  readonly repository: string;
  readonly path: string;
}

/** What one commit did to a stretch of lines. */
export interface LineChange extends BlamedCommit {
  /** The first one; undefined for a commit that nothing was before. */
  readonly parent: CommitId | undefined;
  /** Where the file is in the commit. */
  readonly path: string;
  /** Where it was in the parent; undefined when the file began with this commit. */
  readonly oldPath: string | undefined;
  /** The stretch in the commit, counted from 1; `end` is before `start` where the lines were removed. */
  readonly start: number;
  readonly end: number;
}

/** The history of a stretch of lines. */
export interface LineHistory {
  /** Newest first. */
  readonly changes: readonly LineChange[];
  /** There are more than were asked for. */
  readonly isCut: boolean;
}

/** A stretch of lines of a file at a revision; lines are counted from 1, both ends belong to it. */
export interface LineRange {
  readonly revision: string;
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Lines of a file at a revision, counted from 1. */
export interface BlameWish {
  readonly revision: string;
  readonly path: string;
  readonly lines: readonly number[];
  /** Only what is not in its history. */
  readonly since?: CommitId;
}

/**
 * Reads who changed lines. `repository` is the root of a work tree. Reads the repository only and asks no remote. Throws
 * IncidentError as `ReadsHistory` does; `invalidArgument` for lines that a file does not have.
 */
export interface ReadsLineHistory {
  /** `file`: absolute. */
  placeOf(file: string, signal?: AbortSignal): Promise<RepositoryPlace>;
  /** The paths of all files of a revision. */
  files(repository: string, revision: string, signal?: AbortSignal): Promise<readonly string[]>;
  /** Follows the lines through renames, at most `max` changes. */
  lineHistory(repository: string, range: LineRange, max: number, signal?: AbortSignal): Promise<LineHistory>;
  /**
   * Who last changed each of these lines, by line; commits that `.git-blame-ignore-revs` names are passed over. A line
   * whose commit is missing from a shallow clone is not in it, nor one that is not newer than `since`: with that git need
   * not look through the whole history.
   */
  lastChanges(repository: string, wish: BlameWish, signal?: AbortSignal): Promise<ReadonlyMap<number, BlamedCommit>>;
  /** Those of `commits` that are not in the history of `revision`. */
  notIn(
    repository: string,
    commits: readonly CommitId[],
    revision: CommitId,
    signal?: AbortSignal,
  ): Promise<ReadonlySet<CommitId>>;
}
