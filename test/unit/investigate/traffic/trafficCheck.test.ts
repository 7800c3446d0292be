import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DataSource } from '../../../../src/config/signalConfiguration.ts';
import { createLogFiles } from '../../../../src/connect/logFiles.ts';
import { createPrometheus } from '../../../../src/connect/prometheus.ts';
import { createServiceScrapes } from '../../../../src/connect/serviceScrapes.ts';
import { dayMs, hourMs, isoTimeOf, minuteMs } from '../../../../src/incident/isoTime.ts';
import type { SignalResult, TargetService } from '../../../../src/investigate/signalCheck.ts';
import { createTrafficCheck } from '../../../../src/investigate/traffic/trafficCheck.ts';
import { judgeObservations } from '../../../../src/signals/judgeObservations.ts';
import { confirmedEndpoints } from '../../../support/builders/endpoints.ts';
import { freePort, serveHttp, serveSocket } from '../../../support/builders/httpServer.ts';
import { justDeclared } from '../../../support/builders/state.ts';
import type { RunningServer } from '../../../support/debianServer.ts';
import { hasPrometheus, startPrometheus } from '../../../support/prometheusServers.ts';

const endpoints = confirmedEndpoints();
const clock = { now: () => isoTimeOf(Date.now()) };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayday-traffic-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Look {
  readonly services: readonly Partial<TargetService>[];
  readonly prometheus?: readonly DataSource[];
  readonly impactMinutesAgo?: number;
  readonly limitMs?: number;
  readonly signal?: AbortSignal;
}

async function look({
  services,
  prometheus = [],
  impactMinutesAgo = 0,
  limitMs = 10_000,
  signal = new AbortController().signal,
}: Look): Promise<SignalResult> {
  const check = createTrafficCheck({
    prometheusOf: (source) => createPrometheus(endpoints, source),
    scrapes: createServiceScrapes(endpoints, clock),
    logs: createLogFiles(),
  });
  const now = Date.now();
  return check.observe(
    {
      ...{ state: justDeclared(), now: isoTimeOf(now), clock: clock.now, limitMs },
      impactStart: isoTimeOf(now - impactMinutesAgo * minuteMs),
      targets: {
        services: services.map((service) => ({ name: 'checkout', folder, paths: [], hosts: [], ...service })),
        ...{ statusPages: [], dataSources: { prometheus, alertmanager: [] } },
      },
    },
    signal,
  );
}

const seen = ({ observations }: SignalResult) =>
  Object.fromEntries(observations.map(({ id, verdict, text }) => [id, `${verdict}: ${text}`]));

describe('nothing to look at', () => {
  it('says what to configure', async () => {
    const { observations, nothing } = await look({ services: [{}] });
    expect(judgeObservations(observations, nothing)).toEqual({
      verdict: 'unknown',
      summary:
        'Traffic is not looked at by itself: nothing is configured that tells it. Name dataSources.prometheus, or logs.access or url of a service, in mayday.yaml.',
    });
  });

  it('an address that nobody named, with nothing there, says nothing', async () => {
    const server = await serveHttp((_, response) => response.writeHead(404).end());
    const { observations } = await look({
      services: [{ metrics: { endpoint: { url: `${server.url}/metrics`, assumed: true } } }],
    });
    expect(observations).toEqual([]);
    const named = await look({ services: [{ metrics: { endpoint: { url: `${server.url}/metrics` } } }] });
    expect(named.observations).toMatchObject([{ id: 'checkout/rate', verdict: 'unknown' }]);
    await server.close();
  });
});

it('counters without a number are no requests that are missing', async () => {
  const server = await serveHttp((_, response) =>
    response.end('http_requests_total{status="200"} 5\nhttp_requests_total{status="500"} NaN\n'),
  );
  const url = `${server.url}/metrics`;
  expect(seen(await look({ services: [{ metrics: { endpoint: { url } } }] }))).toEqual({
    'checkout/rate': `unknown: is unknown: Some counters of http_requests_total in ${url} have no number (NaN or infinite)`,
  });
  await server.close();
});

describe.skipIf(!(await hasPrometheus()))('a day of traffic in a real Prometheus', { timeout: 60_000 }, () => {
  let server: RunningServer;
  const nowMinute = Math.floor(Date.now() / minuteMs) * minuteMs;

  interface Series {
    readonly labels: string;
    /** Requests a minute, so many minutes ago. */
    perMinute(minutesAgo: number): number | undefined;
  }

  /** Counters of three days, a sample a minute: today's last hours, and around this time yesterday and a week ago. */
  function historyOf(series: readonly Series[]): string {
    const lines = series.flatMap(({ labels, perMinute }) => {
      let count = 0;
      return [7 * dayMs, dayMs, 0].flatMap((ago) =>
        Array.from({ length: 180 }, (_, index) => {
          const at = nowMinute - ago - (ago === 0 ? 3 : 2) * hourMs + (index + 2) * minuteMs;
          const grown = perMinute((nowMinute - at) / minuteMs);
          if (grown === undefined) return '';
          count += grown;
          return `http_requests_total{${labels}} ${String(count)} ${String(at / 1000)}\n`;
        }),
      );
    });
    return `# TYPE http_requests counter\n${lines.join('')}# EOF\n`;
  }

  const series = (job: string, labels: string, perMinute: Series['perMinute']): Series => ({
    labels: `job="${job}",${labels}`,
    perMinute,
  });
  const isToday = (ago: number) => ago < 12 * 60;

  beforeAll(async () => {
    const history = historyOf([
      series('steady', 'route="/cart",status="200"', () => 600),
      series('steady', 'route="/products",status="200"', () => 580),
      series('steady', 'route="/health/live",status="200"', () => 20),
      series('spike', 'route="/cart",status="200"', (ago) => (ago < 10 ? 4200 : 600)),
      series('drop', 'route="/cart",status="200"', (ago) => (ago < 10 ? 60 : 600)),
      series('rush', 'route="/cart",status="200"', (ago) => (ago % 1440 < 10 || ago % 1440 > 1410 ? 3000 : 600)),
      series('scan', 'route="/cart",status="200"', () => 600),
      series('scan', 'route="/admin/{page}",status="404"', (ago) => (ago < 10 ? 500 : 1)),
      series('failing', 'route="/cart",status="200"', (ago) => (ago < 10 ? 300 : 600)),
      series('failing', 'route="/cart",status="503"', (ago) => (ago < 10 ? 300 : 0)),
      series('young', 'route="/cart",status="200"', (ago) => (ago < 8 ? 600 : undefined)),
      series('today', 'route="/cart",status="200"', (ago) => (isToday(ago) ? 600 : undefined)),
      series('gone', 'route="/cart",status="200"', (ago) => (ago > 30 ? 600 : undefined)),
    ]);
    server = await startPrometheus({ jobs: {}, history });
  }, 60_000);
  afterAll(() => server.stop());

  const of = async (name: string, more: Partial<Look> = {}) =>
    look({
      services: [{ name }],
      prometheus: [{ name: 'Prometheus', url: server.url }],
      impactMinutesAgo: 12,
      ...more,
    });

  it('steady traffic is fine, and what it was compared with is said', async () => {
    const result = await of('steady');
    expect(seen(result)).toEqual({
      'steady/rate': expect.stringMatching(
        /^ok: are at (?:19\.9|20\.0)\/s, neither spike nor drop: 20\.0\/s in the hour before impact, 20\.0\/s at this time yesterday, 20\.0\/s at this time last week$/,
      ) as string,
      'steady/paths': expect.stringMatching(/^ok: are asked for as before: \/cart 51 %, \/products 49 %$/) as string,
      'steady/statuses': 'ok: are as before: 2xx 100 %',
    });
    expect(result.observations[0]?.source).toBe(
      `Prometheus (${server.url}): sum(rate(http_requests_total{job="steady"}[300s]))`,
    );
    expect(result.charts).toMatchObject([
      {
        id: 'steady/rate',
        title: 'steady: requests per second',
        unit: 'perSecond',
        lines: [{ name: 'Today' }, { name: 'Yesterday' }, { name: 'Last week' }],
      },
    ]);
    for (const { points } of result.charts?.[0]?.lines ?? []) expect(points.length).toBeGreaterThan(55);
  });

  it.each([
    [
      'spike',
      'rate',
      /^bad: are at 70\.0\/s, spike: 10\.0\/s in the hour before impact \(7\.0 times as many\), 10\.0\/s at this time yesterday/,
    ],
    ['drop', 'rate', /^bad: are at 1\.00\/s, dropped: 10\.0\/s in the hour before impact \(10 % of it\)/],
    [
      'rush',
      'rate',
      /^ok: are at 50\.0\/s, neither spike nor drop: 10\.0\/s in the hour before impact \(5\.0 times as many\)/,
    ],
    [
      'scan',
      'paths',
      /^suspicious: have shifted: \/admin\/\{page\} 45 % of requests \(0\.2 % in the hour before impact\)/,
    ],
    ['scan', 'statuses', /^suspicious: have shifted: 4xx 45 % of requests/],
    ['failing', 'rate', /^ok: are at 10\.0\/s, neither/],
    ['failing', 'statuses', /^ok: have more 5xx, 50 % of requests \(0 % in the hour before impact\)/],
    ['young', 'rate', /^unknown: are at .*, with nothing to compare with: Prometheus .* has no samples from then$/],
    [
      'today',
      'rate',
      /^ok: .* 10\.0\/s in the hour before impact, nothing known at this time yesterday, nothing known at this time last week$/,
    ],
    ['gone', 'rate', /^unknown: is unknown: Prometheus .* has no sample of requests now, the last is from 20\d\d-/],
    [
      'nobody',
      'rate',
      /^unknown: is unknown: Prometheus .* has no request metrics that are known labelled with the name nobody/,
    ],
  ])('%s: %s', async (name, aspect, text) => {
    expect(seen(await of(name))[`${name}/${aspect}`]).toMatch(text);
  });

  it('PromQL of the team’s own is taken in place of what is recognised', async () => {
    const rate = 'sum by (route) (rate(http_requests_total{job="steady"}[5m]))';
    const result = await of('checkout', { services: [{ name: 'checkout', metrics: { queries: { rate } } }] });
    expect(seen(result)).toEqual({
      'checkout/rate': expect.stringMatching(/^ok: are at (?:19\.9|20\.0)\/s/) as string,
    });
  });

  it('where Prometheus knows nothing, access logs tell, and that is said', async () => {
    const lines = Array.from({ length: 7200 }, (_, index) =>
      JSON.stringify({
        ts: isoTimeOf(Date.now() - (7200 - index) * 1000),
        method: 'GET',
        path: '/cart',
        status: 200,
        client_ip: '203.0.113.7',
      }),
    );
    await writeFile(join(folder, 'access.log'), `${lines.join('\n')}\n`);
    const { observations } = await of('nobody', { services: [{ name: 'nobody', accessLogs: ['access.log'] }] });
    expect(observations[0]).toMatchObject({ id: 'nobody/rate', verdict: 'ok', source: 'access.log' });
    expect(observations[0]?.details?.[0]).toContain('has no request metrics that are known');
    expect(observations.map(({ id }) => id)).toEqual([
      'nobody/rate',
      'nobody/paths',
      'nobody/statuses',
      'nobody/clients',
    ]);
    expect(JSON.stringify(observations)).not.toContain('203.0.113.7');
  });
});

describe('a service’s own metrics', () => {
  /** Counters that grow from one scrape to the next. */
  async function service(startedSecondsAgo: number, first: Record<string, number>, grow: Record<string, number>) {
    const counts = { ...first };
    const started = Date.now() / 1000 - startedSecondsAgo;
    const server = await serveHttp((_, response) => {
      const lines = Object.entries(counts).map(([labels, count]) => `http_requests_total{${labels}} ${String(count)}`);
      for (const [labels, by] of Object.entries(grow)) counts[labels] = (counts[labels] ?? 0) + by;
      response.end(
        ['# TYPE http_requests_total counter', ...lines, `process_start_time_seconds ${String(started)}`, ''].join(
          '\n',
        ),
      );
    });
    const result = await look({ services: [{ metrics: { endpoint: { url: `${server.url}/metrics` } } }] });
    await server.close();
    return seen(result);
  }
  const cart = 'route="/cart",status="200"';
  const search = 'route="/search",status="404"';

  it.each<[string, [number, Record<string, number>, Record<string, number>], Record<string, RegExp>]>([
    [
      'as on average',
      [1000, { [cart]: 200_000 }, { [cart]: 200 }],
      { rate: /^ok: .* neither spike nor drop: 200\/s on average since it started$/, paths: /^ok:/, statuses: /^ok:/ },
    ],
    [
      'far more',
      [1000, { [cart]: 20_000 }, { [cart]: 200 }],
      { rate: /^bad: .* spike: 20\.0\/s on average since it started \(\d/ },
    ],
    [
      'something else',
      [1000, { [cart]: 200_000, [search]: 10 }, { [cart]: 100, [search]: 100 }],
      { paths: /^suspicious: have shifted: .*\/search 50 %/, statuses: /^suspicious: have shifted: 4xx 50 %/ },
    ],
    [
      'a few requests',
      [1000, { [cart]: 2000 }, { [cart]: 2 }],
      { rate: /^unknown: .* too few to compare/, paths: /^notApplicable: cannot be compared/ },
    ],
    [
      'it has just started',
      [20, { [cart]: 100 }, { [cart]: 100 }],
      {
        rate: /^unknown: .* with nothing to compare with: it has only just started/,
        paths: /^unknown: cannot be compared: it has only just started/,
      },
    ],
  ])('%s', async (_, [started, first, grow], expected) => {
    const result = await service(started, first, grow);
    for (const [aspect, text] of Object.entries(expected)) expect(result[`checkout/${aspect}`]).toMatch(text);
  });
});

describe('sources that fail', () => {
  it('are unknown and say why, and the others go on', async () => {
    const silent = await serveSocket(() => undefined);
    const refused = { url: `http://127.0.0.1:${String(await freePort())}/metrics` };
    const result = await look({
      services: [
        { name: 'refused', metrics: { endpoint: refused } },
        { name: 'silent', metrics: { endpoint: { url: `${silent.url}/metrics` } } },
        { name: 'logless', accessLogs: ['gone.log'] },
      ],
      limitMs: 1000,
    });
    expect(seen(result)).toEqual({
      'refused/rate': expect.stringMatching(/^unknown: is unknown: .*refused/) as string,
      'silent/rate': 'unknown: is unknown: it was not done within 1 s',
      'logless/rate': 'unknown: is unknown: No access log matches gone.log. Correct logs.access in mayday.yaml',
    });
    await silent.close();
  });

  it.each<[what: string, expected: RegExp, begin: () => Promise<{ url: string; close?(): Promise<void> }>]>([
    [
      'refuses',
      /^unknown: is unknown: .*refused/,
      async () => ({ url: `http://127.0.0.1:${String(await freePort())}` }),
    ],
    ['answers 500', /^unknown: is unknown: .*500/, () => serveHttp((_, response) => response.writeHead(500).end('no'))],
    ['is silent', /^unknown: is unknown: it was not done within 1\.8 s$/, () => serveSocket(() => undefined)],
  ])('a Prometheus that %s is told, though the service itself answers', async (_what, expected, begin) => {
    const server = await begin();
    let count = 200_000;
    const started = String(Date.now() / 1000 - 1000);
    const service = await serveHttp((_, response) =>
      response.end(
        `http_requests_total{status="200"} ${String((count += 200))}\nprocess_start_time_seconds ${started}\n`,
      ),
    );
    const { observations, nothing } = await look({
      services: [{ metrics: { endpoint: { url: `${service.url}/metrics` } } }],
      prometheus: [{ name: 'Prometheus', url: server.url }],
      limitMs: 1800,
    });
    expect(seen({ observations, nothing })).toMatchObject({
      'checkout/rate': expect.stringMatching(/^ok: /) as string,
      'checkout/prometheus': expect.stringMatching(expected) as string,
    });
    expect(judgeObservations(observations, nothing).verdict).toBe('unknown');
    await Promise.all([server.close?.(), service.close()]);
  });

  it('are cancelled at once', async () => {
    const silent = await serveSocket(() => undefined);
    const cancel = new AbortController();
    const looking = look({
      services: [{ metrics: { endpoint: { url: `${silent.url}/metrics` } } }],
      signal: cancel.signal,
    });
    cancel.abort();
    await expect(looking).rejects.toMatchObject({ reason: 'cancelled' });
    await silent.close();
  });

  it('text of strangers stays a line of text', async () => {
    const evil = '/[x](command:evil)\n# HEAD \u001b[31m';
    const lines = Array.from({ length: 7200 }, (_, index) =>
      JSON.stringify({
        ts: isoTimeOf(Date.now() - (7200 - index) * 1000),
        method: 'GET',
        path: index > 7000 ? evil : '/cart',
        status: 200,
        user_agent: index > 7000 ? 'token=ghp_0123456789abcdefghijABCDEFGHIJ012345\n**bold**' : 'x',
      }),
    );
    await writeFile(join(folder, 'access.log'), `${lines.join('\n')}\n`);
    const { observations } = await look({ services: [{ accessLogs: ['access.log'] }] });
    expect(observations.find(({ id }) => id === 'checkout/paths')).toMatchObject({ verdict: 'suspicious' });
    // eslint-disable-next-line no-control-regex -- Control characters are what must not be there.
    expect(JSON.stringify(observations)).not.toMatch(/ghp_0123|\\u001b|[\u0000-\u001f]|\\n/);
  });
});
