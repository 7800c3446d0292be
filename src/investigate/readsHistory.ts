import type { IsoTime } from '../incident/isoTime.ts';

/** The id of a commit, 40 or 64 lower-case hexadecimal digits. */
export type CommitId = string;

/** How a file came to differ. */
export type ChangeStatus = 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'typeChanged';

/** A file that differs between two commits. Paths are relative to the repository's root, with `/`. */
export interface FileChange {
  readonly status: ChangeStatus;
  /** Where it is in the later commit; where it was, when deleted. Bytes that are no UTF-8 read `�`. */
  readonly path: string;
  /** Where it was in the earlier commit, when renamed or copied. */
  readonly oldPath?: string;
  /** A submodule has no content here, only the commit it points to. */
  readonly kind: 'file' | 'symlink' | 'submodule';
  /** Lines; absent when not asked for, and for binary files. */
  readonly additions?: number;
  readonly deletions?: number;
}

/** A commit with what it changed against its first parent: of a merge, everything that it brought. */
export interface Commit {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  /** As the repository's mailmap names people. */
  readonly author: string;
  readonly email: string;
  readonly authoredAt: IsoTime;
  /** Rebasing, amending and merging set it anew: the nearest to "when it got here" that a commit tells. */
  readonly committedAt: IsoTime;
  /** First line of the message as its author wrote it, cut at some hundred characters: a stranger's text. */
  readonly subject: string;
  readonly files: readonly FileChange[];
}

/** Where HEAD points. An unborn branch has no commit yet. */
export type Head =
  | { readonly kind: 'branch'; readonly branch: string; readonly commit: CommitId }
  | { readonly kind: 'detached'; readonly commit: CommitId }
  | { readonly kind: 'unborn'; readonly branch: string };

/** When this clone last saw a remote branch, and how it knows. */
export type Fetched =
  | { readonly kind: 'known'; readonly at: IsoTime; readonly by: 'fetch' | 'push' | 'clone' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The ref that stands for what is deployed, as far as a clone can tell. */
export interface DeployRef {
  /** For git: `refs/remotes/origin/main`, or `HEAD`. */
  readonly ref: string;
  /** For people: `origin/main`, `main`, `a detached commit`. */
  readonly name: string;
  /** The remote's default branch, the upstream of the current one, or what is checked out. */
  readonly kind: 'remoteDefault' | 'upstream' | 'local';
  /** Undefined on an unborn branch. */
  readonly commit: CommitId | undefined;
  readonly hasRemote: boolean;
  /** Of the remote branch; unknown with its reason for what is local. */
  readonly fetched: Fetched;
}

/** The commits of a ref since a moment, newest first. */
export interface History {
  readonly commits: readonly Commit[];
  /** There are more since that moment than were asked for, or than were looked through. */
  readonly isCut: boolean;
  /** Why there is nothing to list at all. */
  readonly nothing?: 'unbornBranch';
}

/** What lies between two commits. */
export interface ChangedFiles {
  /** The earlier side; undefined when there is nothing before `to`. */
  readonly from: CommitId | undefined;
  readonly to: CommitId;
  readonly files: readonly FileChange[];
}

/**
 * Reads the history of the repository that a folder is in, never its work tree, and asks no remote.
 * Every function throws IncidentError: `outside` when git or the repository fails, with a hint; `notFound` for a revision
 * or file that is not there; `invalidArgument` for what may not become an argument; `cancelled` when `signal` ended it.
 */
export interface ReadsHistory {
  head(directory: string, signal?: AbortSignal): Promise<Head>;
  deployRef(directory: string, signal?: AbortSignal): Promise<DeployRef>;
  /** True when older commits are missing from this clone. */
  isShallow(directory: string, signal?: AbortSignal): Promise<boolean>;
  recentCommits(
    directory: string,
    ref: string,
    since: IsoTime,
    options?: { readonly max?: number; readonly withCounts?: boolean; readonly signal?: AbortSignal },
  ): Promise<History>;
  /** `from` undefined, or before the first commit: what `to` itself brought. */
  changedFiles(
    directory: string,
    range: { readonly from?: string; readonly to: string },
    signal?: AbortSignal,
  ): Promise<ChangedFiles>;
  /** A file as it was committed; `path` relative to the repository's root. */
  readFile(
    directory: string,
    revision: string,
    path: string,
    options?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
  ): Promise<Uint8Array>;
}
