import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, minuteMs, plusMs } from '../../incident/isoTime.ts';

/** The stretch of time whose changes may have caused an incident. */
export interface ChangeWindow {
  /** Of a window that begins after a revision: when the first that came after it got here. */
  readonly from: IsoTime;
  readonly to: IsoTime;
  /** How far before its origin it begins. */
  readonly minutes: number;
  /** What it is counted back from: the start of impact, or detection as long as that is unknown. */
  readonly origin: { readonly kind: 'impactStart' | 'detected'; readonly at: IsoTime };
  /** The revision that it begins after, where one was chosen instead of a time. `name` is a stranger's text. */
  readonly after?: { readonly commit: CommitId; readonly name: string };
}

/** What a person may choose as the beginning of the window. */
export type WindowChoice =
  | { readonly kind: 'minutes'; readonly minutes: number }
  /** What the last deploy put out, and what came since. */
  | { readonly kind: 'lastDeploy' }
  /** From what ran before impact began and was not what ran then, to what runs now. */
  | { readonly kind: 'lastGood' }
  /** After a commit, a tag or a branch. */
  | { readonly kind: 'commit'; readonly commit: string };

/** What the window of an incident depends on. */
export interface WindowRequest {
  readonly impactStart: IsoTime | undefined;
  readonly detected: IsoTime;
  readonly now: IsoTime;
  /** The policy's, or what a person asked for. */
  readonly minutes: number;
}

/** The change window of an incident as it is known now: it ends now, because a change may have made things worse. */
export function changeWindow({ impactStart, detected, now, minutes }: WindowRequest): ChangeWindow {
  const at = impactStart ?? detected;
  const start = at < now ? at : now;
  return {
    from: plusMs(start, -minutes * minuteMs),
    to: now,
    minutes,
    origin: { kind: impactStart === undefined ? 'detected' : 'impactStart', at: start },
  };
}

/** The same window, beginning after a revision; `from` is when the oldest that came after it got here, if any did. */
export function windowAfter(
  { to, origin }: ChangeWindow,
  after: NonNullable<ChangeWindow['after']>,
  from: IsoTime = to,
): ChangeWindow {
  const minutes = Math.max(0, Math.round((epochMsOf(origin.at) - epochMsOf(from)) / minuteMs));
  return { from, to, minutes, origin, after };
}

const wider = [24 * 60, 7 * 24 * 60];

/** Longer windows to propose when one is empty, in minutes: a day, a week. */
export function widerWindows(minutes: number): readonly number[] {
  return wider.filter((proposal) => proposal > minutes);
}
