import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../src/incident/words.ts';
import { judgeErrors, judgeLatency, judgeRate } from '../../../../src/signals/metrics/judgeRed.ts';
import type { Spread } from '../../../../src/signals/metrics/red.ts';
import { spreadOf } from '../../../../src/signals/metrics/red.ts';
import { perSecondText, percentText, secondsText } from '../../../../src/signals/metrics/redText.ts';

const over = 'in the last 5 min';
const around = (median: number, mad = 0): Spread => ({ median, mad });

describe('errors', () => {
  it.each<[ratio: number | undefined, requests: number | undefined, before: number | undefined, verdict: Verdict]>([
    [0, 1000, undefined, 'ok'],
    [0.009, 1000, undefined, 'ok'],
    [0.01, 1000, undefined, 'suspicious'],
    [0.049, 1000, undefined, 'suspicious'],
    [0.05, 1000, undefined, 'bad'],
    [0.05, 1000, 0.05, 'bad'],
    [0.01, 1000, 0.001, 'bad'],
    [0.01, 1000, 0, 'bad'],
    [0.02, 1000, 0.006, 'suspicious'],
    [0.02, 1000, 0.01, 'ok'],
    [0.009, 1000, 0.0001, 'ok'],
    [0.3, undefined, 0, 'bad'],
    [0, 19, undefined, 'unknown'],
    [0, 20, undefined, 'ok'],
    [0.1, 10, 0, 'unknown'],
    [0.9, 10, 0, 'suspicious'],
    [1, 2, 0, 'unknown'],
    [NaN, 0, 0, 'unknown'],
    [Infinity, 100, 0, 'unknown'],
    [undefined, 100, 0, 'unknown'],
  ])('%s of %s requests, before %s: %s', (errorRatio, requests, before, verdict) => {
    const red = {
      over,
      ...(errorRatio === undefined ? {} : { errorRatio }),
      ...(requests === undefined ? {} : { requests }),
    };
    expect(judgeErrors(red, before === undefined ? undefined : around(before))).toBe(verdict);
  });

  it.each<[ratio: number, verdict: Verdict]>([
    [0, 'unknown'],
    [0.02, 'unknown'],
    [0.2, 'suspicious'],
  ])('%s since long ago: %s', (errorRatio, verdict) => {
    expect(judgeErrors({ over, errorRatio, requests: 1e6, isOld: true })).toBe(verdict);
  });
});

describe('latency', () => {
  it.each<[p99: number | undefined, before: Spread | undefined, requests: number, verdict: Verdict]>([
    [0.31, around(0.1), 1000, 'bad'],
    [0.299, around(0.1), 1000, 'suspicious'],
    [0.16, around(0.1), 1000, 'suspicious'],
    [0.14, around(0.1), 1000, 'ok'],
    [0.09, around(0.02), 1000, 'suspicious'],
    [0.04, around(0.01), 1000, 'ok'],
    [0.3, around(0.1, 0.1), 1000, 'ok'],
    [Infinity, around(0.1), 1000, 'bad'],
    [0.3, undefined, 1000, 'notApplicable'],
    [Infinity, undefined, 1000, 'unknown'],
    [NaN, around(0.1), 0, 'unknown'],
    [undefined, around(0.1), 1000, 'unknown'],
    [0.1, around(0.1), 5, 'unknown'],
    [3, around(0.1), 5, 'suspicious'],
  ])('%s s, before %j, of %s requests: %s', (p99, before, requests, verdict) => {
    const red = { over, requests, ...(p99 === undefined ? {} : { p99 }) };
    expect(judgeLatency(red, before === undefined ? undefined : { over: 'before', p99: before })).toBe(verdict);
  });
});

describe('rate', () => {
  it.each<[perSecond: number | undefined, before: number | undefined, verdict: Verdict]>([
    [4, 4, 'ok'],
    [0.3, 4, 'ok'],
    [0.2, 4, 'bad'],
    [0, 4, 'bad'],
    [0, 0.01, 'unknown'],
    [0.01, 0.01, 'ok'],
    [4, undefined, 'notApplicable'],
    [0, undefined, 'unknown'],
    [undefined, 4, 'unknown'],
    [NaN, 4, 'unknown'],
  ])('%s/s, before %s/s: %s', (perSecond, before, verdict) => {
    const red = { over, ...(perSecond === undefined ? {} : { perSecond }) };
    expect(judgeRate(red, before === undefined ? undefined : around(before), 300)).toBe(verdict);
  });
});

describe('a spread', () => {
  it.each<[values: readonly number[], spread: Spread | undefined]>([
    [[1, 1, 1, 1], undefined],
    [[1, 1, 1, 1, NaN, Infinity], undefined],
    [[1, 2, 3, 4, 1000], { median: 3, mad: 1 }],
    [[4, 1, 3, 2, 5, 6], { median: 3.5, mad: 1.5 }],
  ])('of %j', (values, spread) => {
    expect(spreadOf(values)).toEqual(spread);
  });
});

describe('numbers for people', () => {
  it.each([
    [percentText(0.123), '12 %'],
    [percentText(0.0123), '1.2 %'],
    [percentText(0.00001), 'less than 0.01 %'],
    [percentText(0), '0 %'],
    [percentText(NaN), 'no number'],
    [secondsText(1.23), '1.2 s'],
    [secondsText(0.11), '110 ms'],
    [secondsText(0.0004), '0.4 ms'],
    [secondsText(Infinity), 'infinite'],
    [perSecondText(3.21), '3.2/s'],
    [perSecondText(1234), '1234/s'],
    [perSecondText(0.02), '1.2/min'],
  ])('%s', (told, expected) => {
    expect(told).toBe(expected);
  });
});
