import type { Verdict } from '../../incident/words.ts';

/** What one kind of numbers comes to; texts go on from subject and name. */
export interface Seen {
  readonly verdict: Verdict;
  readonly text: string;
  readonly details: readonly string[];
}

/** `38 %`, `0.4 %`, `0 %` */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent >= 9.95) return `${percent.toFixed(0)} %`;
  return percent < 0.05 ? 'below 0.1 %' : `${percent.toFixed(1)} %`;
}

/** `1,234/s`, `12.3/s`, `0.25/s`, and below one in ten seconds `2.4 a minute`. */
export function rateText(perSecond: number): string {
  if (perSecond !== 0 && perSecond < 0.1) return `${(perSecond * 60).toFixed(perSecond < 0.02 ? 2 : 1)} a minute`;
  // By the number as it is shown: 9.997 is 10.0 and not 10.00.
  const digits = perSecond === 0 || perSecond >= 99.95 ? 0 : perSecond >= 9.995 ? 1 : 2;
  return `${perSecond.toFixed(digits).replace(/\B(?=(?:\d{3})+$)/g, ',')}/s`;
}
