import type { CommitMark } from '../../changes/history/commitNotes.ts';
import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { IsoTime } from '../../incident/isoTime.ts';

/** A commit of the change window as check 1 lists it. */
export interface ListedCommit {
  readonly id: CommitId;
  readonly subject: string;
  readonly author: string;
  /** When it reached the branch; of what a merge brought, when it was committed. */
  readonly committedAt: IsoTime;
  /** When it was written; absent when that is the same. */
  readonly authoredAt?: IsoTime;
  /** How many files it changed. */
  readonly files: number;
  /** Lines; absent where they were not counted. */
  readonly additions?: number;
  readonly deletions?: number;
  readonly afterImpactStart: boolean;
  /** Absent when there are none. */
  readonly marks?: readonly CommitMark[];
  /** Names of the configured services that it touches; absent when there are none. */
  readonly services?: readonly string[];
  /** Names of services that do not run it, where they run different revisions and another one does; absent when there are none. */
  readonly notIn?: readonly string[];
  /** The commit that it takes back: an id or a subject. */
  readonly reverts?: string;
  readonly revertedBy?: CommitId;
  /** Why nothing is known of its files. */
  readonly unseen?: 'shallow' | 'partial';
  /** What a merge brought, newest first; absent for any other commit. */
  readonly brought?: readonly ListedCommit[];
  /** True when it brought more than is listed. */
  readonly isCut?: boolean;
}
