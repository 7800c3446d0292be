import { afterEach, describe, expect, it } from 'vitest';
import { createServiceScrapes } from '../../../src/connect/serviceScrapes.ts';
import { isoTimeOf } from '../../../src/incident/isoTime.ts';
import { confirmedEndpoints } from '../../support/builders/endpoints.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { freePort, serveHttp } from '../../support/builders/httpServer.ts';

let server: TestServer | undefined;
const never = new AbortController().signal;

/** A service that counts how often it was asked, and a clock that a test moves. */
async function counting(type = 'text/plain') {
  let count = 0;
  let now = Date.parse('2026-03-04T14:00:00.000Z');
  server = await serveHttp((_request, response) => {
    now += 10;
    response.writeHead(200, { 'content-type': type }).end(`requests_total ${String((count += 1))}\n`);
  });
  const scrapes = createServiceScrapes(confirmedEndpoints(), { now: () => isoTimeOf(now) });
  return { scrapes, endpoint: { url: `${server.url}/metrics` }, pass: (ms: number) => (now += ms) };
}

const valuesOf = ({
  earlier,
  later,
}: {
  earlier: { samples: readonly { value: number }[] };
  later: typeof earlier;
}) => [earlier.samples[0]?.value, later.samples[0]?.value];

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('a pair of scrapes', () => {
  it('costs the service two requests, however many ask within five seconds', async () => {
    const { scrapes, endpoint, pass } = await counting();
    const pairs = await Promise.all([1, 2, 3].map(() => scrapes.pair(endpoint, never)));
    pass(4_000);
    const again = await scrapes.pair(endpoint, never);
    expect([...pairs, again].map(valuesOf)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(server?.requests).toHaveLength(2);
  });

  it.each<[what: string, afterMs: readonly number[], values: readonly [number, number], requests: number]>([
    ['the earlier one is remembered', [6_000], [1, 3], 3],
    ['of several the youngest that is half a minute old', [40_000, 40_000], [3, 4], 4],
    ['none that is older than five minutes', [6 * 60_000], [3, 4], 4],
  ])('%s', async (_what, afterMs, values, requests) => {
    const { scrapes, endpoint, pass } = await counting();
    let pair = await scrapes.pair(endpoint, never);
    for (const ms of afterMs) {
      pass(ms);
      pair = await scrapes.pair(endpoint, never);
    }
    expect(valuesOf(pair)).toEqual(values);
    expect(server?.requests).toHaveLength(requests);
    expect(scrapes.remembered(endpoint)).toHaveLength(requests);
  });

  it('what is older than an hour is forgotten, and of more than 240 every other one', async () => {
    const { scrapes, endpoint, pass } = await counting();
    for (let look = 0; look < 250; look += 1) {
      await scrapes.pair(endpoint, never);
      pass(10_000);
    }
    const kept = scrapes.remembered(endpoint);
    expect(kept.length).toBeGreaterThan(120);
    expect(kept.length).toBeLessThanOrEqual(240);
    expect(kept[0]?.samples[0]?.value).toBeLessThan(5);
    pass(3_590_000);
    await scrapes.pair(endpoint, never);
    expect(scrapes.remembered(endpoint).length).toBeLessThan(5);
  });

  it('ends at once when nobody waits for it any more, and not for others while someone does', async () => {
    const { scrapes, endpoint } = await counting();
    const [first, second] = [new AbortController(), new AbortController()];
    const both = [scrapes.pair(endpoint, first.signal), scrapes.pair(endpoint, second.signal)];
    first.abort();
    await expect(both[0]).rejects.toMatchObject({ reason: 'cancelled' });
    expect(await both[1]).toBeDefined();
    await expect(scrapes.pair(endpoint, first.signal)).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('is of one instance where several answer in turns, as soon as one is remembered', async () => {
    let [count, now] = [0, Date.parse('2026-03-04T14:00:00.000Z')];
    server = await serveHttp((_request, response) => {
      count += 1;
      const started = count % 2 === 0 ? 1_772_000_000 : 1_771_000_000;
      response.end(`requests_total ${String(count)}\nprocess_start_time_seconds ${String(started)}\n`);
    });
    const scrapes = createServiceScrapes(confirmedEndpoints(), { now: () => isoTimeOf((now += 10)) });
    const endpoint = { url: server.url };
    await scrapes.pair(endpoint, never);
    now += 60_000;
    expect(valuesOf(await scrapes.pair(endpoint, never))).toEqual([1, 3]);
    now += 60_000;
    expect(valuesOf(await scrapes.pair(endpoint, never))).toEqual([2, 4]);
  });

  it('a failure is told, and not kept', async () => {
    let ready = false;
    server = await serveHttp((_request, response) => response.writeHead(ready ? 200 : 503).end('a 1\n'));
    const scrapes = createServiceScrapes(confirmedEndpoints(), { now: () => isoTimeOf(Date.now()) });
    const endpoint = { url: server.url };
    await expect(scrapes.pair(endpoint, never)).rejects.toMatchObject({ failure: 'serverError' });
    ready = true;
    expect((await scrapes.pair(endpoint, never)).later.samples).toHaveLength(1);
  });

  it.each<[what: string, body: string, message: RegExp]>([
    ['HTML', '<!doctype html>', /gave a page of HTML where metrics/],
    ['nothing', '\n', /gave an empty answer where metrics/],
    ['JSON', '{"status":"up"}', /gave no such line where metrics/],
  ])('%s is not taken for metrics', async (_what, body, message) => {
    server = await serveHttp((_request, response) => response.end(body));
    const scrapes = createServiceScrapes(confirmedEndpoints(), { now: () => isoTimeOf(Date.now()) });
    const pair = scrapes.pair({ url: `${server.url}/metrics` }, never);
    await expect(pair).rejects.toMatchObject({ failure: 'malformed', message });
  });

  it('nothing that listens is said to be so', async () => {
    const scrapes = createServiceScrapes(confirmedEndpoints(), { now: () => isoTimeOf(Date.now()) });
    const pair = scrapes.pair({ url: `http://127.0.0.1:${String(await freePort())}/metrics` }, never);
    await expect(pair).rejects.toMatchObject({ failure: 'connectionRefused' });
  });
});

it.each([
  ['the same', 0, undefined],
  ['two hours behind', -7200, -7200_000],
  ['ten minutes ahead', 600, 600_000],
])('the clock of the service is told: %s', async (_what, aheadSeconds, expected) => {
  server = await serveHttp((_request, response) =>
    response.writeHead(200, { date: new Date(Date.now() + aheadSeconds * 1000).toUTCString() }).end('a 1\n'),
  );
  const scrapes = createServiceScrapes(confirmedEndpoints(), { now: () => isoTimeOf(Date.now()) });
  const { later } = await scrapes.pair({ url: server.url }, never);
  if (expected === undefined) expect(later).not.toHaveProperty('clockAheadMs');
  else expect(Math.abs((later.clockAheadMs ?? 0) - expected)).toBeLessThanOrEqual(1000);
});

it('a service that was asked too often is left alone until the time it named', async () => {
  server = await serveHttp((_request, response) => response.writeHead(429, { 'retry-after': '60' }).end());
  const scrapes = createServiceScrapes(confirmedEndpoints(), { now: () => isoTimeOf(Date.now()) });
  const ask = () => scrapes.pair({ url: `${server?.url ?? ''}/metrics` }, never);
  await expect(ask()).rejects.toThrow(/was asked too often \(429\)/);
  await expect(ask()).rejects.toThrow(/is not asked again before/);
  expect(server.requests).toHaveLength(1);
});
