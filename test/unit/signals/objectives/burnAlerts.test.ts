import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WindowBurn } from '../../../../src/signals/objectives/judgeBurn.ts';
import { judgeBurn } from '../../../../src/signals/objectives/judgeBurn.ts';
import { budgetLeftOf, burnAlertsOf, burnOf, daysUntilSpent } from '../../../../src/signals/objectives/burnAlerts.ts';

const target = 0.999;
const thirty = burnAlertsOf({ target, windowDays: 30 });
const windows = [5, 30, 60, 360, 4320];

describe('the alerts', () => {
  it('of 30 days are those of the SRE Workbook', () => {
    expect(thirty).toEqual([
      { longMinutes: 60, shortMinutes: 5, factor: 14.4, kind: 'page' },
      { longMinutes: 360, shortMinutes: 30, factor: 6, kind: 'page' },
      { longMinutes: 4320, shortMinutes: 360, factor: 1, kind: 'ticket' },
    ]);
  });

  it.each([
    ['7 days: less time for the same share', { target, windowDays: 7 }, [3.36, 1.4, 1]],
    ['28 days', { target, windowDays: 28 }, [13.44, 5.6, 1]],
    ['90 days', { target, windowDays: 90 }, [43.2, 18, 3]],
    ['a day has no window of three', { target, windowDays: 1 }, [1, 1]],
    ['a target of 90 %: nothing burns faster than 10', { target: 0.9, windowDays: 30 }, [10, 6, 1]],
  ])('%s', (_, objective, factors) => {
    const found = burnAlertsOf(objective).map(({ factor }) => factor);
    expect(found).toHaveLength(factors.length);
    for (const [index, factor] of factors.entries()) expect(found[index]).toBeCloseTo(factor, 9);
  });

  it("spend the same share of the budget within the long window, whatever the objective's", () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 90 }), (windowDays) => {
        const shares = burnAlertsOf({ target: 0.9999, windowDays }).map(
          ({ factor, longMinutes }) => (factor * longMinutes) / (windowDays * 1440),
        );
        for (const [index, share] of [0.02, 0.05, 0.1].entries()) expect(shares[index]).toBeCloseTo(share, 9);
      }),
    );
  });

  it('can always fire, and never below what the promise allows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.999999, noNaN: true }),
        fc.integer({ min: 1, max: 999 }),
        (anyTarget, windowDays) => {
          for (const { factor } of burnAlertsOf({ target: anyTarget, windowDays })) {
            expect(factor).toBeGreaterThanOrEqual(1);
            expect(burnOf(1, anyTarget)).toBeGreaterThanOrEqual(factor);
          }
        },
      ),
    );
  });
});

describe('the verdict', () => {
  const burns = (values: readonly (number | undefined)[]) => (minutes: number) => {
    const burn = values[windows.indexOf(minutes)];
    return burn === undefined ? ({ kind: 'unknown', reason: 'no data' } as const) : ({ kind: 'seen', burn } as const);
  };

  it.each([
    // 5 min, 30 min, 1 h, 6 h, 3 d
    ['all quiet', [0, 0, 0, 0, 0], 'ok', undefined],
    ['as much as allowed, over days', [0, 0, 0, 1, 1], 'suspicious', 1],
    ['just below', [0, 0, 0, 0.99, 0.99], 'ok', undefined],
    ['fast on both', [14.4, 14.4, 14.4, 3, 0.5], 'bad', 14.4],
    ['fast, and over by now', [0, 9, 20, 5, 0.5], 'ok', undefined],
    ['fast for minutes only', [100, 16, 8, 1.3, 0.1], 'ok', undefined],
    ['slower, for hours', [7, 6, 7, 6, 0.9], 'bad', 6],
    ['six hours, over by now', [0, 0, 2, 6, 0.5], 'ok', undefined],
    ['three days, over by now', [0, 0, 0, 0.2, 1.5], 'ok', undefined],
    ['a page before a ticket', [20, 20, 20, 5, 2], 'bad', 14.4],
    ['one window unknown', [0, 0, 0, 0, undefined], 'unknown', undefined],
    ['the short one unknown', [undefined, 0, 0, 0, 0], 'unknown', undefined],
    ['half of a pair burns, the other is unknown', [undefined, 5, 30, 5, 0], 'unknown', undefined],
    ['one pair burns, others are unknown', [15, undefined, 15, undefined, undefined], 'bad', 14.4],
    ['a ticket with a page not seen', [undefined, 1, undefined, 2, 2], 'suspicious', 1],
    ['nothing seen', [undefined, undefined, undefined, undefined, undefined], 'unknown', undefined],
  ] as const)('%s', (_, values, verdict, factor) => {
    const judged = judgeBurn(thirty, burns(values));
    expect(judged.verdict).toBe(verdict);
    expect(judged.firing?.factor).toBe(factor);
  });

  it('a window that was seen in part may fire, and is never ok', () => {
    const partial =
      (burn: number) =>
      (minutes: number): WindowBurn =>
        minutes >= 360 ? { kind: 'partial', burn, coveredMinutes: 120 } : { kind: 'seen', burn };
    expect(judgeBurn(thirty, partial(0)).verdict).toBe('unknown');
    expect(judgeBurn(thirty, partial(8))).toMatchObject({ verdict: 'bad', firing: { factor: 6 } });
  });

  it('never gets better when more burns', () => {
    const rank = ['ok', 'suspicious', 'bad'];
    const burn = fc.double({ min: 0, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(burn, { minLength: 5, maxLength: 5 }), burn, (values, more) => {
        const before = judgeBurn(thirty, burns(values)).verdict;
        const after = judgeBurn(thirty, burns(values.map((value) => value + more))).verdict;
        expect(rank.indexOf(after)).toBeGreaterThanOrEqual(rank.indexOf(before));
      }),
    );
  });
});

describe('the budget', () => {
  it.each([
    [0.0005, 0.999, 0.5],
    [0, 0.999, 1],
    [0.001, 0.999, 0],
    [0.002, 0.999, -1],
  ])('%d bad of a promise of %d leaves %d', (ratio, promised, left) => {
    expect(budgetLeftOf(burnOf(ratio, promised))).toBeCloseTo(left, 9);
  });

  it.each([
    ['half of 30 days at 15×', 0.5, 15, 30, 1],
    ['all of it at twice', 1, 2, 30, 15],
    ['as fast as allowed never ends', 0.5, 1, 30, undefined],
    ['nothing burns', 0.5, 0, 30, undefined],
    ['spent', 0, 5, 30, 0],
    ['overspent', -0.3, 0, 30, 0],
  ])('%s', (_, left, burn, days, expected) => {
    expect(daysUntilSpent(left, burn, days)).toBe(expected);
  });
});
