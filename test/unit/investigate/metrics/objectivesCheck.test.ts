import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Objective } from '../../../../src/config/signalConfiguration.ts';
import { createPrometheus } from '../../../../src/connect/prometheus.ts';
import type { ObjectiveTools } from '../../../../src/investigate/metrics/objectivesCheck.ts';
import { createObjectivesCheck } from '../../../../src/investigate/metrics/objectivesCheck.ts';
import type { SignalContext, TargetService } from '../../../../src/investigate/signalCheck.ts';
import { isoTimeOf } from '../../../../src/incident/isoTime.ts';
import { judgeObservations } from '../../../../src/signals/judgeObservations.ts';
import type { ReadsMetrics } from '../../../../src/signals/metrics/readsMetrics.ts';
import { requestExpressions } from '../../../../src/signals/objectives/requestExpressions.ts';
import { confirmedEndpoints } from '../../../support/builders/endpoints.ts';
import type { TestServer } from '../../../support/builders/httpServer.ts';
import { freePort, serveHttp } from '../../../support/builders/httpServer.ts';
import { requestHistory } from '../../../support/builders/requestHistory.ts';
import { justDeclared } from '../../../support/builders/state.ts';
import type { RunningServer } from '../../../support/debianServer.ts';
import { hasPrometheus, startPrometheus } from '../../../support/prometheusServers.ts';

const hasServer = await hasPrometheus();
const never = new AbortController().signal;
const week = 7 * 1440;

/** An objective in PromQL, of requests that are answered without 5xx. */
const promised = (job: string, changes: Partial<Extract<Objective, { kind: 'queries' }>> = {}): Objective => ({
  kind: 'queries',
  name: 'availability',
  target: 0.999,
  windowDays: 7,
  bad: `sum(rate(http_requests_total{job="${job}",code=~"5.."}[$window]))`,
  total: `http_requests_total{job="${job}"}`,
  ...changes,
});

function service(name: string, more: Partial<TargetService> = {}): TargetService {
  return { name, paths: [], hosts: [], folder: '/shop', objectives: [promised(name)], ...more };
}

const noRequests: ObjectiveTools = {
  metricsOf: () => undefined,
  requestsOf: (service, metrics, signal) => requestExpressions(metrics, service, signal),
  readFiles: () => Promise.resolve({ files: [], problems: [] }),
};

function look(services: readonly TargetService[], tools: Partial<ObjectiveTools>, signal = never, limitMs = 30_000) {
  const clock = () => isoTimeOf(Date.now());
  const context: SignalContext = {
    ...{ state: justDeclared(), now: clock(), clock, impactStart: clock(), limitMs },
    targets: { services, statusPages: [], dataSources: { prometheus: [], alertmanager: [] } },
  };
  return createObjectivesCheck({ ...noRequests, ...tools }).observe(context, signal);
}

describe.skipIf(!hasServer)('objectives of services in a real Prometheus', () => {
  let server: RunningServer;
  let metrics: ReadsMetrics;

  beforeAll(async () => {
    const history = requestHistory([
      { job: 'healthy', sinceMinutes: week, badAt: () => 0.0001 },
      { job: 'fresh', sinceMinutes: week },
      { job: 'fast', sinceMinutes: week, badAt: (minutes) => (minutes < 70 ? 0.03 : 0.0001) },
      { job: 'slow', sinceMinutes: week, badAt: (minutes) => (minutes < 4 * 1440 ? 0.0012 : 0.0001) },
      { job: 'spent', sinceMinutes: week, badAt: (minutes) => (minutes > 5 * 1440 ? 0.01 : 0) },
      { job: 'young', sinceMinutes: 120, badAt: () => 0 },
      { job: 'youngFast', sinceMinutes: 120, badAt: () => 0.05 },
      { job: 'gone', sinceMinutes: week, untilMinutes: 30, badAt: () => 0 },
      { job: 'latent', sinceMinutes: week, badAt: () => 0, slow: 0.05 },
      { job: 'idle', sinceMinutes: week, perSecond: 0, badAt: () => 0 },
    ]);
    server = await startPrometheus({ jobs: {}, history });
    metrics = createPrometheus(confirmedEndpoints(), { name: 'shop', url: server.url });
  }, 120_000);
  afterAll(() => server.stop());

  const seen = async (name: string, objective?: Objective) => {
    const asked = objective === undefined ? service(name) : service(name, { objectives: [objective] });
    const { observations, charts } = await look([asked], { metricsOf: () => metrics });
    expect(observations).toHaveLength(1);
    return { ...observations[0]!, charts };
  };

  it.each([
    ['healthy', 'ok', /^keeps its budget \(1 h: 0\.1×, 6 h: 0\.1×, 3 d: 0\.1×\); 90 % of 7 days left$/],
    ['fresh', 'ok', /^keeps its budget \(1 h: 0×, 6 h: 0×, 3 d: 0×\); 100 % of 7 days left$/],
    [
      'fast',
      'bad',
      /^burns its budget 30× too fast \(1 h: 30×, 5 min: 30×\); 6\d % of 7 days left, gone in 3\.\d hours$/,
    ],
    [
      'slow',
      'suspicious',
      /^burns its budget 1\.2× too fast \(3 d: 1\.2×, 6 h: 1\.2×\); 2\d % of 7 days left, gone in 1\.\d days$/,
    ],
    ['spent', 'ok', /^keeps its budget \(1 h: 0×, 6 h: 0×, 3 d: 0×\); its budget of 7 days is spent \(-1\d\d %\)$/],
    [
      'young',
      'unknown',
      /^is not seen whole: only about (?:2 h|11\d min) of data for 6 h, only about [\d.]+ (?:h|min) of data for 3 d \(.*1 h: 0×.*\); what is left of its budget is unknown: only about .* of data for 7 d$/,
    ],
    [
      'youngFast',
      'bad',
      /^burns its budget 50× too fast \(1 h: 50×, 5 min: 50×\); what is left of its budget is unknown/,
    ],
    ['gone', 'unknown', /^is not seen whole: no data in the last 5 min/],
    ['idle', 'unknown', /^is unknown: no requests in the last 7 d$/],
    ['nobody', 'unknown', /^is unknown: no data in the last 7 d$/],
  ])('%s is %s', async (name, verdict, text) => {
    const { verdict: judged, text: told } = await seen(name);
    expect(told).toMatch(text);
    expect(judged).toBe(verdict);
  });

  it('of 30 days with a week of data: burns as ever, and what is left is unknown', async () => {
    const { verdict, text } = await seen('healthy', promised('healthy', { windowDays: 30 }));
    expect(verdict).toBe('ok');
    expect(text).toMatch(/; what is left of its budget is unknown: only about (?:7|6\.\d|7\.\d) d of data for 30 d$/);
  });

  it('by what is good', async () => {
    const { bad: _, ...rest } = promised('fast') as Extract<Objective, { kind: 'queries' }>;
    const good = 'sum(rate(http_requests_total{job="fast",code!~"5.."}[5m]))';
    expect(await seen('fast', { ...rest, good })).toMatchObject({ verdict: 'bad' });
    const mistyped = { ...rest, good: good.replace('code!~"5.."', 'code="2xx"') };
    expect(await seen('fast', mistyped)).toMatchObject({
      verdict: 'unknown',
      text: 'is unknown: there are requests, but no series matches what counts as good',
    });
  });

  it('says in its details what each window did, which alerts there are, and that nothing matched', async () => {
    const { details, source } = await seen('fresh');
    expect(details).toEqual([
      '5 min: burns 0×, page at 3.4×',
      '30 min: burns 0×, page at 1.4×',
      '1 h: burns 0×, page at 3.4×',
      '6 h: burns 0×, page at 1.4×, ticket at 1×',
      '3 d: burns 0×, ticket at 1×',
      '7 d: burns 0×',
      'No series matches what counts as bad: taken as no errors.',
    ]);
    expect(source).toContain(`shop (${server.url}): bad sum(rate(http_requests_total{job="fresh"`);
  });

  it('draws the burn of the last six hours', async () => {
    const { charts } = await seen('fast');
    expect(charts).toMatchObject([
      { id: 'fast/objective/availability', unit: 'count', title: expect.stringContaining('7 days') as string },
    ]);
    const points = charts?.[0]?.lines[0]?.points ?? [];
    expect(points).toHaveLength(181);
    expect(points[0]?.[1]).toBeCloseTo(0.1, 1);
    expect(points.at(-1)?.[1]).toBeCloseTo(30, 0);
    expect((await seen('nobody')).charts).toBeUndefined();
  });

  it('a query that the server refuses is its own unknown', async () => {
    const services = [
      service('fast', { objectives: [promised('fast'), promised('fast', { name: 'odd', bad: 'sum(($window' })] }),
    ];
    const { observations } = await look(services, { metricsOf: () => metrics });
    expect(observations.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['availability', 'bad'],
      ['odd', 'unknown'],
    ]);
    expect(observations[1]?.text).toContain('does not understand the query');
  });

  it.each<readonly [string, Objective, string, RegExp, string]>([
    [
      'fast',
      { kind: 'availability', name: 'availability', target: 0.999, windowDays: 7 },
      'bad',
      /^burns its budget 30× too fast/,
      'Requests are counted by http_requests_total (Prometheus client) of {job="fast"}.',
    ],
    [
      'latent',
      { kind: 'latency', name: 'latency', target: 0.99, windowDays: 7, thresholdMs: 300 },
      'bad',
      /^burns its budget 5× too fast \(1 h: 5×, 5 min: 5×\)/,
      'Requests within 250 ms are counted by http_request_duration_seconds_bucket, the bucket nearest below 300 ms.',
    ],
    [
      'latent',
      { kind: 'latency', name: 'latency', target: 0.99, windowDays: 7, thresholdMs: 1000 },
      'ok',
      /^keeps its budget \(1 h: 0×/,
      'Requests within 1000 ms are counted by http_request_duration_seconds_bucket.',
    ],
  ])('of recognised requests: %s', async (name, objective, verdict, text, note) => {
    const found = await seen(name, objective);
    expect(found.text).toMatch(text);
    expect(found.verdict).toBe(verdict);
    expect(found.details).toContain(note);
  });

  it.each<readonly [string, Objective, string]>([
    [
      'latent',
      { kind: 'latency', name: 'a', target: 0.9, windowDays: 7, thresholdMs: 50 },
      'no bucket is at or below 50 ms: http_request_duration_seconds_bucket begins at 100 ms',
    ],
    [
      'fast',
      { kind: 'latency', name: 'a', target: 0.9, windowDays: 7, thresholdMs: 50 },
      'the service has no durations of requests',
    ],
    ['nobody', { kind: 'availability', name: 'a', target: 0.9, windowDays: 7 }, 'there are no series of the service'],
  ])('what is not there to be recognised is said: %s %j', async (name, objective, text) => {
    const found = await seen(name, objective);
    expect(found).toMatchObject({ verdict: 'unknown', text: expect.stringContaining(text) as string });
  });

  it('of OpenSLO files', async () => {
    const text = `apiVersion: openslo/v1
kind: SLO
metadata: { name: from-file }
spec:
  indicator:
    spec:
      ratioMetric:
        counter: true
        bad: { metricSource: { type: Prometheus, spec: { query: 'sum(http_requests_total{job="slow",code="503"})' } } }
        total: { metricSource: { type: Prometheus, spec: { query: 'sum(http_requests_total{job="slow"})' } } }
  timeWindow: [{ duration: 1w, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.999 }]
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: sliced }
spec: { budgetingMethod: Timeslices }
`;
    const { observations } = await look(
      [
        service('shop', {
          openSlo: ['slo/*.yaml'],
          objectives: [promised('fast')],
        }),
      ],
      {
        metricsOf: () => metrics,
        readFiles: () => Promise.resolve({ files: [{ path: 'slo/a.yaml', text }], problems: [] }),
      },
    );
    expect(observations.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['OpenSLO', 'unknown'],
      ['availability', 'bad'],
      ['from-file', 'suspicious'],
    ]);
    expect(observations[0]?.text).toBe(
      'slo/a.yaml:18: sliced is not computed: only the budgeting method Occurrences is',
    );
    expect(observations[2]?.details).toContain('Written in slo/a.yaml:13.');
  });
});

describe('what cannot be seen', () => {
  const servers: TestServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close())));
  const reading = (url: string) => createPrometheus(confirmedEndpoints({ timeoutMs: 2_000 }), { name: 'shop', url });

  it('no objectives are no observation, and say so', async () => {
    const { observations, nothing } = await look([service('shop', { objectives: [] })], {});
    expect(judgeObservations(observations, nothing)).toEqual({
      verdict: 'unknown',
      summary: 'No objectives are configured (`objectives` of a service in mayday.yaml).',
    });
  });

  it('no Prometheus', async () => {
    const { observations } = await look([service('shop')], {});
    expect(observations).toMatchObject([
      { verdict: 'unknown', text: expect.stringContaining('no Prometheus is configured') as string },
    ]);
  });

  it.each<readonly [string, Objective, string]>([
    [
      'neither good nor bad',
      { kind: 'queries', name: 'a', target: 0.9, windowDays: 30, total: 'a' },
      'neither good nor bad',
    ],
    ['no range', promised('a', { total: 'a / b' }), 'its total has no range'],
  ])('%s', async (_, objective, text) => {
    const metrics = reading(`http://127.0.0.1:${String(await freePort())}`);
    const { observations } = await look([service('shop', { objectives: [objective] })], { metricsOf: () => metrics });
    expect(observations).toMatchObject([{ verdict: 'unknown', text: expect.stringContaining(text) as string }]);
  });

  it('a server that is not there, or answers with an error', async () => {
    const failing = await serveHttp((_request, response) => response.writeHead(503).end());
    servers.push(failing);
    for (const url of [`http://127.0.0.1:${String(await freePort())}`, failing.url]) {
      const { observations, charts } = await look([service('shop')], { metricsOf: () => reading(url) });
      expect(observations).toMatchObject([
        { verdict: 'unknown', text: expect.stringMatching(/^is unknown: \S/) as string },
      ]);
      expect(charts).toBeUndefined();
    }
  });

  it('a server that never answers ends with the limit', async () => {
    const silent = await serveHttp(() => undefined);
    servers.push(silent);
    const { observations } = await look([service('shop')], { metricsOf: () => reading(silent.url) }, never, 300);
    expect(observations).toMatchObject([
      { verdict: 'unknown', text: expect.stringContaining('was not done within') as string },
    ]);
  });

  it('can be cancelled', async () => {
    const silent = await serveHttp(() => undefined);
    servers.push(silent);
    const controller = new AbortController();
    const looking = look([service('shop')], { metricsOf: () => reading(silent.url) }, controller.signal);
    controller.abort();
    await expect(looking).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
