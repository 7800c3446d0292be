import type { IsoTime } from './isoTime.ts';
import type { DeadlineKind } from './words.ts';

/** How a deadline stands at a moment. */
export type DeadlineStanding = 'onTrack' | 'dueSoon' | 'overdue' | 'met' | 'missed';

/** A promise with its due time, as it stands now. */
export interface Deadline {
  /** Stable within the incident: `<kind>-<ULID of the event or action item>`. */
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly from: IsoTime;
  readonly dueAt: IsoTime;
  readonly standing: DeadlineStanding;
  /** When it was done. */
  readonly doneAt?: IsoTime;
  /** Reminders are quiet until then. */
  readonly snoozedUntil?: IsoTime;
  /** The action item's title. */
  readonly title?: string;
}
