import type { IsoTime } from '../incident/isoTime.ts';
import { minuteMs, plusMs } from '../incident/isoTime.ts';

/** The stretch of time whose changes may have caused an incident. */
export interface ChangeWindow {
  readonly from: IsoTime;
  readonly to: IsoTime;
  /** How far before its origin it begins. */
  readonly minutes: number;
  /** What it is counted back from: the start of impact, or detection as long as that is unknown. */
  readonly origin: { readonly kind: 'impactStart' | 'detected'; readonly at: IsoTime };
}

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

const wider = [24 * 60, 7 * 24 * 60];

/** Longer windows to propose when one is empty, in minutes: a day, a week. */
export function widerWindows(minutes: number): readonly number[] {
  return wider.filter((proposal) => proposal > minutes);
}
