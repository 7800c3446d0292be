import type { IsoTime } from '../../incident/isoTime.ts';

/** A commit as the tree shows it. */
export interface CommitSummary {
  readonly id: string;
  readonly subject: string;
  readonly author: string;
  readonly at: IsoTime;
  readonly files: number;
  readonly additions?: number;
  readonly deletions?: number;
  readonly afterImpactStart: boolean;
  /** Where its repository is. */
  readonly repository: string;
}
