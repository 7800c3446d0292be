import type { IsoTime } from '../../incident/isoTime.ts';
import type { RunningRevision } from '../deployed/runningRevision.ts';
import type { CommitNotes } from './commitNotes.ts';
import type { Commit, CommitId, DeployRef } from './readsHistory.ts';

/** A commit of the deploy branch's first-parent line, and what it brought there. */
export interface Arrival {
  /** When it reached the branch: the committer date of `commit`. What it brought may be much older. */
  readonly reachedAt: IsoTime;
  /** A merge lists here, against its first parent, all files that it brought. */
  readonly commit: Commit;
  /** The commits that a merge brought, newest first; empty for any other commit. */
  readonly brought: readonly Commit[];
  /** True when there are more of them than were read. */
  readonly isCut: boolean;
  /** False as long as impact start is unknown. */
  readonly afterImpactStart: boolean;
}

/** What put a revision in production: only what a source told, never a guess. */
export interface Deploy {
  readonly commit: CommitId;
  readonly at: IsoTime;
  /** `v1.9.0`, `production #412`: a stranger's text. */
  readonly name: string;
  readonly source: 'tag' | 'github' | 'kubernetes' | 'merge';
  readonly service?: string;
}

/** Arrivals that went out together: those between the deploy before and this one. */
export interface DeployGroup {
  /** Undefined: no source tells when these were deployed. */
  readonly deploy: Deploy | undefined;
  /** Further deploys of the same arrivals: of other services, or told by other sources. Oldest first; absent when there is none. */
  readonly also?: readonly Deploy[];
  /** Newest first. */
  readonly arrivals: readonly Arrival[];
}

/** What is different in production within a change window, read from one repository. */
export interface WindowChanges {
  /** The root of its work tree, absolute. */
  readonly repository: string;
  /** Where the repository itself is: the same for all worktrees of a clone. */
  readonly commonDirectory?: string;
  readonly ref: DeployRef;
  /** What runs, or the assumption that it is the head of the deploy branch. */
  readonly running: RunningRevision;
  /** What ran before the window: the first parent of its oldest arrival. Undefined when nothing was before. */
  readonly base: CommitId | undefined;
  /** What runs now: the running revision, else the branch's head. Undefined on an unborn branch. */
  readonly head: CommitId | undefined;
  /** Newest first. Only what runs. */
  readonly groups: readonly DeployGroup[];
  /** On the deploy branch and not running: shown apart, never accused. Newest first. */
  readonly pending: readonly Arrival[];
  /** Older commits are missing from this clone. */
  readonly isShallow: boolean;
  /** There are more arrivals in the window than were read. */
  readonly isCut: boolean;
  /** Counts of lines and renames are missing: this partial clone lacks the contents of files. */
  readonly isPartial?: boolean;
  /** What there is to know of a commit beside what it says itself, by its id; commits without any are absent. */
  readonly notes?: ReadonlyMap<CommitId, CommitNotes>;
  /** What told of deploys, newest first, also of those before the window. */
  readonly deploys?: readonly Deploy[];
}
