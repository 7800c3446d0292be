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
    }
  /** The head of the deploy branch is assumed, and labelled an assumption. `reason`: a sentence per source that was asked. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly unconfirmed?: true };

/** What runs of a service; `service` undefined where none is configured. */
export interface ServiceRevision {
  readonly service: string | undefined;
  readonly running: RunningRevision;
}
