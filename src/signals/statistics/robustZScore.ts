import { median } from './quantile.ts';

/** What numbers usually are, and how far they usually are from it. One wild number in three changes neither by much. */
export interface RobustSpread {
  readonly median: number;
  /** Median of the absolute deviations from the median. */
  readonly mad: number;
  /** How many finite numbers there were. */
  readonly count: number;
}

/** Brings a MAD to the standard deviation of a normal distribution (Iglewicz and Hoaglin 1993: 0.6745 is its third quartile). */
const normalShare = 0.6745;

/**
 * The least MAD, as a share of the median: among numbers that are nearly all the same any other one would be endlessly far
 * away. With 5 %, what is 45 % from a median without spread has a score of 6.
 */
const leastShare = 0.05;

/** Median and MAD of numbers in any order; both NaN when there is no finite one. */
export function robustSpread(values: readonly number[]): RobustSpread {
  const finite = values.filter(Number.isFinite);
  const middle = median(finite);
  return { median: middle, mad: median(finite.map((value) => Math.abs(value - middle))), count: finite.length };
}

/**
 * How unusual a number is: 0.6745 · (value − median) / MAD, at home within ±3.5. The MAD is taken as at least 5 % of the median's
 * size; where both are 0, another number is infinitely far away. NaN when nothing is known of the others.
 */
export function robustZScore(value: number, { median: middle, mad }: RobustSpread): number {
  const distance = value - middle;
  if (distance === 0) return 0;
  return (normalShare * distance) / Math.max(mad, leastShare * Math.abs(middle));
}
