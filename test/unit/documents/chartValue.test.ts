import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartTimeText, timeTicks } from '../../../src/documents/chartTime.ts';
import { formatChartValue, valueTicks } from '../../../src/documents/chartValue.ts';

describe('values for people', () => {
  it.each([
    [0.0123, 'seconds', '12.3 ms'],
    [0.9999, 'seconds', '1 s'],
    [0.00000042, 'seconds', '0.42 µs'],
    [0, 'seconds', '0 s'],
    [75, 'seconds', '75 s'],
    [0.0456, 'ratio', '4.56 %'],
    [1, 'ratio', '100 %'],
    [0, 'ratio', '0 %'],
    [1234, 'perSecond', '1.23 k/s'],
    [0.5, 'perSecond', '0.5/s'],
    [999.9, 'bytes', '1 KB'],
    [34_000_000, 'bytes', '34 MB'],
    [12, 'bytes', '12 B'],
    [-1500, 'count', '−1.5 k'],
    [-0, 'count', '0'],
    [null, 'count', 'no value'],
    [Number.NaN, 'count', 'no value'],
    [Infinity, 'count', 'infinite'],
  ] as const)('%s of %s', (value, unit, text) => {
    expect(formatChartValue(value, unit)).toBe(text);
  });
});

describe('ticks of values', () => {
  it.each([
    [0, 0.39, [0, 0.1, 0.2, 0.3, 0.4]],
    [0, 5, [0, 2, 4, 6]],
    [0, 0, [0, 0.25, 0.5, 0.75, 1]],
    [-3, 7, [-5, -2.5, 0, 2.5, 5, 7.5]],
    [1, 1.00000000000001, [1, 1.00000000000001]],
  ])('from %s to %s', (from, to, ticks) => {
    expect(valueTicks(from, to)).toEqual(ticks);
  });

  it('are few, rising, finite, and hold what they are for', () => {
    const number = fc.double({ noNaN: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const ticks = valueTicks(Math.min(a, b), Math.max(a, b));
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(21);
        expect(ticks.every((tick, index) => Number.isFinite(tick) && (index === 0 || tick > ticks[index - 1]!))).toBe(
          true,
        );
      }),
    );
  });
});

describe('ticks of time', () => {
  const at = (text: string): number => Date.parse(`2026-11-${text}Z`) / 1000;

  it('are round, in UTC, and name the day where it begins', () => {
    const ticks = timeTicks(at('22T23:17:10'), at('23T01:42:00'));
    expect(ticks.map(({ time, date }) => [time, date])).toEqual([
      ['23:30', '2026-11-22'],
      ['00:00', '2026-11-23'],
      ['00:30', undefined],
      ['01:00', undefined],
      ['01:30', undefined],
    ]);
  });

  it('have seconds when they are close, and no time when they are days apart', () => {
    expect(timeTicks(at('23T06:00:00'), at('23T06:00:30')).map(({ time }) => time)).toContain('06:00:05');
    expect(timeTicks(at('01T06:00:00'), at('06T06:00:00'))[0]).toEqual({ atSeconds: at('02T00:00:00'), time: '', date: '2026-11-02' }); // prettier-ignore
  });

  it('are never many, and none where there is no time', () => {
    const number = fc.double({ min: -1e13, max: 1e13 });
    fc.assert(fc.property(number, number, (a, b) => timeTicks(Math.min(a, b), Math.max(a, b)).length <= 9));
    expect(timeTicks(Number.NaN, 5)).toEqual([]);
    expect(timeTicks(9, 5)).toEqual([]);
  });

  it('a moment has its date', () => {
    expect(chartTimeText(at('23T06:45:30'))).toBe('2026-11-23 06:45:30 UTC');
    expect(chartTimeText(1e18)).toBe('an unknown time');
  });
});
