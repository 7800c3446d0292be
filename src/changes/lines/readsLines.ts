import type { IsoTime } from '../../incident/isoTime.ts';
import type { CommitId } from '../history/readsHistory.ts';

/** A stretch of a file's later version that differs from its earlier one. Lines are counted from 0. */
export interface Hunk {
  /** Its first line in the later version; where lines were only removed, the line that came into their place. */
  readonly line: number;
  /** How many lines of the later version; 0 where lines were only removed. */
  readonly count: number;
  /** What stood there in the earlier version, without line ends. */
  readonly before: readonly string[];
}

/** Who brought a stretch of lines of the later version. */
export interface LineOrigin {
  readonly line: number;
  readonly count: number;
  readonly commit: CommitId;
}

/** A commit as `git blame` tells of it: what the list of the change window may lack. */
export interface BlamedCommit {
  readonly id: CommitId;
  /** As the repository's mailmap names people. */
  readonly author: string;
  readonly authoredAt: IsoTime;
  readonly committedAt: IsoTime;
  /** First line of the message: a stranger's text. */
  readonly subject: string;
}

/** What differs between two versions of a file, and by which commits. */
export type FileLines =
  | {
      readonly kind: 'lines';
      /** The later version, without line ends. */
      readonly lines: readonly string[];
      /** From top to bottom; they neither touch nor overlap. */
      readonly hunks: readonly Hunk[];
      /** From top to bottom; lines that no commit between the two brought are in none. Undefined: git does not tell. */
      readonly origins: readonly LineOrigin[] | undefined;
      readonly commits: ReadonlyMap<CommitId, BlamedCommit>;
    }
  /** `reason`: a sentence. */
  | { readonly kind: 'none'; readonly reason: string };

/** Two versions of a file to be compared. */
export interface LinesWish {
  readonly to: CommitId;
  /** Where the file is in `to`, relative to the repository's root, with `/`. */
  readonly path: string;
  /** Undefined: there was nothing before, and every line is new. */
  readonly from: CommitId | undefined;
  /** Where the file was in `from`; undefined when it was not there. */
  readonly fromPath: string | undefined;
  /** Commits that only changed the form, whole ids: their lines belong to who wrote them before. */
  readonly ignored: readonly CommitId[];
}

/**
 * Compares versions of a file, line by line. Reads the repository only, never its work tree, and asks no remote. Throws
 * IncidentError as `ReadsHistory` does; what is no text or too large gives its reason instead.
 */
export interface ReadsLines {
  fileLines(repository: string, wish: LinesWish, signal?: AbortSignal): Promise<FileLines>;
}
