import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bucket } from '../../../../src/signals/metrics/histogramQuantile.ts';
import { histogramQuantile } from '../../../../src/signals/metrics/histogramQuantile.ts';

const bounds = [0.1, 0.5, 1, 5];

/** Buckets as a client library counts observations. */
function bucketsOf(observations: readonly number[]): readonly Bucket[] {
  return [...bounds, Infinity].map((le) => ({ le, count: observations.filter((value) => value <= le).length }));
}

describe('a quantile of a histogram', () => {
  it.each<[quantile: number, counts: readonly number[], value: number]>([
    [0.5, [10, 10, 10, 10, 10], 0.05],
    [0.5, [0, 10, 10, 10, 10], 0.3],
    [0.9, [0, 10, 20, 20, 20], 0.9],
    [0.99, [0, 0, 0, 0, 10], 5],
    [0, [5, 10, 10, 10, 10], 0],
    [1, [5, 10, 10, 10, 10], 0.5],
    [0, [0, 10, 10, 10, 10], NaN],
    [0.5, [0, 0, 0, 0, 0], NaN],
    [0.5, [10, 9, 10, 10, 10], 0.05],
    [-1, [1, 1, 1, 1, 1], -Infinity],
    [2, [1, 1, 1, 1, 1], Infinity],
  ])('%s of %j is %s', (quantile, counts, value) => {
    const buckets = [...bounds, Infinity].map((le, index) => ({ le, count: counts[index] ?? 0 }));
    const found = histogramQuantile(quantile, buckets);
    if (Number.isNaN(value)) expect(found).toBeNaN();
    else expect(found).toBeCloseTo(value, 10);
  });

  it('without a bucket of +Inf, or with that alone, there is none', () => {
    expect(
      histogramQuantile(0.5, [
        { le: 1, count: 5 },
        { le: 2, count: 5 },
      ]),
    ).toBeNaN();
    expect(histogramQuantile(0.5, [{ le: Infinity, count: 5 }])).toBeNaN();
    expect(histogramQuantile(0.5, [])).toBeNaN();
  });

  it('lies in the bucket of the observation of that rank, and grows with the quantile', () => {
    const observations = fc.array(fc.double({ min: 0.001, max: 4.9, noNaN: true }), { minLength: 1, maxLength: 200 });
    // As in Prometheus there is none for 0 where the first bucket is empty.
    const quantile = fc.double({ min: 0, minExcluded: true, max: 1, noNaN: true });
    fc.assert(
      fc.property(observations, quantile, quantile, (values, first, second) => {
        const buckets = bucketsOf(values);
        const [low, high] = [Math.min(first, second), Math.max(first, second)];
        const [lowValue, highValue] = [histogramQuantile(low, buckets), histogramQuantile(high, buckets)];
        expect(lowValue).toBeLessThanOrEqual(highValue + 1e-12);
        const rank = Math.max(1, Math.ceil(high * values.length - 1e-9));
        const exact = values.toSorted((a, b) => a - b)[rank - 1] ?? NaN;
        const upper = bounds.find((le) => exact <= le) ?? Infinity;
        const lower = bounds.findLast((le) => exact > le) ?? 0;
        expect(highValue).toBeGreaterThanOrEqual(lower - 1e-9);
        expect(highValue).toBeLessThanOrEqual(upper + 1e-9);
      }),
    );
  });
});
