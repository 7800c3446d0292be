import type { CommitId } from '../history/readsHistory.ts';

/** A line of a file that holds a word. */
export interface Mention {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  /** The line, cut at some hundred characters: a stranger's text. */
  readonly text: string;
}

export interface Mentions {
  /** In the order of the paths. */
  readonly found: readonly Mention[];
  /** There are more than were read. */
  readonly isCut: boolean;
}

/** Searches the files of a commit, never the work tree. */
export interface ReadsRepository {
  /**
   * Lines that hold one of `words` (letters, digits and `_`), whole and in their case; binary files, lock files and what was
   * minified are left out. Throws IncidentError: `invalidArgument` for what is no word or no commit id, `outside` when git fails, `cancelled`.
   */
  mentions(
    directory: string,
    commit: CommitId,
    words: readonly string[],
    options?: {
      readonly endings?: readonly string[];
      readonly max?: number;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<Mentions>;
}
