import type { IsoTime } from '../incident/isoTime.ts';
import type { CommitId } from './readsHistory.ts';

/** A commit of the change window as check 1 lists it. */
export interface ListedCommit {
  readonly id: CommitId;
  readonly subject: string;
  readonly author: string;
  /** The nearest to "when it got here" that a commit tells. */
  readonly committedAt: IsoTime;
  /** How many files it changed. */
  readonly files: number;
  /** Lines; absent where they were not counted. */
  readonly additions?: number;
  readonly deletions?: number;
  readonly afterImpactStart: boolean;
}
