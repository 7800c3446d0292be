import type { IsoTime } from '../../incident/isoTime.ts';

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
  /** Beginning of what is below the subject, some hundred characters; absent when there is nothing. A stranger's text. */
  readonly body?: string;
  readonly files: readonly FileChange[];
  /** Why `files` tells nothing: it is where a shallow clone ends, or a partial clone has no list of files for it. */
  readonly unseen?: 'shallow' | 'partial';
}

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
  /** The branch that mayday.yaml names, the remote's default branch, the upstream of the current one, or what is checked out. */
  readonly kind: 'configured' | 'remoteDefault' | 'upstream' | 'local';
  /** Undefined on an unborn branch. */
  readonly commit: CommitId | undefined;
  readonly hasRemote: boolean;
  /** Of the remote branch; unknown with its reason for what is local. */
  readonly fetched: Fetched;
}

/** What lies between two commits. */
export interface ChangedFiles {
  /** The earlier side; undefined when there is nothing before `to`. */
  readonly from: CommitId | undefined;
  readonly to: CommitId;
  readonly files: readonly FileChange[];
}

/** Where a window begins: at a moment, or after a commit (whatever is reachable from it was there before). */
export type HistoryStart =
  | { readonly kind: 'time'; readonly since: IsoTime; readonly now: IsoTime }
  | { readonly kind: 'commit'; readonly after: CommitId };

export interface WindowRequest {
  readonly start: HistoryStart;
  /** The branch that deploys, `main` or `origin/main`, read at its remote; the remote's default when absent. */
  readonly branch?: string | undefined;
  /** So many commits of the first-parent line at most; 5,000 when absent. */
  readonly max?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A commit of the first-parent line of a branch. */
export interface LineCommit {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  /** When it got there: its committer date, but never before what it stands on. */
  readonly reachedAt: IsoTime;
}

/** A tag that stands on a commit. */
export interface Tag {
  /** `v1.9.0`: a stranger's text. */
  readonly name: string;
  readonly commit: CommitId;
  /** When an annotated tag was made; undefined for a lightweight one, which does not tell. */
  readonly taggedAt: IsoTime | undefined;
}

/** What reached a branch since the start of a window, as one repository tells it. */
export interface WindowHistory {
  /** The root of the work tree (of a bare repository, its git directory), absolute. */
  readonly repository: string;
  /** Where the repository itself is: the same for all worktrees of a clone. */
  readonly commonDirectory: string;
  readonly ref: DeployRef;
  /** The first-parent line within the window, newest first. */
  readonly line: readonly LineCommit[];
  /** Those of `line`, and what merges of it brought, newest first. */
  readonly commits: readonly Commit[];
  /** What was there before; undefined when nothing was. Where a shallow clone ends, the commit at its end. */
  readonly base: CommitId | undefined;
  /** Tags on `commits` and on `base`. */
  readonly tags: readonly Tag[];
  /** Those of `commits` that `.git-blame-ignore-revs` names, as it is at the tip of `ref`. */
  readonly ignored: ReadonlySet<CommitId>;
  readonly isShallow: boolean;
  /** Counts of lines and renames are missing, because this partial clone lacks the contents of files. */
  readonly isPartial: boolean;
  /** There is more in the window than was read. */
  readonly isCut: boolean;
}

/**
 * Reads the history of the repository that a folder is in, never its work tree, and asks no remote.
 * Every function throws IncidentError: `outside` when git or the repository fails, with a hint; `notFound` for a revision
 * or file that is not there; `invalidArgument` for what may not become an argument; `cancelled` when `signal` ended it.
 */
export interface ReadsHistory {
  /** `branch` as in WindowRequest; `notFound` when no remote has such a branch here. */
  deployRef(directory: string, signal?: AbortSignal, branch?: string): Promise<DeployRef>;
  /** Everything check 1 needs, in as few processes as it takes. */
  windowHistory(directory: string, request: WindowRequest): Promise<WindowHistory>;
  /** Which of `commits` did nothing but change white space. Ids only, at most some dozens: every file is compared again. */
  whitespaceOnly(directory: string, commits: readonly CommitId[], signal?: AbortSignal): Promise<ReadonlySet<CommitId>>;
  /** The newest tags by the time they were made, at most `max`. */
  newestTags(directory: string, max: number, signal?: AbortSignal): Promise<readonly Tag[]>;
  /** The best common ancestor of two revisions; undefined when there is none, or one is not in this clone. */
  mergeBase(directory: string, one: string, other: string, signal?: AbortSignal): Promise<CommitId | undefined>;
  /** The commit that a revision names, whole; undefined when it is not in this clone. */
  commitOf(directory: string, revision: string, signal?: AbortSignal): Promise<CommitId | undefined>;
  /** Where the repository itself is, absolute: the same for all worktrees of a clone. Undefined for a folder in none. */
  commonDirectory(directory: string, signal?: AbortSignal): Promise<string | undefined>;
  /** Text that differs once a ref of the repository differs. Runs nothing. */
  fingerprint(commonDirectory: string): Promise<string>;
  /** `from` undefined, or before the first commit: what `to` itself brought. */
  changedFiles(
    directory: string,
    range: { readonly from?: string; readonly to: string },
    signal?: AbortSignal,
  ): Promise<ChangedFiles>;
  /** The first `maxBytes` of a file as it was committed, and how large it is as a whole. */
  readBeginning(
    directory: string,
    revision: string,
    path: string,
    maxBytes: number,
    signal?: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array; readonly size: number }>;
  /** A file as it was committed; `path` relative to the repository's root. */
  readFile(
    directory: string,
    revision: string,
    path: string,
    options?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
  ): Promise<Uint8Array>;
}
