import { describe, expect, it } from 'vitest';
import { isoTimeOf, minuteMs } from '../../../../src/incident/isoTime.ts';
import type { Scrape } from '../../../../src/signals/metrics/scrape.ts';
import { scrapeView } from '../../../../src/signals/traffic/scrapeView.ts';

const nowMs = Date.parse('2026-03-04T14:00:00.000Z');

interface Told {
  readonly atMs: number;
  readonly startedMs: number;
  readonly requests: number;
  readonly clockAheadMs?: number;
}

function scrapeOf({ atMs, startedMs, requests, clockAheadMs }: Told): Scrape {
  const samples = [
    { name: 'process_start_time_seconds', labels: {}, value: startedMs / 1000 },
    { name: 'http_requests_total', labels: { code: '200', path: '/' }, value: requests },
  ];
  return { at: isoTimeOf(atMs), samples, types: new Map(), ...(clockAheadMs === undefined ? {} : { clockAheadMs }) };
}

const viewOf = (earlier: Told, later: Told) =>
  scrapeView({
    pair: { earlier: scrapeOf(earlier), later: scrapeOf(later) },
    ...{ remembered: [], impactStart: isoTimeOf(nowMs - 5 * minuteMs), source: 'http://checkout/metrics' },
  });

describe('a service whose clock is not ours', () => {
  /** A hundred requests a second since it started, 20 min ago. */
  const steady = (aheadMs: number, isTold: boolean) => {
    const one = (atMs: number, requests: number): Told => ({
      ...{ atMs, requests, startedMs: nowMs - 20 * minuteMs + aheadMs },
      ...(isTold ? { clockAheadMs: aheadMs } : {}),
    });
    return viewOf(one(nowMs - minuteMs, 114_000), one(nowMs, 120_000));
  };

  it.each([-120, 10, 60])('by %d min is reckoned with where its answers tell the time', (minutes) => {
    const { seen, notes } = steady(minutes * minuteMs, true);
    expect(seen.rate).toMatchObject({
      verdict: 'ok',
      text: 'are at 100/s, neither spike nor drop: 100/s on average since it started',
    });
    expect(notes[1]).toMatch(/^The clock of the service is .* this machine's: reckoned with\.$/);
  });

  it('is seen where it says that it started after now', () => {
    expect(steady(60 * minuteMs, false).seen.rate).toMatchObject({
      verdict: 'unknown',
      text: 'are at 100/s, with nothing to compare with: it says that it started after now: its clock is ahead',
    });
  });
});

describe('two instances behind one address', () => {
  const [older, younger] = [
    { startedMs: nowMs - 48 * 60 * minuteMs, requests: 1_000_000 },
    { startedMs: nowMs - 47 * 60 * minuteMs, requests: 980_000 },
  ] as const;

  it.each([
    ['the younger one second', older, younger],
    ['the older one second', younger, older],
  ])('are no spike: %s', (_what, first, second) => {
    const look = () => viewOf({ ...first, atMs: nowMs - 1000 }, { ...second, atMs: nowMs });
    expect(look).toThrow(/^Another instance answered at http:\/\/checkout\/metrics than before/);
  });
});
