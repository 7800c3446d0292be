/** A bucket of a classic histogram: how many were at most `le`, all smaller ones included. */
export interface Bucket {
  readonly le: number;
  readonly count: number;
}

/**
 * The quantile of a classic histogram as Prometheus' `histogram_quantile` gives it: linear within the bucket, from 0 in the first
 * one; the highest finite bound where it is above all of those. NaN without observations or without a bucket of +Inf, and for 0
 * where the first bucket is empty.
 * @param quantile 0 to 1.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function histogramQuantile(quantile: number, buckets: readonly Bucket[]): number {
  const sorted = monotonic(merged(buckets));
  const last = sorted.at(-1);
  if (last?.le !== Infinity || sorted.length < 2 || !(last.count > 0) || Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  const rank = quantile * last.count;
  const at = sorted.slice(0, -1).findIndex(({ count }) => count >= rank);
  if (at === -1) return sorted.at(-2)?.le ?? NaN;
  const { le = NaN, count = NaN } = sorted[at] ?? {};
  if (at === 0 && le <= 0) return le;
  const below = at === 0 ? { le: 0, count: 0 } : (sorted[at - 1] ?? { le: 0, count: 0 });
  return below.le + (le - below.le) * ((rank - below.count) / (count - below.count));
}

/** In the order of their bounds; those of one bound are one. */
function merged(buckets: readonly Bucket[]): readonly Bucket[] {
  const counts = new Map<number, number>();
  for (const { le, count } of buckets) if (!Number.isNaN(le)) counts.set(le, (counts.get(le) ?? 0) + count);
  return [...counts].map(([le, count]) => ({ le, count })).sort((a, b) => a.le - b.le);
}

/** Buckets are not scraped in one moment: one may hold less than a smaller one. */
function monotonic(buckets: readonly Bucket[]): readonly Bucket[] {
  let most = 0;
  return buckets.map(({ le, count }) => ({ le, count: (most = Math.max(most, count)) }));
}
