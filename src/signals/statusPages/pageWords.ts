import { dayMs, epochMsOf } from '../../incident/isoTime.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { Verdict } from '../../incident/words.ts';
import type { PageState } from './statusPageSight.ts';

/** What each state of a status page comes to. */
export const stateVerdicts: Readonly<Record<PageState, Verdict>> = {
  operational: 'ok',
  maintenance: 'suspicious',
  degraded: 'suspicious',
  partialOutage: 'suspicious',
  majorOutage: 'bad',
  unknown: 'unknown',
};

/** A state behind the name of a component. */
export const stateWords: Readonly<Record<PageState, string>> = {
  operational: 'is operational',
  maintenance: 'is under maintenance',
  degraded: 'is degraded',
  partialOutage: 'has a partial outage',
  majorOutage: 'has a major outage',
  unknown: 'is in a state that is not known',
};

/** Moments that a state is told against. */
export interface PageMoments {
  readonly now: IsoTime;
  readonly impactStart: IsoTime;
}

/** True for what has been so for more than a day when the impact began: it hardly caused it. */
export function isLongBefore(since: IsoTime | undefined, { impactStart }: PageMoments): boolean {
  return since !== undefined && epochMsOf(impactStart) - epochMsOf(since) > dayMs;
}

/** What was so long before the impact is *suspicious* at most. */
export function datedVerdict(verdict: Verdict, since: IsoTime | undefined, moments: PageMoments): Verdict {
  return verdict === 'bad' && isLongBefore(since, moments) ? 'suspicious' : verdict;
}

/** ` since 09:12 UTC`, ` since 29 Nov 21:40 UTC`, ` since 23 Nov, long before impact`; nothing when it is not known. */
export function sinceText(since: IsoTime | undefined, moments: PageMoments): string {
  if (since === undefined) return '';
  if (isLongBefore(since, moments)) return ` since ${dayText(since, moments.now)}, long before impact`;
  const time = `${since.slice(11, 16)} UTC`;
  return since.slice(0, 10) === moments.now.slice(0, 10)
    ? ` since ${time}`
    : ` since ${dayText(since, moments.now)} ${time}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `23 Nov`; with the year when it is not this one. */
export function dayText(time: IsoTime, now: IsoTime): string {
  const day = `${String(Number(time.slice(8, 10)))} ${months[Number(time.slice(5, 7)) - 1] ?? ''}`;
  return time.slice(0, 4) === now.slice(0, 4) ? day : `${day} ${time.slice(0, 4)}`;
}
