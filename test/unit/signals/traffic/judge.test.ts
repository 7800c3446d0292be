import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counts, countsBy, createCounter, otherValue } from '../../../../src/signals/traffic/counts.ts';
import { shownClient } from '../../../../src/signals/accessLogs/clientOf.ts';
import { type Baseline, judgeRate } from '../../../../src/signals/traffic/judgeRate.ts';
import {
  judgeClients,
  judgePaths,
  judgeStatuses,
  judgeUserAgents,
} from '../../../../src/signals/traffic/judgeShares.ts';
import { rateText } from '../../../../src/signals/traffic/seen.ts';
import { shiftsOf } from '../../../../src/signals/traffic/shifts.ts';

const around = (middle: number) => [0.9, 0.95, 1, 1, 1.05, 1.1].map((share) => share * middle);
const hour = (rate: number): Baseline => ({ kind: 'recent', label: 'in the hour before', rates: around(rate) });
const yesterday = (rate: number): Baseline => ({ kind: 'usual', label: 'at this time yesterday', rates: around(rate) });
const lastWeek = (rate: number): Baseline => ({ kind: 'usual', label: 'at this time last week', rates: around(rate) });
const noWeek: Baseline = { kind: 'usual', label: 'at this time last week', rates: [], missing: 'the log is shorter' };

describe('the rate', () => {
  it.each<[string, number, Baseline[], string, string]>([
    ['as before', 10, [hour(10), yesterday(10), lastWeek(10)], 'ok', 'neither spike nor drop'],
    ['a spike by every measure', 30, [hour(10), yesterday(10), lastWeek(10)], 'suspicious', 'spike'],
    ['five times as many', 60, [hour(10), yesterday(10), lastWeek(10)], 'bad', 'spike'],
    ['half', 4.9, [hour(10), yesterday(10), lastWeek(10)], 'suspicious', 'dropped'],
    ['a fifth', 1.5, [hour(10), yesterday(10), lastWeek(10)], 'bad', 'dropped'],
    ['nothing at all', 0, [hour(10), yesterday(10), lastWeek(10)], 'bad', 'dropped'],
    ['more than an hour ago, as on every day', 60, [hour(10), yesterday(60), lastWeek(58)], 'ok', 'neither'],
    ['less than an hour ago, as on every day', 1, [hour(10), yesterday(1), lastWeek(1)], 'ok', 'neither'],
    ['a spike that only last week had', 60, [hour(10), yesterday(10), lastWeek(60)], 'suspicious', 'spike'],
    [
      'a drop that yesterday had too: a job that breaks things daily',
      1,
      [hour(10), yesterday(1), lastWeek(10)],
      'suspicious',
      'dropped',
    ],
    ['the mildest measure counts', 55, [hour(10), yesterday(20), lastWeek(20)], 'suspicious', 'spike'],
    ['so for an hour, and on no other day', 60, [hour(60), yesterday(10), lastWeek(10)], 'suspicious', 'spike'],
    ['so for an hour, and another day says nothing', 60, [hour(60), yesterday(10)], 'ok', 'neither'],
    ['only yesterday is known', 60, [{ ...hour(1), rates: [] }, yesterday(10), noWeek], 'bad', 'spike'],
    ['only the hour before is known', 60, [hour(10), noWeek], 'bad', 'nothing known at this time last week'],
    ['requests where there were none', 1, [{ ...hour(0), rates: [0, 0, 0] }], 'bad', 'spike'],
    ['a few where there were none', 0.05, [{ ...hour(0), rates: [0, 0, 0] }], 'unknown', 'too few to compare'],
    ['too few to see a drop', 0, [hour(0.05)], 'unknown', 'too few to compare'],
    [
      'a service whose requests come in bursts',
      30,
      [{ ...hour(10), rates: [1, 30, 2, 28, 25, 1, 29, 3] }],
      'ok',
      'neither',
    ],
    ['nothing to compare with', 10, [noWeek], 'unknown', 'with nothing to compare with: the log is shorter'],
    ['no baseline at all', 10, [], 'unknown', 'with nothing to compare with'],
  ])('%s', (_, now, baselines, verdict, text) => {
    const seen = judgeRate({ now, seconds: 300, baselines });
    expect(seen).toMatchObject({ verdict });
    expect(seen.text).toContain(text);
  });

  it('says every number, and what is missing', () => {
    expect(judgeRate({ now: 30, seconds: 300, baselines: [hour(10), yesterday(12), noWeek] })).toEqual({
      verdict: 'suspicious',
      text: 'are at 30.0/s, spike: 10.0/s in the hour before (3.0 times as many), 12.0/s at this time yesterday (2.5 times as many), nothing known at this time last week',
      details: [
        'Median in the hour before: 10.0/s, MAD 0.50/s, 9.00/s to 11.0/s in 6 slices of time',
        'Median at this time yesterday: 12.0/s, MAD 0.60/s, 10.8/s to 13.2/s in 6 slices of time',
        'Not known at this time last week: the log is shorter',
      ],
    });
  });

  it('is never ok without a baseline, and never bad when all baselines are as now', () => {
    const rates = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), rates, rates, (now, recent, usual) => {
        const { verdict, text } = judgeRate({
          now,
          seconds: 300,
          baselines: [
            { ...hour(1), rates: recent },
            { ...yesterday(1), rates: usual },
          ],
        });
        if (recent.length + usual.length === 0) expect(verdict).toBe('unknown');
        expect(text).not.toMatch(/NaN|undefined/);
        expect(['ok', 'unknown']).toContain(
          judgeRate({ now, seconds: 300, baselines: [{ ...hour(1), rates: [now, now, now] }] }).verdict,
        );
      }),
    );
  });

  it.each([
    [1234.5, '1,235/s'],
    [1_234_567, '1,234,567/s'],
    [12.34, '12.3/s'],
    [99.96, '100/s'],
    [9.997, '10.0/s'],
    [0.25, '0.25/s'],
    [0.04, '2.4 a minute'],
    [0.001, '0.06 a minute'],
    [0, '0/s'],
  ])('%f is shown as %s', (rate, text) => {
    expect(rateText(rate)).toBe(text);
  });
});

const counts = (values: Record<string, number>) => {
  const counter = createCounter(1000);
  for (const [value, count] of Object.entries(values)) counter.add(value, count);
  return counter;
};
const label = 'in the hour before';

describe('shares', () => {
  it.each<[string, typeof judgePaths, Record<string, number>, Record<string, number>, string, string]>([
    [
      'paths as before',
      judgePaths,
      { '/a': 600, '/b': 400 },
      { '/a': 58, '/b': 42 },
      'ok',
      'are asked for as before: /a 58 %, /b 42 %',
    ],
    [
      'another path',
      judgePaths,
      { '/a': 990, '/search': 10 },
      { '/a': 40, '/search': 60 },
      'suspicious',
      '/search 60 % of requests (1.0 % in the hour before)',
    ],
    [
      'a path that is gone',
      judgePaths,
      { '/a': 600, '/b': 400 },
      { '/a': 100 },
      'suspicious',
      '/b 0 % of requests (40 % in the hour before)',
    ],
    [
      'a path that nobody knew',
      judgePaths,
      { '/a': 1000 },
      { '/a': 70, '/.env': 30 },
      'suspicious',
      '/.env 30 % of requests (0 % in the hour before)',
    ],
    [
      'too few requests',
      judgePaths,
      { '/a': 50 },
      { '/b': 50 },
      'notApplicable',
      'cannot be compared with fewer than 100 requests: 50 requests in the hour before, 50 now',
    ],
    [
      'statuses as before',
      judgeStatuses,
      { '2xx': 980, '4xx': 20 },
      { '2xx': 97, '4xx': 3 },
      'ok',
      'are as before: 2xx 97 %, 4xx 3.0 %',
    ],
    [
      'more 4xx',
      judgeStatuses,
      { '2xx': 980, '4xx': 20 },
      { '2xx': 70, '4xx': 30 },
      'suspicious',
      '4xx 30 % of requests (2.0 % in the hour before)',
    ],
    ['fewer 4xx', judgeStatuses, { '2xx': 500, '4xx': 500 }, { '2xx': 95, '4xx': 5 }, 'ok', 'are as before'],
    [
      'more 5xx is no other traffic',
      judgeStatuses,
      { '2xx': 1000 },
      { '2xx': 60, '5xx': 40 },
      'ok',
      'have more 5xx, 40 % of requests (0 % in the hour before): what the service makes of its traffic, not other traffic',
    ],
    [
      'another user agent',
      judgeUserAgents,
      { Firefox: 990, 'curl/8.5.0': 10 },
      { Firefox: 60, 'curl/8.5.0': 40 },
      'suspicious',
      '"curl/8.5.0" 40 % of requests (1.0 % in the hour before)',
    ],
    [
      'user agents as before',
      judgeUserAgents,
      { Firefox: 600, 'curl/8.5.0': 400 },
      { Firefox: 50, 'curl/8.5.0': 50 },
      'ok',
      'are as before',
    ],
  ])('%s', (_, judge, before, now, verdict, text) => {
    const seen = judge({ before: counts(before), now: counts(now), label });
    expect(seen).toMatchObject({ verdict });
    expect(seen.text).toContain(text);
  });

  it('add up to one before and now, whatever was counted', () => {
    const values = fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), fc.nat(1000), { minKeys: 1, maxKeys: 20 });
    fc.assert(
      fc.property(values, values, (before, now) => {
        const [earlier, later] = [counts(before), counts(now)];
        fc.pre(earlier.total > 0 && later.total > 0);
        const shifts = shiftsOf(earlier, later);
        expect(shifts.reduce((sum, one) => sum + one.now, 0)).toBeCloseTo(1, 9);
        expect(shifts.reduce((sum, one) => sum + one.before, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('counts so many values apart, and the rest together', () => {
    const counter = createCounter(2);
    for (const value of ['a', 'b', 'c', 'd', 'a']) counter.add(value);
    expect([...counter.counts]).toEqual([
      ['a', 2],
      ['b', 1],
      [otherValue, 2],
    ]);
    expect(counter.total).toBe(5);
  });
});

const clientsOf = (before: Counts, now: Counts, perSlice: readonly number[]) => ({
  ...{ before, now, label, perSlice },
  networks: { before: countsBy(before, shownClient), now: countsBy(now, shownClient) },
});

describe('clients', () => {
  const many = (count: number, each: number, network: (index: number) => string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [network(index), each]));
  const usual = many(200, 5, (index) => `198.51.${String(index % 100)}.${String(Math.floor(index / 100))}`);

  it.each<[string, Record<string, number>, number[], string, string]>([
    [
      'as before',
      many(40, 3, (index) => `198.51.${String(index)}.0`),
      [40, 41, 39],
      'ok',
      'are as before: 40 different',
    ],
    [
      'one of them',
      { ...many(40, 2, (index) => `198.51.${String(index)}.0`), '203.0.113.7': 90 },
      [40],
      'suspicious',
      'one of 203.0.113.x makes 53 % of requests (0 % in the hour before)',
    ],
    [
      'one with an IPv6 address',
      { '2001:db8:9:1::1': 190, '198.51.1.0': 10 },
      [2],
      'suspicious',
      'one of 2001:db8:9::/48 makes 95 % of requests',
    ],
    [
      'a network of them',
      {
        ...many(40, 2, (index) => `198.51.${String(index)}.0`),
        ...many(50, 2, (index) => `203.0.113.${String(index)}`),
      },
      [60],
      'suspicious',
      'those of 203.0.113.x make 56 % of requests',
    ],
    [
      'many new ones at once',
      many(600, 1, (index) => `203.0.${String(index % 250)}.${String(Math.floor(index / 250))}`),
      [40, 42, 38],
      'suspicious',
      '600 different ones at once, 15 times as many as in the hour before (40), 600 of them new',
    ],
    [
      'many who were there before',
      many(200, 1, (index) => `198.51.${String(index % 100)}.${String(Math.floor(index / 100))}`),
      [40, 42, 38],
      'ok',
      'are as before',
    ],
  ])('%s', (_, now, perSlice, verdict, text) => {
    const seen = judgeClients(clientsOf(counts(usual), counts(now), perSlice));
    expect(seen).toMatchObject({ verdict });
    expect(seen.text).toContain(text);
    expect(JSON.stringify(seen)).not.toMatch(/\d+\.\d+\.\d+\.\d/);
  });

  it('a proxy before the service has always been nearly all clients', () => {
    const seen = judgeClients(clientsOf(counts({ '10.0.0.9': 1000 }), counts({ '10.0.0.9': 100 }), [1]));
    expect(seen.verdict).toBe('ok');
  });
});
