import { afterEach, describe, expect, it } from 'vitest';
import { HttpError } from '../../../../src/connect/httpError.ts';
import { epochMsOf, isoTimeOf } from '../../../../src/incident/isoTime.ts';
import { createRedCheck } from '../../../../src/investigate/metrics/redCheck.ts';
import { createTrafficCheck } from '../../../../src/investigate/traffic/trafficCheck.ts';
import type { Answer, ReadsMetrics } from '../../../../src/signals/metrics/readsMetrics.ts';
import type { Scrape, ScrapesServices } from '../../../../src/signals/metrics/scrape.ts';
import { signalContext } from '../../../support/builders/signalContext.ts';

const prometheus = [{ name: 'Prometheus', url: 'http://127.0.0.1:9090' }];
const limitMs = 400;
const dayMs = 24 * 3600_000;
let cancel = new AbortController();
afterEach(() => (cancel = new AbortController()));

/** Ends when nobody wants it any more, and not before. */
const hang = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new HttpError('timeout', 'It was given up.'));
    });
  });
const fail = () => Promise.reject(new HttpError('otherStatus', 'Prometheus could not work the query out (422).'));
type Misbehave = typeof hang;

const value = (number: number): Answer => ({
  series: [{ labels: {}, points: [[Date.now() / 1000, number]] }],
  warnings: [],
});

/** A server that knows `rate` and `errors`; `range` may misbehave from so many days back, or at every moment. */
function server(numbers: Readonly<Record<string, number>>, misbehave?: Misbehave, daysBack = 0): ReadsMetrics {
  const none: Answer = { series: [], warnings: [] };
  return {
    ...{ name: 'Prometheus', shown: 'Prometheus (http://127.0.0.1:9090)' },
    instant: (query) => Promise.resolve(query in numbers ? value(numbers[query] ?? 0) : none),
    range: (query, { start, end, stepSeconds, signal }) => {
      const agoMs = Date.now() - epochMsOf(end);
      if (misbehave !== undefined && agoMs >= daysBack * dayMs - 3600_000) return misbehave(signal);
      const points: (readonly [number, number])[] = [];
      for (let at = epochMsOf(start) / 1000; at <= epochMsOf(end) / 1000; at += stepSeconds) {
        points.push([at, numbers[query] ?? 0]);
      }
      return Promise.resolve({ series: [{ labels: {}, points }], warnings: [] });
    },
    names: () => Promise.resolve([]),
    labelValues: () => Promise.resolve([]),
  };
}

const noScrapes: ScrapesServices = {
  pair: () => Promise.reject(new Error('was not to be asked')),
  remembered: () => [],
};

function scraped(): ScrapesServices {
  const at = (secondsAgo: number, requests: number): Scrape => ({
    at: isoTimeOf(Date.now() - secondsAgo * 1000),
    samples: [
      { name: 'http_requests_total', labels: { status: '200' }, value: requests },
      { name: 'process_start_time_seconds', labels: {}, value: Math.floor(Date.now() / 1000) - 1200 },
    ],
    types: new Map(),
  });
  return { pair: () => Promise.resolve({ earlier: at(60, 114_000), later: at(0, 120_000) }), remembered: () => [] };
}

const queries = { rate: 'rate', errors: 'errors' };
type Metrics = Parameters<typeof signalContext>[0]['services'][number]['metrics'];

async function red(reader: ReadsMetrics, scrapes = noScrapes, metrics: Metrics = { queries }) {
  const check = createRedCheck({ prometheusOf: () => reader, scrapes });
  const context = signalContext({ services: [{ metrics }], prometheus, limitMs });
  const { observations, charts = [] } = await check.observe(context, cancel.signal);
  return { of: Object.fromEntries(observations.map(({ id, verdict, text }) => [id, `${verdict}: ${text}`])), charts };
}

async function traffic(reader: ReadsMetrics) {
  const logs = { find: fail, readBack: hang } as never;
  const check = createTrafficCheck({ prometheusOf: () => reader, scrapes: noScrapes, logs });
  const context = signalContext({ services: [{ metrics: { queries } }], prometheus, limitMs });
  const { observations } = await check.observe(context, cancel.signal);
  return Object.fromEntries(observations.map(({ id, verdict, text }) => [id, `${verdict}: ${text}`]));
}

describe.each<[what: string, misbehave: Misbehave, why: string]>([
  ['hangs', hang, 'Prometheus (http://127.0.0.1:9090) took too long'],
  ['fails', fail, 'Prometheus could not work the query out (422)'],
])('a comparison that %s', (_what, misbehave, why) => {
  it('leaves the numbers of now: failing requests', async () => {
    const { of } = await red(server({ rate: 10, errors: 0.4 }, misbehave));
    expect(of['checkout/errors']).toMatch(/^bad: is 40 %/);
    expect(of['checkout/errors']).toContain(`what was before is not known: ${why}`);
  });

  it('is never ok: requests that seem fine', async () => {
    const { of } = await red(server({ rate: 10, errors: 0 }, misbehave));
    expect(of['checkout/errors']).toMatch(/^unknown: is 0 %/);
    expect(of['checkout/rate']).toBe(`unknown: is 10/s in the last 5 min; what was before is not known: ${why}`);
  });

  it('leaves the others: last week’s traffic', async () => {
    expect(await traffic(server({ rate: 10 }, misbehave, 7))).toEqual({
      'checkout/rate': `unknown: are at 10.0/s, neither spike nor drop: 10.0/s in the hour before impact, 10.0/s at this time yesterday, not read at this time last week: ${why}`,
    });
  });
});

describe('a service that can be asked itself', () => {
  const metrics: Metrics = { queries, endpoint: { url: 'http://127.0.0.1:8080/metrics' } };

  it('is asked while there is time, where Prometheus is silent', async () => {
    const silent: ReadsMetrics = {
      ...server({}),
      names: (_selector, signal) => hang(signal),
      instant: (_q, { signal }) => hang(signal),
    };
    const { of, charts } = await red(silent, scraped(), metrics);
    expect(of['checkout/errors']).toMatch(/^ok: is 0 %: none of 6000 requests failed/);
    expect(of['checkout/prometheus']).toBe('unknown: is unknown: it was not done within 0.24 s');
    expect(charts).toEqual([]);
  });

  it('is not asked where Prometheus answers', async () => {
    const { of } = await red(server({ rate: 10, errors: 0 }), noScrapes, metrics);
    expect(of['checkout/errors']).toMatch(/^ok: is 0 %/);
  });
});

it.each(['red', 'traffic'] as const)('%s: a person who cancels waits for nothing', async (which) => {
  const reader = server({ rate: 10, errors: 0 }, hang);
  const looking = which === 'red' ? red(reader) : traffic(reader);
  const startedMs = performance.now();
  setTimeout(() => {
    cancel.abort();
  }, 20);
  await expect(looking).rejects.toMatchObject({ reason: 'cancelled' });
  expect(performance.now() - startedMs).toBeLessThan(200);
});
