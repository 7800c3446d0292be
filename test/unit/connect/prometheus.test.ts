import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPrometheus } from '../../../src/connect/prometheus.ts';
import { isoTimeOf } from '../../../src/incident/isoTime.ts';
import { histogramQuantile } from '../../../src/signals/metrics/histogramQuantile.ts';
import type { ReadsMetrics } from '../../../src/signals/metrics/readsMetrics.ts';
import { confirmedEndpoints } from '../../support/builders/endpoints.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { freePort, serveHttp, serveSocket, serveTls } from '../../support/builders/httpServer.ts';
import type { RunningServer } from '../../support/debianServer.ts';
import { hasPrometheus, startPrometheus } from '../../support/prometheusServers.ts';

const hasServer = await hasPrometheus();
const never = new AbortController().signal;
const endpoints = confirmedEndpoints();
const start = isoTimeOf(Date.now() - 3_600_000);
const end = isoTimeOf(Date.now());

describe.skipIf(!hasServer)('a real Prometheus', () => {
  let server: RunningServer;
  let prometheus: ReadsMetrics;

  beforeAll(async () => {
    const nowSeconds = Math.floor(Date.now() / 60_000) * 60;
    const minutes = Array.from({ length: 60 }, (_, index) => nowSeconds - 3600 + 60 * index);
    const lines = minutes.map((at, index) => `requests_total{job="checkout"} ${String(index * 60)} ${String(at)}`);
    const odd = minutes.map((at) => `odd{job="checkout"} NaN ${String(at)}`);
    const history = ['# TYPE odd gauge', ...odd, '# TYPE requests counter', ...lines, '# EOF', ''].join('\n');
    server = await startPrometheus({ jobs: {}, history });
    prometheus = createPrometheus(endpoints, { name: 'shop', url: `${server.url}/` });
  }, 60_000);
  afterAll(() => server.stop());

  it('is named for people', () => {
    expect(prometheus.shown).toBe(`shop (${server.url})`);
  });

  it('tells vectors, scalars and NaN at a moment', async () => {
    const at = isoTimeOf(Date.now() - 10 * 60_000);
    const rate = await prometheus.instant('sum by (job) (rate(requests_total[10m]))', { at, signal: never });
    expect(rate.series).toEqual([{ labels: { job: 'checkout' }, points: [[expect.any(Number), 1]] }]);
    expect((await prometheus.instant('42', { signal: never })).series).toEqual([
      { labels: {}, points: [[expect.any(Number), 42]] },
    ]);
    expect((await prometheus.instant('odd', { at, signal: never })).series[0]?.points[0]?.[1]).toBeNaN();
    expect((await prometheus.instant('vector(1) / 0', { signal: never })).series[0]?.points[0]?.[1]).toBe(Infinity);
    expect((await prometheus.instant('nobody', { signal: never })).series).toEqual([]);
  });

  it('tells matrices, of at most 11,000 points', async () => {
    const minute = await prometheus.range('rate(requests_total[10m])', { start, end, stepSeconds: 60, signal: never });
    expect(minute.series[0]?.points.length).toBeGreaterThan(40);
    const week = isoTimeOf(Date.now() - 7 * 86_400_000);
    const long = await prometheus.range('vector(1)', { start: week, end, stepSeconds: 1, signal: never });
    expect(long.series[0]?.points.length).toBeGreaterThan(10_000);
    expect(long.series[0]?.points.length).toBeLessThanOrEqual(11_000);
  });

  it('lists names and values of labels', async () => {
    expect(await prometheus.names('{job="checkout"}', never)).toEqual(['odd', 'requests_total']);
    expect(await prometheus.names('{job="other"}', never)).toEqual([]);
    expect(await prometheus.labelValues('job', '{__name__="requests_total"}', never)).toEqual(['checkout']);
  });

  it('works quantiles out as we do', async () => {
    const quantile = fc.double({ min: 0, max: 1, noNaN: true });
    const growths = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 });
    const bounds = ['0.1', '0.5', '1', '+Inf'];
    await fc.assert(
      fc.asyncProperty(quantile, growths, async (at, growth) => {
        const counts = growth.map((_, index) => growth.slice(0, index + 1).reduce((sum, one) => sum + one, 0));
        const vectors = counts.map(
          (count, i) => `label_replace(vector(${String(count)}),"le","${bounds[i] ?? ''}","","")`,
        );
        const query = `histogram_quantile(${String(at)}, ${vectors.join(' or ')})`;
        const theirs = (await prometheus.instant(query, { signal: never })).series[0]?.points[0]?.[1] ?? NaN;
        const buckets = counts.map((count, i) => ({ le: i === 3 ? Infinity : Number(bounds[i]), count }));
        const ours = histogramQuantile(at, buckets);
        if (Number.isNaN(theirs)) expect(ours).toBeNaN();
        else expect(ours).toBeCloseTo(theirs, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('says what is wrong with a query, and takes a long one', async () => {
    await expect(prometheus.instant('sum(', { signal: never })).rejects.toMatchObject({
      failure: 'otherStatus',
      message: expect.stringMatching(/^shop \(.*\) does not understand the query \(400\): .*parse error/) as string,
    });
    await expect(prometheus.instant('up + on (a) group_left up', { signal: never })).resolves.toBeDefined();
    const long = Array.from({ length: 500 }, () => 'vector(1)').join(' + ');
    expect((await prometheus.instant(long, { signal: never })).series[0]?.points[0]?.[1]).toBe(500);
  });
});

describe('a server that answers otherwise', () => {
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  const askOf = async (url: string) =>
    createPrometheus(endpoints, { name: 'shop', url }).instant('up', { signal: never });
  const answering = async (status: number, body: string, headers: Record<string, string> = {}) => {
    server = await serveHttp((_request, response) => response.writeHead(status, headers).end(body));
    return askOf(server.url);
  };
  const envelope = (data: unknown) => JSON.stringify({ status: 'success', data });
  const vector = (...result: readonly unknown[]) => envelope({ resultType: 'vector', result });
  // What has no end of levels has no text either: whoever asks for one gets an error of the language.
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const nestedSample = vector({ metric: {}, value: 'nested' }).replace('"nested"', nested);

  const failing: readonly [status: number, body: string, failure: string, message: RegExp][] = [
    [401, '', 'unauthorized', /401/],
    [403, '<html>', 'forbidden', /403/],
    [404, 'not found', 'notFound', /404/],
    [429, '', 'rateLimited', /429/],
    [500, 'oops', 'serverError', /500/],
    [502, '<html>', 'serverError', /502/],
    [
      503,
      '{"status":"error","errorType":"unavailable","error":"starting"}',
      'serverError',
      /cannot answer now \(503\): starting\./,
    ],
    [503, '{"status":"error","errorType":"timeout","error":"query timed out"}', 'timeout', /took too long \(503\)/],
    [
      422,
      '{"status":"error","errorType":"execution","error":"many-to-many"}',
      'otherStatus',
      /work the query out .*many-to-many/,
    ],
    [400, '{"status":"error","errorType":"bad_data","error":"parse error"}', 'otherStatus', /does not understand/],
    [500, '{"status":"error","errorType":"constructor"}', 'serverError', /failed by itself \(500\)\.$/],
    [200, '{"status":"error","errorType":"new","error":"x"}', 'otherStatus', /answered with an error \(200\): x/],
    [200, '', 'malformed', /gave an empty answer where an answer of Prometheus/],
    [200, '<html><body>Sign in', 'malformed', /gave a page of HTML/],
    [200, '{"status":"success","data":{"resultType":"vec', 'malformed', /cut off or damaged/],
    [200, 'fine', 'malformed', /gave no JSON/],
    [200, '[]', 'malformed', /gave a list/],
    [200, '7', 'malformed', /gave a bare value/],
    [200, '{"took":5,"hits":{}}', 'malformed', /gave JSON with took, hits/],
    [200, envelope({ resultType: 'string', result: [1, 'x'] }), 'malformed', /gave a text where series/],
    [200, envelope({ resultType: 'streams', result: [] }), 'malformed', /result of type streams/],
    [200, envelope(null), 'malformed', /result of type unknown/],
    [200, vector({ metric: {}, value: [1, 2] }), 'malformed', /the sample \[1,2\]/],
    [200, vector({ metric: {}, value: [1, 'much'] }), 'malformed', /the sample \[1,"much"\]/],
    [200, vector(null), 'malformed', /a series that is none/],
    [
      200,
      vector({ metric: {}, value: [1, { toString: 1 }] }),
      'malformed',
      /the sample \[1,something that is no text\]/,
    ],
    [
      200,
      vector(...Array<object>(50_001).fill({ metric: {}, value: [1, '2'] })),
      'tooLarge',
      /50001 series, more than/,
    ],
    [
      200,
      envelope({ resultType: 'matrix', result: [{ metric: {}, values: Array<unknown>(11_001).fill([1, '2']) }] }),
      'tooLarge',
      /11001 points of one series, more than/,
    ],
    [200, nestedSample, 'malformed', /the sample \[something that is no text\]/],
  ];
  // Some bodies have megabytes; a test's name is for people.
  it.each(failing.map(([status, body, ...expected]) => [status, body.slice(0, 60), body, expected] as const))(
    '%s %s',
    async (status, _shown, body, [failure, message]) => {
      await expect(answering(status, body)).rejects.toMatchObject({
        failure,
        message: expect.stringMatching(message) as string,
      });
    },
  );

  it('warnings that are no texts are told as such', async () => {
    const body = JSON.stringify({ ...(JSON.parse(vector()) as object), warnings: ['x', { toString: 1 }] });
    expect((await answering(200, body.replace('"x"', nested))).warnings).toEqual([
      'something that is no text',
      'something that is no text',
    ]);
  });

  it('when to ask again is kept', async () => {
    await expect(answering(429, '', { 'retry-after': '30' })).rejects.toMatchObject({ retryAfterMs: 30_000 });
  });

  it('a server that was asked too often is left alone until the time it named', async () => {
    const server = await serveHttp((_request, response) => {
      const isFirst = server.requests.length === 1;
      response.writeHead(isFirst ? 429 : 200, isFirst ? { 'retry-after': '1' } : {}).end(isFirst ? '' : vector());
    });
    try {
      const prometheus = createPrometheus(endpoints, { name: '', url: server.url });
      const ask = () => prometheus.instant('up', { signal: never });
      await expect(ask()).rejects.toMatchObject({
        failure: 'rateLimited',
        message: expect.stringContaining('in 1 s') as string,
      });
      await expect(ask()).rejects.toThrow(
        /is not asked again before \d\d:\d\d:\d\d UTC: it was asked too often \(429\)/,
      );
      expect(server.requests).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 1_050));
      expect((await ask()).series).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it('infinity is a value; native histograms are counted and left out; what the server warns of is told as text', async () => {
    const result = [
      { metric: { job: 'a', odd: 1 }, value: [1, '+Inf'] },
      { metric: { job: 'b' }, histogram: [1, { count: '4', sum: '2', buckets: [] }] },
    ];
    const warnings = ['partial\nresponse: store \u001b[31mdown', 'token=ghp_0123456789abcdefghijklmnopqrstuvwxyzAB'];
    const answer = await answering(
      200,
      JSON.stringify({ status: 'success', data: { resultType: 'vector', result }, warnings }),
    );
    expect(answer.series).toEqual([{ labels: { job: 'a' }, points: [[1, Infinity]] }]);
    expect(answer.warnings[0]).not.toMatch(/\p{Cc}/u);
    expect(answer.warnings[1]).not.toContain('ghp_');
    expect(answer.warnings[2]).toBe('1 native histogram in the answer is no number and left out.');
  });

  it.each<[hours: number, text: string]>([
    [2, 'ahead of'],
    [-2, 'behind'],
  ])('a clock %s h from ours is told', async (hours, text) => {
    const date = new Date(Date.now() + hours * 3_600_000).toUTCString();
    expect((await answering(200, vector(), { date })).warnings).toEqual([
      expect.stringContaining(` ${text} this machine's`),
    ]);
    await server?.close();
    expect((await answering(200, vector())).warnings).toEqual([]);
  });

  it('a redirect elsewhere, no certificate, nothing there, 100 MB, no HTTP', async () => {
    await expect(answering(302, '', { location: 'http://other.example.org/' })).rejects.toMatchObject({
      failure: 'redirect',
    });
    await server?.close();
    server = await serveTls((_request, response) => response.end());
    await expect(askOf(server.url)).rejects.toMatchObject({ failure: 'tls' });
    await expect(askOf(`http://127.0.0.1:${String(await freePort())}`)).rejects.toMatchObject({
      failure: 'connectionRefused',
    });
    await server.close();
    await expect(answering(200, ' '.repeat(17 * 1024 * 1024))).rejects.toMatchObject({ failure: 'tooLarge' });
    await server.close();
    server = await serveSocket((socket) => socket.end('220 mail.example.org ESMTP\r\n'));
    await expect(askOf(server.url)).rejects.toMatchObject({ failure: 'noHttp' });
  });

  it('a body that never ends: ends at once when it is cancelled', async () => {
    server = await serveHttp((_request, response) => {
      response.writeHead(200).write('{');
    });
    const stop = new AbortController();
    const asked = createPrometheus(endpoints, { name: 'shop', url: server.url }).instant('up', { signal: stop.signal });
    setTimeout(() => {
      stop.abort();
    }, 50);
    await expect(asked).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
