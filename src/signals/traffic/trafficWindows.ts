import { dayMs, epochMsOf, hourMs, type IsoTime, isoTimeOf, minuteMs } from '../../incident/isoTime.ts';

/** The times that traffic is compared between, in milliseconds since 1970. */
export interface TrafficWindows {
  readonly nowMs: number;
  /** The hour before: it ends with impact start, so that what is looked for is not taken for usual, and at the latest where *now* begins. */
  readonly before: Span;
  /** Around this time of the day, yesterday and a week ago. */
  readonly yesterday: Span;
  readonly lastWeek: Span;
  /** True when impact began before *now* did. */
  readonly isBeforeImpact: boolean;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** So long is *now*, and so long are the slices of time that it is compared with. */
export const nowSeconds = 300;
/** A chart shows no more. */
export const chartMs = 6 * hourMs;
/** Fewer slices of the hour before, and of another day, are no baseline. */
export const fewestSlices = { before: 10, otherDay: 5 } as const;
/** A day is never exactly as the one before: a slice is compared with all that begin within a quarter of an hour. */
const aroundMs = 15 * minuteMs;

export function trafficWindows(now: IsoTime, impactStart: IsoTime): TrafficWindows {
  const nowMs = epochMsOf(now);
  const nowFromMs = nowMs - nowSeconds * 1000;
  const impactMs = epochMsOf(impactStart);
  const isBeforeImpact = impactMs < nowFromMs;
  const toMs = isBeforeImpact ? impactMs : nowFromMs;
  const around = (ago: number): Span => ({ fromMs: nowFromMs - ago - aroundMs, toMs: nowMs - ago + aroundMs });
  return {
    nowMs,
    before: { fromMs: toMs - hourMs, toMs },
    yesterday: around(dayMs),
    lastWeek: around(7 * dayMs),
    isBeforeImpact,
  };
}

/** What the hour before is called. */
export function beforeLabel({ isBeforeImpact }: TrafficWindows): string {
  return isBeforeImpact ? 'in the hour before impact' : 'in the hour before';
}

/** `2026-11-23 06:01 UTC` */
export function clockText(ms: number): string {
  return `${isoTimeOf(ms).slice(0, 16).replace('T', ' ')} UTC`;
}
