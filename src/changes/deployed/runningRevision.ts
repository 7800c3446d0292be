import type { IsoTime } from '../../incident/isoTime.ts';
import type { CommitId } from '../history/readsHistory.ts';

/** Where the word about a running revision comes from, in the order in which they are asked. */
export type RevisionSource = 'service' | 'kubernetes' | 'github' | 'tag' | 'branch';

/** What runs in production, as far as anybody could tell. */
export type RunningRevision =
  | {
      readonly kind: 'known';
      readonly source: RevisionSource;
      /** For people: `http://shop.test/version (commit)`, `tag v1.9.0`. A stranger's text. */
      readonly from: string;
      /** As the source gave it: `1.9.0`, `3f2a9c1`. */
      readonly version: string;
      readonly commit: CommitId;
      readonly readAt: IsoTime;
      /** A sentence per surer source that was asked and did not answer. */
      readonly missed?: readonly string[];
      /** One of those was not asked because nobody confirmed its address. */
      readonly unconfirmed?: true;
      /** Each of the services, where they run different revisions: this is the newest of theirs. */
      readonly services?: readonly DifferingService[];
    }
  /** The head of the deploy branch is assumed, and labelled an assumption. `reason`: a sentence per source that was asked. */
  | {
      readonly kind: 'unknown';
      readonly reason: string;
      readonly unconfirmed?: true;
      /** All services, where what each runs is known and they differ: which is the newest, only their repository tells. */
      readonly differing?: readonly ServiceRevision[];
    };

/** One of several services that run different revisions. */
export interface DifferingService {
  readonly service: string;
  readonly from: string;
  readonly version: string;
  readonly commit: CommitId;
  /** Of the window's commits, those that another service runs and this one does not. */
  readonly lacks: ReadonlySet<CommitId>;
}

/** What runs of a service; `service` undefined where none is configured. */
export interface ServiceRevision {
  readonly service: string | undefined;
  readonly running: RunningRevision;
}
