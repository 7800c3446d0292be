import { describe, expect, it } from 'vitest';
import type { Scrape } from '../../../../src/signals/metrics/scrape.ts';
import { increasesBetween, type ProcessBetween, totalsOf } from '../../../../src/signals/metrics/scrapeRates.ts';

const startOf = (iso: string) => Date.parse(iso) / 1000;

/** A scrape of `n_total` by its label `a`, and of when the process began. */
function scrape(at: string, counts: Readonly<Record<string, number>>, started?: string): Scrape {
  const counters = Object.entries(counts).map(([a, value]) => ({ name: 'n_total', labels: { a }, value }));
  const start =
    started === undefined ? [] : [{ name: 'process_start_time_seconds', labels: {}, value: startOf(started) }];
  return { at, samples: [...counters, ...start], types: new Map() };
}

const [t0, t10] = ['2026-03-04T14:00:00.000Z', '2026-03-04T14:00:10.000Z'] as const;

describe('counters between two scrapes', () => {
  it.each<
    [
      what: string,
      earlier: Scrape,
      later: Scrape,
      increases: Record<string, number>,
      seconds: number,
      process: ProcessBetween,
    ]
  >([
    ['grow', scrape(t0, { x: 5, y: 1 }), scrape(t10, { x: 8, y: 1 }), { x: 3, y: 0 }, 10, 'same'],
    ['begin', scrape(t0, { x: 5 }), scrape(t10, { x: 5, y: 4 }), { x: 0, y: 4 }, 10, 'same'],
    [
      'went down, and nothing tells of which process they are',
      scrape(t0, { x: 5, y: 1 }),
      scrape(t10, { x: 3, y: 2 }),
      { x: 3, y: 2 },
      0,
      'another',
    ],
    [
      'of another process',
      scrape(t0, { x: 5 }, '2026-03-04T13:00:00.000Z'),
      scrape(t10, { x: 9 }, '2026-03-04T14:00:06.000Z'),
      { x: 9 },
      4,
      'restarted',
    ],
    [
      'of another process, whose clock is a little behind',
      scrape(t0, { x: 5 }, '2026-03-04T13:00:00.000Z'),
      scrape(t10, { x: 9 }, '2026-03-04T13:59:58.000Z'),
      { x: 9 },
      12,
      'restarted',
    ],
    [
      'of another instance, that began after the other',
      scrape(t0, { x: 1_000_000 }, '2026-03-02T14:00:00.000Z'),
      scrape(t10, { x: 980_000 }, '2026-03-02T15:00:00.000Z'),
      { x: 980_000 },
      169_210,
      'another',
    ],
    [
      'of another instance, that began before the other',
      scrape(t0, { x: 980_000 }, '2026-03-02T15:00:00.000Z'),
      scrape(t10, { x: 1_000_000 }, '2026-03-02T14:00:00.000Z'),
      { x: 1_000_000 },
      172_810,
      'another',
    ],
    [
      'of another instance, that began in the same second',
      scrape(t0, { x: 1_000_000 }, '2026-03-04T13:00:00.000Z'),
      scrape(t10, { x: 980_000 }, '2026-03-04T13:00:00.000Z'),
      { x: 980_000 },
      3610,
      'another',
    ],
    [
      'of the same process',
      scrape(t0, { x: 5 }, '2026-03-04T13:00:00.000Z'),
      scrape(t10, { x: 9 }, '2026-03-04T13:00:00.000Z'),
      { x: 4 },
      10,
      'same',
    ],
    ['are no number', scrape(t0, { x: 5 }), scrape(t10, { x: NaN, y: Infinity }), {}, 10, 'same'],
    ['are gone', scrape(t0, { x: 5 }), scrape(t10, {}), {}, 10, 'same'],
  ])('%s', (_what, earlier, later, increases, seconds, process) => {
    const between = increasesBetween({ earlier, later }, 'n_total');
    expect(Object.fromEntries(between.increases.map(({ labels, increase }) => [labels['a'], increase]))).toEqual(
      increases,
    );
    expect([between.seconds, between.process]).toEqual([seconds, process]);
  });

  it.each([
    ['NaN', NaN, true],
    ['infinite', Infinity, true],
    ['a number', 7, false],
  ])('one of them that is %s', (_what, x, unread) => {
    const pair = { earlier: scrape(t0, { x: 5, y: 1 }), later: scrape(t10, { x, y: 2 }) };
    expect([increasesBetween(pair, 'n_total').unread, totalsOf(pair.later, 'n_total').unread]).toEqual([
      unread,
      unread,
    ]);
  });

  it('totals are since the process began, where it tells', () => {
    expect(totalsOf(scrape(t10, { x: 5 }, t0), 'n_total')).toMatchObject({ seconds: 10, increases: [{ increase: 5 }] });
    expect(totalsOf(scrape(t10, { x: 5 }), 'n_total').seconds).toBe(0);
  });
});
