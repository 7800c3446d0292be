import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, quantile } from '../../../../src/signals/statistics/quantile.ts';
import { robustSpread, robustZScore } from '../../../../src/signals/statistics/robustZScore.ts';
import { extremes } from '../../../../src/signals/statistics/extremes.ts';

const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 });

describe('quantile', () => {
  it.each<[string, number[], number, number]>([
    ['the middle of an odd count', [9, 1, 5], 0.5, 5],
    ['between the two middle ones', [1, 2, 3, 10], 0.5, 2.5],
    ['the first', [3, 1, 2], 0, 1],
    ['the last', [3, 1, 2], 1, 3],
    ['between two', [0, 10], 0.95, 9.5],
    ['one number', [7], 0.99, 7],
    ['what is no number is left out', [Number.NaN, 4, Number.POSITIVE_INFINITY], 0.5, 4],
    ['nothing', [], 0.5, Number.NaN],
    ['beyond the range', [1, 2], 1.5, Number.NaN],
    ['no share', [1, 2], Number.NaN, Number.NaN],
  ])('%s', (_, values, q, expected) => {
    expect(quantile(values, q)).toBe(expected);
  });

  it('lies among the numbers, grows with q, and does not change them', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          const before = [...values];
          const [low, high] = [quantile(values, Math.min(a, b)), quantile(values, Math.max(a, b))];
          const slack = 1e-6;
          expect(values).toEqual(before);
          expect(low).toBeGreaterThanOrEqual(Math.min(...values) - slack);
          expect(high).toBeLessThanOrEqual(Math.max(...values) + slack);
          expect(low).toBeLessThanOrEqual(high + slack);
        },
      ),
    );
  });
});

describe('robust spread and score', () => {
  it.each<[string, number, number[], number]>([
    ['the median itself', 10, [8, 10, 12], 0],
    ['by the formula', 20, [8, 9, 10, 11, 12], 6.745],
    ['below it', 0, [8, 9, 10, 11, 12], -6.745],
    ['numbers without spread: 5 % of the median is the floor', 20, [10, 10, 10], 13.49],
    ['nothing but zeros, and a zero', 0, [0, 0, 0], 0],
    ['nothing but zeros, and more', 1, [0, 0, 0], Number.POSITIVE_INFINITY],
    ['nothing known', 1, [], Number.NaN],
  ])('%s', (_, value, values, expected) => {
    const score = robustZScore(value, robustSpread(values));
    if (Number.isFinite(expected)) expect(score).toBeCloseTo(expected, 6);
    else expect(score).toBe(expected);
  });

  it('one wild number among many neither moves the middle much nor hides itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 90, max: 110, noNaN: true }), { minLength: 11, maxLength: 60 }),
        fc.double({ min: 1000, max: 1e9, noNaN: true }),
        (steady, wild) => {
          const spread = robustSpread([...steady, wild]);
          expect(spread.median).toBeGreaterThanOrEqual(90);
          expect(spread.median).toBeLessThanOrEqual(110);
          expect(robustZScore(wild, spread)).toBeGreaterThan(6);
        },
      ),
    );
  });

  it('order says nothing, and moving all by the same moves the median alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: -1000, max: 1000 }),
        (values, by) => {
          const spread = robustSpread(values);
          expect(robustSpread(values.toReversed())).toEqual(spread);
          const moved = robustSpread(values.map((value) => value + by));
          expect(moved.median).toBeCloseTo(spread.median + by, 9);
          expect(moved.mad).toBeCloseTo(spread.mad, 9);
        },
      ),
    );
  });

  it('at least half of the numbers are within a MAD of the median', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { median: middle, mad } = robustSpread(values);
        const near = values.filter((value) => Math.abs(value - middle) <= mad + 1e-6);
        expect(near.length * 2).toBeGreaterThanOrEqual(values.length);
        expect(median(values)).toBe(middle);
      }),
    );
  });
});

describe('the extremes', () => {
  it('of nothing are without an end', () => {
    expect(extremes([])).toEqual({ least: Infinity, greatest: -Infinity });
  });

  it('of more numbers than fit on the stack are found', () => {
    const values = Array.from({ length: 500_000 }, (_, index) => index);
    expect(extremes(values)).toEqual({ least: 0, greatest: 499_999 });
  });
});
