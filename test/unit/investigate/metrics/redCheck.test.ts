import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPrometheus } from '../../../../src/connect/prometheus.ts';
import { drillProcesses } from '../../../../src/connect/runDrillService.ts';
import { createServiceScrapes } from '../../../../src/connect/serviceScrapes.ts';
import { startDrillService } from '../../../../src/drill/startDrillService.ts';
import { isoTimeOf } from '../../../../src/incident/isoTime.ts';
import { createRedCheck } from '../../../../src/investigate/metrics/redCheck.ts';
import type { SignalContext } from '../../../../src/investigate/signalCheck.ts';
import { judgeObservations } from '../../../../src/signals/judgeObservations.ts';
import { confirmedEndpoints } from '../../../support/builders/endpoints.ts';
import type { TestServer } from '../../../support/builders/httpServer.ts';
import { freePort, serveHttp } from '../../../support/builders/httpServer.ts';
import { signalContext } from '../../../support/builders/signalContext.ts';
import type { RunningServer } from '../../../support/debianServer.ts';
import { hasPrometheus, startPrometheus } from '../../../support/prometheusServers.ts';
import { createTestDrill, git, temporaryFolder, until } from '../../drill/drillFixture.ts';

const hasServer = await hasPrometheus();
const never = new AbortController().signal;
const endpoints = confirmedEndpoints();

const newCheck = () =>
  createRedCheck({
    prometheusOf: (source) => createPrometheus(endpoints, source),
    scrapes: createServiceScrapes(endpoints, { now: () => isoTimeOf(Date.now()) }),
  });

async function look(context: SignalContext, check = newCheck()) {
  const { observations, charts = [], nothing } = await check.observe(context, never);
  const byId = new Map(observations.map((one) => [one.id, one]));
  const of = (id: string) => [byId.get(id)?.verdict, byId.get(id)?.text];
  return { observations, charts, of, byId, judged: judgeObservations(observations, nothing) };
}

describe('nothing to look at', () => {
  it.each<[what: string, services: Parameters<typeof signalContext>[0]['services']]>([
    ['no services', []],
    ['a service without metrics', [{ name: 'checkout' }]],
  ])('%s: says what to configure', async (_what, services) => {
    const { judged } = await look(signalContext({ services }));
    expect(judged).toEqual({ verdict: 'unknown', summary: expect.stringContaining('in mayday.yaml') as string });
  });
});

describe('the drill, from its own metrics alone', { timeout: 90_000 }, () => {
  it('is bad, naming the route, and fine after the revert', async () => {
    const folder = await temporaryFolder();
    const drill = await createTestDrill(folder.path);
    const running = await startDrillService(drill.directory, drillProcesses);
    try {
      const context = () => signalContext({ services: [{ metrics: { endpoint: { url: `${running.url}/metrics` } } }] });
      const check = newCheck();
      await until('bad', async () => (await look(context())).judged.verdict === 'bad');
      const { of, judged, charts } = await look(context(), check);
      expect(judged.verdict).toBe('bad');
      expect(judged.summary).toMatch(
        /^checkout error rate is \d+ %: \d+ of \d+ requests failed (?:since it started|in the last) .*; route \/checkout: \d+ % fail \(503\)/,
      );
      expect(of('checkout/p99')[0]).toBe('notApplicable');
      expect(of('checkout/p99')[1]).toMatch(/^p99 is [\d.]+ m?s, p95 .*nothing from before to compare it with$/);
      expect(charts.map(({ id }) => id)).toContain('checkout/rate');

      git(drill.directory, 'revert', '--no-edit', drill.badCommit);
      await until('fine', async () => (await look(context(), check)).judged.verdict === 'ok');
      const healed = await look(context(), check);
      expect(healed.of('checkout/errors')).toEqual([
        'ok',
        expect.stringMatching(/^is 0 %: none of \d+ requests failed/),
      ]);
    } finally {
      await running.stop();
      await folder.remove();
    }
  });
});

describe('what a service exposes', () => {
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  const exposing = async (text: string, status = 200) => {
    server = await serveHttp((_request, response) => response.writeHead(status).end(text));
    return look(signalContext({ services: [{ metrics: { endpoint: { url: `${server.url}/metrics` } } }] }));
  };
  const started = (minutesAgo: number) => `process_start_time_seconds ${String(Date.now() / 1000 - minutesAgo * 60)}\n`;

  it.each<[what: string, text: string, id: string, verdict: string, told: RegExp]>([
    [
      'fails since it started',
      `${started(12)}http_requests_total{status="200"} 374\nhttp_requests_total{status="500"} 38\n`,
      'errors',
      'bad',
      /^is 9\.2 %: 38 of 412 requests failed since it started 12 min ago$/,
    ],
    [
      'failed now and then',
      `${started(12)}http_requests_total{code="200"} 980\nhttp_requests_total{code="500"} 20\n`,
      'errors',
      'suspicious',
      /^is 2 %: 20 of 1000/,
    ],
    [
      'few requests',
      `${started(12)}http_requests_total{status="200"} 12\n`,
      'errors',
      'unknown',
      /^is unknown, with so few requests: none of 12 requests failed since it started 12 min ago$/,
    ],
    [
      'few, and most failed',
      `${started(12)}http_requests_total{status="200"} 1\nhttp_requests_total{status="500"} 9\n`,
      'errors',
      'suspicious',
      /^is 90 % of few requests: 9 of 10/,
    ],
    [
      'no requests',
      `${started(12)}http_requests_total{status="200"} 0\n`,
      'errors',
      'unknown',
      /^is unknown: no requests since it started 12 min ago$/,
    ],
    [
      'no requests: their rate',
      `${started(12)}http_requests_total{status="200"} 0\n`,
      'rate',
      'unknown',
      /^is zero: no requests since/,
    ],
    [
      'started long ago: fine in all is not fine now',
      `${started(3000)}http_requests_total{status="200"} 99000\n`,
      'errors',
      'unknown',
      /^is unknown for now: none of 99000 requests failed since it started 2 d 2 h ago, 0 % in all$/,
    ],
    [
      'nobody knows since when',
      `http_requests_total{status="500"} 990\nhttp_requests_total{status="200"} 10\n`,
      'errors',
      'suspicious',
      /^is 99 %: 990 of 1000 requests failed since it started$/,
    ],
    [
      'no status',
      `${started(12)}http_requests_total 1000\n`,
      'errors',
      'unknown',
      /^is unknown: no label of http_requests_total tells the status \(status, code/,
    ],
    [
      'a counter of failures without a number: the others are not all there is',
      `${started(12)}http_requests_total{status="200"} 1000\nhttp_requests_total{status="500"} +Inf\n`,
      'errors',
      'unknown',
      /^is unknown: no value of it since it started 12 min ago$/,
    ],
    [
      'counters without a number: their rate is not zero',
      `${started(12)}http_requests_total{status="200"} NaN\n`,
      'rate',
      'unknown',
      /^is unknown: no value of it since/,
    ],
    ['no durations', `${started(12)}http_requests_total 1000\n`, 'p99', 'unknown', /exposes no quantiles/],
    [
      'quantiles of its own',
      `${started(12)}http_request_duration_seconds_count 1000\nhttp_request_duration_seconds{quantile="0.99"} 0.3\n`,
      'p99',
      'notApplicable',
      /^p99 is 300 ms since it started/,
    ],
    [
      'no metrics of requests',
      'go_goroutines 7\n',
      'metrics',
      'unknown',
      /^is unknown: none of the metrics that it exposes is known to be of requests$/,
    ],
    ['no metrics', '<html>', 'metrics', 'unknown', /^is unknown: .* gave a page of HTML/],
  ])('%s', async (_what, text, id, verdict, told) => {
    expect((await exposing(text)).of(`checkout/${id}`)).toEqual([verdict, expect.stringMatching(told)]);
  });

  it('two instances behind one address: nothing is told of the time between', async () => {
    const replicas = [
      `${started(48 * 60)}http_requests_total{status="200"} 1000000\n`,
      `${started(47 * 60)}http_requests_total{status="200"} 980000\n`,
    ];
    let asked = 0;
    server = await serveHttp((_request, response) => response.end(replicas[asked++ % 2]));
    const services = [{ metrics: { endpoint: { url: `${server.url}/metrics` } } }];
    const { of, observations } = await look(signalContext({ services }));
    expect(of('checkout/rate')).toEqual([
      'notApplicable',
      'is 5.8/s since it started 1 d 23 h ago; nothing from before to compare it with',
    ]);
    expect(of('checkout/errors')[0]).toBe('unknown');
    expect(observations[0]?.details).toContain(
      'Another instance answered than before: nothing is told of the time between.',
    );
  });

  it.each([401, 403, 404, 429, 500, 503])('%i is told', async (status) => {
    const { judged } = await exposing('', status);
    expect(judged).toEqual({ verdict: 'unknown', summary: expect.stringContaining(String(status)) as string });
  });

  it('one that never ends is late, and others are seen all the same', async () => {
    server = await serveHttp((request, response) => {
      response.writeHead(200).write(`${started(5)}http_requests_total{status="200"} 50\n`);
      if (request.url === '/good') response.end();
    });
    const services = ['good', 'bad'].map((name) => ({
      name,
      metrics: { endpoint: { url: `${server?.url ?? ''}/${name}` } },
    }));
    const { of, judged } = await look(signalContext({ services, limitMs: 2_500 }));
    expect(of('good/errors')[0]).toBe('ok');
    expect(of('bad/metrics')).toEqual(['unknown', 'is unknown: it was not done within 2.5 s']);
    expect(judged.verdict).toBe('unknown');
  });

  it('labels of strangers are text', async () => {
    const route = '/x\u202e[click](command:evil) token=ghp_0123456789abcdefghijklmnopqrstuvwxyzAB';
    const { observations } = await exposing(`${started(5)}http_requests_total{status="500",route="${route}"} 50\n`);
    const told = JSON.stringify(observations);
    expect(told).not.toContain('ghp_');
    expect(told).not.toContain('\u202e');
  });
});

/** Requests of a service as Prometheus keeps them, half a minute apart: `change` minutes ago they became others. */
function historyOf(
  { from, to, change }: { readonly from: number; readonly to: number; readonly change: number },
  before: Traffic,
  after: Traffic,
): string {
  const now = Math.floor(Date.now() / 1000);
  const lines: Record<'requests' | 'durations', string[]> = { requests: [], durations: [] };
  const counts = { fine: 0, failed: 0 };
  const buckets = { '0.1': 0, '1': 0, '5': 0, '+Inf': 0 };
  for (let at = now - from * 60; at <= now - to * 60; at += 30) {
    const { perSecond, failing, seconds } = at > now - change * 60 ? after : before;
    counts.fine += perSecond * (1 - failing) * 30;
    counts.failed += perSecond * failing * 30;
    for (const le of ['0.1', '1', '5', '+Inf'] as const) {
      if (le === '+Inf' || seconds <= Number(le)) buckets[le] += perSecond * 30;
    }
    const labels = 'job="checkout",route="/checkout"';
    lines.requests.push(`http_requests_total{${labels},status="200"} ${String(counts.fine)} ${String(at)}`);
    lines.requests.push(`http_requests_total{${labels},status="503"} ${String(counts.failed)} ${String(at)}`);
    for (const [le, count] of Object.entries(buckets)) {
      lines.durations.push(`http_request_duration_seconds_bucket{${labels},le="${le}"} ${String(count)} ${String(at)}`);
    }
  }
  return [
    ...['# TYPE http_requests counter', ...lines.requests.toSorted(byStatus)],
    ...['# TYPE http_request_duration_seconds unknown', ...lines.durations.toSorted(byStatus), '# EOF', ''],
  ].join('\n');
}

const byStatus = (a: string, b: string) => a.split('} ')[0]!.localeCompare(b.split('} ')[0]!);

interface Traffic {
  readonly perSecond: number;
  readonly failing: number;
  readonly seconds: number;
}

const well: Traffic = { perSecond: 4, failing: 0, seconds: 0.05 };

describe.skipIf(!hasServer)('a service of a real Prometheus', { timeout: 60_000 }, () => {
  const running: RunningServer[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
  });
  const lookAt = async (history: string, service: Parameters<typeof signalContext>[0]['services'][number] = {}) => {
    const server = await startPrometheus({ jobs: {}, history });
    running.push(server);
    return look(signalContext({ services: [service], prometheus: [{ name: 'shop', url: server.url }] }));
  };
  const twoHours = { from: 120, to: 0, change: 20 };

  it('that fails and is slow since impact is bad, against the hour before', async () => {
    const { of, byId, charts } = await lookAt(historyOf(twoHours, well, { perSecond: 4, failing: 0.3, seconds: 3 }));
    expect(of('checkout/errors')).toEqual([
      'bad',
      expect.stringMatching(
        /^is 30 %: \d+ of 1\d{3} requests failed in the last 5 min; 0 % in the hour before impact; route \/checkout: 30 % fail \(503\)$/,
      ),
    ]);
    expect(of('checkout/p99')).toEqual([
      'bad',
      expect.stringMatching(/^p99 is 5 s, p95 4\.8 s, p50 3 s in the last 5 min; p99 99 ms, /),
    ]);
    expect(of('checkout/rate')).toEqual(['ok', 'is 4/s in the last 5 min; 4/s in the hour before impact']);
    expect(byId.get('checkout/errors')?.source).toMatch(/^shop \(http:.*\), \{job="checkout"\}$/);
    expect(charts.map(({ id, lines }) => [id, lines.length])).toEqual([
      ['checkout/rate', 1],
      ['checkout/errors', 1],
      ['checkout/latency', 3],
    ]);
    for (const { lines } of charts) for (const { points } of lines) expect(points.length).toBeLessThanOrEqual(240);
  });

  it('that gets better says so', async () => {
    const failing = historyOf({ ...twoHours, change: 2 }, { ...well, failing: 0.3 }, well);
    const { of } = await lookAt(failing);
    expect(of('checkout/errors')).toEqual([
      'bad',
      expect.stringMatching(/failed in the last 5 min, 0 % in the last minute; /),
    ]);
  });

  it('that is as before is ok', async () => {
    const { judged } = await lookAt(historyOf(twoHours, well, well));
    expect(judged).toEqual({ verdict: 'ok', summary: '3 looked at, all fine.' });
  });

  it('that nobody asks any more is bad', async () => {
    const { of } = await lookAt(historyOf(twoHours, well, { ...well, perSecond: 0 }));
    expect(of('checkout/rate')).toEqual([
      'bad',
      'is zero: no requests in the last 5 min; 4/s in the hour before impact',
    ]);
    expect(of('checkout/errors')).toEqual(['unknown', 'is unknown: no requests in the last 5 min']);
    expect(of('checkout/p99')).toEqual(['unknown', 'is unknown: no requests in the last 5 min']);
  });

  it('of which nothing is known from before: a number alone is not judged', async () => {
    const { of } = await lookAt(
      historyOf({ from: 15, to: 0, change: 20 }, well, { perSecond: 4, failing: 0.02, seconds: 3 }),
    );
    expect(of('checkout/errors')[0]).toBe('suspicious');
    expect(of('checkout/p99')).toEqual([
      'notApplicable',
      expect.stringContaining('nothing from before to compare it with'),
    ]);
    expect(of('checkout/rate')[0]).toBe('notApplicable');
  });

  it('whose metrics are stale is unknown', async () => {
    const { judged } = await lookAt(historyOf({ from: 120, to: 12, change: 20 }, well, well));
    expect(judged).toEqual({
      verdict: 'unknown',
      summary: expect.stringMatching(
        /requests is unknown: its metrics are stale, the last sample is 1[123] min old/,
      ) as string,
    });
  });

  it('by queries of the team', async () => {
    const queries = { rate: 'vector(7)', errors: 'vector(0.5)', p99: 'vector(1) / 0' };
    const { of } = await lookAt(historyOf(twoHours, well, well), { name: 'other', metrics: { queries } });
    expect(of('other/errors')).toEqual(['bad', expect.stringMatching(/^is 50 %: 1050 of 2100 requests failed/)]);
    expect(of('other/p99')[1]).toMatch(/^p99 is infinite/);
  });

  it('that it does not know, and whose series are not of requests', async () => {
    expect((await lookAt(historyOf(twoHours, well, well), { name: 'other' })).of('other/metrics')).toEqual([
      'unknown',
      expect.stringContaining('shop has no series of it: give it metrics.selector'),
    ]);
    const gauges = `# TYPE depth gauge\ndepth{job="checkout"} 1 ${String(Math.floor(Date.now() / 1000))}\n# EOF\n`;
    expect((await lookAt(gauges)).of('checkout/metrics')).toEqual([
      'unknown',
      expect.stringContaining('none of its 1 metrics is known to be of requests'),
    ]);
  });
});

describe('a server that fails', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await serveHttp((_request, response) => {
      response.end(
        `process_start_time_seconds ${String(Date.now() / 1000 - 60)}\nhttp_requests_total{status="200"} 500\n`,
      );
    });
  });
  afterAll(() => server.close());

  it('is said to fail, and the service itself is asked', async () => {
    const prometheus = [{ name: 'shop', url: `http://127.0.0.1:${String(await freePort())}` }];
    const services = [{ metrics: { endpoint: { url: `${server.url}/metrics` } } }];
    const { of, judged } = await look(signalContext({ services, prometheus }));
    expect(of('checkout/errors')[0]).toBe('ok');
    expect(of('checkout/prometheus')).toEqual(['unknown', expect.stringContaining('refused the connection')]);
    expect(judged.verdict).toBe('unknown');
  });

  it('is the only source: the reason is told', async () => {
    const prometheus = [{ name: 'shop', url: server.url }];
    const { of } = await look(signalContext({ services: [{}], prometheus }));
    expect(of('checkout/metrics')).toEqual([
      'unknown',
      expect.stringMatching(/gave no JSON where an answer of Prometheus/),
    ]);
  });

  it('has nothing of requests: the service itself is asked', async () => {
    const other = await serveHttp((_request, response) => response.end('{"status":"success","data":["up"]}'));
    const services = [{ metrics: { endpoint: { url: `${server.url}/metrics` } } }];
    const { of, byId } = await look(signalContext({ services, prometheus: [{ name: 'shop', url: other.url }] }));
    expect(of('checkout/errors')[0]).toBe('ok');
    expect([...byId.keys()]).toEqual(['checkout/rate', 'checkout/errors', 'checkout/p99']);
    await other.close();
  });

  it('a source that mayday.yaml does not name is told', async () => {
    const { of } = await look(signalContext({ services: [{ metrics: { source: 'eu' } }] }));
    expect(of('checkout/prometheus')).toEqual([
      'unknown',
      'is unknown: mayday.yaml names no Prometheus eu under dataSources',
    ]);
  });

  it('ends at once when it is cancelled', async () => {
    const hanging = await serveHttp((_request, response) => {
      response.writeHead(200).write('{');
    });
    const stop = new AbortController();
    const context = signalContext({ services: [{}], prometheus: [{ name: 'shop', url: hanging.url }] });
    const observing = newCheck().observe(context, stop.signal);
    setTimeout(() => {
      stop.abort();
    }, 50);
    await expect(observing).rejects.toMatchObject({ reason: 'cancelled' });
    await hanging.close();
  });
});
