import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf } from '../../incident/isoTime.ts';

/** More than these a chart of some hundred pixels does not show. */
const mostPoints = 240;
/** Few servers scrape more often. */
const leastSeconds = 15;

/** The step of a range query in whole seconds, so that it gives at most `points` points. */
export function stepSecondsFor(start: IsoTime, end: IsoTime, points = mostPoints): number {
  const seconds = Math.max(0, epochMsOf(end) - epochMsOf(start)) / 1000;
  return Math.max(leastSeconds, Math.ceil(seconds / Math.max(1, points - 1)));
}
