import type { CommitId, FileChange } from '../history/readsHistory.ts';

/** The id of a file's content, 40 or 64 lower-case hexadecimal digits. */
export type BlobId = string;

/** A file that differs between two commits, with the ids of its contents; undefined where it is not there. */
export interface ChangedVersions extends FileChange {
  readonly before: BlobId | undefined;
  readonly after: BlobId | undefined;
}

/** What two commits differ in. */
export interface VersionsBetween {
  readonly files: readonly ChangedVersions[];
  /** False in a partial clone that lacks the contents to find them by: a renamed file reads as one removed and one added. */
  readonly hasRenames: boolean;
}

/** What could be read of a file. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  /** There is no such file there. */
  | { readonly kind: 'absent' }
  /** No text. */
  | { readonly kind: 'binary'; readonly bytes: number }
  /** Beyond what is read of one file, or of all together. */
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  /** A partial clone does not have it, and nothing is fetched without a person's word. */
  | { readonly kind: 'notFetched' };

/** A content by its id, or what stands at a path of a commit: of the later one when `at` is absent. */
export type WantedContent = { readonly blob: BlobId } | { readonly path: string; readonly at?: CommitId };

/** The two commits that are compared; `from` undefined: everything in `to` is new. */
export interface VersionRange {
  readonly from: CommitId | undefined;
  readonly to: CommitId;
}

export interface ContentLimits {
  /** Of one file, in bytes; 2 MB when absent. */
  readonly fileBytes?: number;
  /** Of all together, in bytes; 48 MB when absent. */
  readonly totalBytes?: number;
}

/** Told a content, and for which of those that were wanted. What is not there it may not be told. */
export type TellContent = (content: Content, index: number) => void;

/** Reads both versions of changed files, never from the work tree and never from a remote. Throws IncidentError as ReadsHistory does. */
export interface ReadsVersions {
  /** One call of git, without contents. */
  versionsBetween(directory: string, range: VersionRange, signal?: AbortSignal): Promise<VersionsBetween>;
  /**
   * The contents in the order of `wanted`, by one call of git. Bytes that are no UTF-8 are read as Latin-1, UTF-16 by its mark.
   * `read` is told each file as soon as it is read, while others are still to come; mostly in that order.
   */
  contents(
    directory: string,
    range: VersionRange,
    wanted: readonly WantedContent[],
    options?: ContentLimits & { readonly signal?: AbortSignal; readonly read?: TellContent },
  ): Promise<readonly Content[]>;
}
