import { formatDuration } from '../../documents/timeText.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../../incident/isoTime.ts';

/** How long ago, in a sentence: `38 min ago`, `less than a minute ago`, `dated in the future`. */
export function ageText(at: IsoTime, now: IsoTime): string {
  const ageMs = epochMsOf(now) - epochMsOf(at);
  if (ageMs < -minuteMs) return 'dated in the future';
  return ageMs < minuteMs ? 'less than a minute ago' : `${formatDuration(wholeMinutes(ageMs))} ago`;
}

/** Milliseconds without what is less than a minute; never negative. */
export function wholeMinutes(ms: number): number {
  return Math.max(0, Math.floor(ms / minuteMs)) * minuteMs;
}

/** The word that fits the number. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
