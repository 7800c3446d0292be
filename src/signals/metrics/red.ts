/** Quantiles that are looked at. */
export const redQuantiles = ['p50', 'p95', 'p99'] as const;
export type RedQuantile = (typeof redQuantiles)[number];

/** What was asked for when most requests failed. Strangers' text. */
export interface FailingRoute {
  /** `/checkout` */
  readonly route: string;
  readonly requests: number;
  readonly failed: number;
  /** Of most of those that failed: `503`. */
  readonly status?: string;
}

/** Rate, errors and durations of a service's requests. What is absent is not known; NaN where there were no requests to tell it of. */
export interface Red extends Readonly<Partial<Record<RedQuantile, number>>> {
  /** Of which time, for people: `in the last 5 min`. */
  readonly over: string;
  /** How many requests that time had. */
  readonly requests?: number;
  readonly perSecond?: number;
  /** How many of them failed. */
  readonly failed?: number;
  /** 0 to 1. */
  readonly errorRatio?: number;
  /** Of the last minute alone, where it is much lower: it is getting better. */
  readonly latestErrorRatio?: number;
  /** Nothing is known to be wrong in them now: numbers of a time that began long ago, or nobody knows when. */
  readonly isOld?: boolean;
  readonly worst?: FailingRoute;
}

/** The middle of values and how far they usually are from it: neither is moved by some that are far off. */
export interface Spread {
  readonly median: number;
  /** Median of the absolute deviations from the median. */
  readonly mad: number;
}

type RedNumber = RedQuantile | 'perSecond' | 'errorRatio';

/** Why numbers from before could not be read, each a part of a sentence. */
export type UnreadBaseline = Readonly<Partial<Record<RedNumber, string>>>;

/** How it was before. */
export interface RedBaseline extends Readonly<Partial<Record<RedNumber, Spread>>> {
  /** When, for people: `in the hour before impact`. */
  readonly over: string;
}

/** Undefined for fewer than `least` numbers; what is no finite number does not count. */
export function spreadOf(values: readonly number[], least = 5): Spread | undefined {
  const finite = values.filter(Number.isFinite);
  if (finite.length < Math.max(1, least)) return undefined;
  const median = medianOf(finite);
  return { median, mad: medianOf(finite.map((value) => Math.abs(value - median))) };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
