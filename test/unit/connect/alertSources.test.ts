import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { AddressMemory } from '../../../src/config/confirmedAddresses.ts';
import { createConfirmedAddresses } from '../../../src/config/confirmedAddresses.ts';
import { signalAddressesOf } from '../../../src/config/signalAddresses.ts';
import { createAlertmanagerAlerts } from '../../../src/connect/alertmanagerAlerts.ts';
import { createEndpoints } from '../../../src/connect/endpoints.ts';
import { createHttp } from '../../../src/connect/http.ts';
import { createPagerDuty } from '../../../src/connect/pagerDuty.ts';
import { createPrometheusAlerts } from '../../../src/connect/prometheusAlerts.ts';
import { isoTimeOf, plusMs } from '../../../src/incident/isoTime.ts';
import type { AlertSource } from '../../../src/signals/alerts/readsAlerts.ts';
import { matchersOf } from '../../../src/signals/alerts/silence.ts';
import { unitedAlerts } from '../../../src/signals/alerts/unitedAlerts.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { freePort, serveHttp } from '../../support/builders/httpServer.ts';
import type { RunningServer } from '../../support/debianServer.ts';
import { hasPrometheus, startAlertmanager, startPrometheus } from '../../support/prometheusServers.ts';

const signal = new AbortController().signal;
const stopped: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopped.splice(0)) await stop();
});

function endpointsWith(memory: AddressMemory = { read: () => [], write: () => Promise.resolve() }) {
  const host = { isTrusted: () => true, confirm: () => Promise.resolve(true) };
  const secrets = { get: (name: string) => Promise.resolve(name === 'PD_TOKEN' ? 's3cr3t' : undefined) };
  const http = createHttp({ timeoutMs: 2000 });
  return createEndpoints(http, secrets, createConfirmedAddresses(host, memory));
}

async function serving(...[listener]: Parameters<typeof serveHttp>): Promise<TestServer> {
  const server = await serveHttp(listener);
  stopped.push(() => server.close());
  return server;
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const until = Date.now() + 30_000; Date.now() < until;) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(100);
  }
  throw new Error('Not seen within 30 s.');
}

describe('a source of alerts', () => {
  const sources: readonly [string, (url: string) => AlertSource][] = [
    ['Alertmanager', (url) => createAlertmanagerAlerts({ name: 'prod', url }, endpointsWith())],
    ['Prometheus', (url) => createPrometheusAlerts({ name: 'prod', url }, endpointsWith())],
    ['PagerDuty', (url) => createPagerDuty({ token: 'secret:PD_TOKEN', services: [], url }, endpointsWith())],
  ];

  describe.each(sources)('%s', (name, create) => {
    it.each([
      [401, 'unauthorized'],
      [403, 'forbidden'],
      [404, 'notFound'],
      [500, 'serverError'],
    ])('that answers %i fails as %s', async (status, failure) => {
      const server = await serving((_request, response) => response.writeHead(status).end('no'));
      await expect(create(server.url).read(signal)).rejects.toMatchObject({ failure });
    });

    it('that says when to come back is heard', async () => {
      const server = await serving((_request, response) => response.writeHead(429, { 'retry-after': '120' }).end());
      await expect(create(server.url).read(signal)).rejects.toMatchObject({
        failure: 'rateLimited',
        retryAfterMs: 120_000,
      });
    });

    it.each(['', 'null', '{"data":7}', '[[', '<html></html>'])('that answers %j has no list', async (body) => {
      const server = await serving((_request, response) => response.end(body));
      await expect(create(server.url).read(signal)).rejects.toMatchObject({ failure: 'malformed' });
    });

    it('that does not listen is refused', async () => {
      const port = await freePort();
      const asked = create(`http://127.0.0.1:${String(port)}`).read(signal);
      await expect(asked).rejects.toMatchObject({ failure: 'connectionRefused' });
    });

    it('that never ends is too late, and cancelled at once', async () => {
      const server = await serving((_request, response) => response.write('['));
      const abort = new AbortController();
      const asked = create(server.url).read(abort.signal);
      setTimeout(() => {
        abort.abort();
      }, 50);
      await expect(asked).rejects.toMatchObject({ reason: 'cancelled' });
    });

    it('elsewhere is not asked before a person said so, and then as it is written', async () => {
      const dataSources = {
        prometheus: name === 'Prometheus' ? [{ name: 'prod', url: 'https://alerts.invalid/base' }] : [],
        alertmanager: name === 'Alertmanager' ? [{ name: 'prod', url: 'https://alerts.invalid/base' }] : [],
        ...(name === 'PagerDuty'
          ? { pagerduty: { token: 'secret:PD_TOKEN', services: [], url: 'https://alerts.invalid/base/' } }
          : {}),
      };
      const keys = signalAddressesOf({ services: [], dataSources, statusPages: [] }).map(({ key }) => key);
      const confirmed = { read: () => keys, write: () => Promise.resolve() };
      const elsewhere = (memory?: AddressMemory): AlertSource => {
        const [server] = [...dataSources.alertmanager, ...dataSources.prometheus];
        const endpoints = endpointsWith(memory);
        if (server === undefined) {
          return createPagerDuty(
            { token: 'secret:PD_TOKEN', services: [], url: 'https://alerts.invalid/base/' },
            endpoints,
          );
        }
        return name === 'Alertmanager'
          ? createAlertmanagerAlerts(server, endpoints)
          : createPrometheusAlerts(server, endpoints);
      };
      await expect(elsewhere().read(signal)).rejects.toMatchObject({ reason: 'needsConfirmation' });
      await expect(elsewhere(confirmed).read(signal)).rejects.toMatchObject({ failure: 'hostNotFound' });
    });
  });
});

describe('PagerDuty', () => {
  it('is asked for open incidents of the services, with the token, in its version', async () => {
    const server = await serving((_request, response) => response.end('{"incidents":[],"more":false}'));
    const source = { token: 'secret:PD_TOKEN', services: ['PS1', 'PS2'], url: server.url };
    await createPagerDuty(source, endpointsWith()).read(signal);
    const [request] = server.requests;
    expect(decodeURIComponent(request?.url ?? '')).toBe(
      '/incidents?statuses[]=triggered&statuses[]=acknowledged&service_ids[]=PS1&service_ids[]=PS2&date_range=all&sort_by=created_at:desc&limit=100',
    );
    expect(request?.headers).toMatchObject({
      authorization: 'Token token=s3cr3t',
      accept: 'application/vnd.pagerduty+json;version=2',
    });
  });

  it.each([
    [250, [0, 100, 200], 250, 0],
    [1234, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900], 1000, 234],
  ])('of %i open incidents reads the pages %j', async (open, pages, listed, left) => {
    const server = await serving(({ url = '' }, response) => {
      const { searchParams } = new URL(url, 'http://a');
      const offset = Number(searchParams.get('offset'));
      // One begins between the first two pages: the last of the first is told again.
      const from = offset === 0 ? 0 : offset - 1;
      const incidents = Array.from({ length: Math.min(100, open - from) }, (_, index) => ({
        ...{ id: `P${String(from + index)}`, title: 'Down', status: 'triggered' },
      }));
      const total = searchParams.get('total') === 'true' ? open + 1 : null;
      response.end(JSON.stringify({ incidents, more: from + 100 < open, total }));
    });
    const source = { token: 'secret:PD_TOKEN', services: [], url: server.url };
    const answer = await createPagerDuty(source, endpointsWith()).read(signal);
    const asked = server.requests.map(({ url = '' }) => Number(new URL(url, 'http://a').searchParams.get('offset')));
    expect(asked).toEqual(pages);
    // With one more at the front, the last page ends one before.
    expect([answer.alerts.length, answer.left]).toEqual([left === 0 ? listed : listed - 1, left === 0 ? 0 : left + 1]);
  });

  it('acknowledges in the name that mayday.yaml gives', async () => {
    const bodies: string[] = [];
    const incident = { id: 'PT4KHLK', title: 'Down', status: 'triggered' };
    const server = await serving((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        if (body !== '') bodies.push(body);
        response.end(JSON.stringify({ incidents: [incident] }));
      });
    });
    const source = { token: 'secret:PD_TOKEN', services: [], url: server.url, from: 'ana@example.org' };
    const duty = createPagerDuty(source, endpointsWith());
    const [alert] = (await duty.read(signal)).alerts;
    expect(duty.acknowledge?.target(alert!)).toBe(
      `PUT ${server.url}/incidents/PT4KHLK, in the name of ana@example.org`,
    );
    await duty.acknowledge?.run(alert!, signal);
    expect(server.requests.at(-1)).toMatchObject({
      method: 'PUT',
      url: '/incidents/PT4KHLK',
      headers: { from: 'ana@example.org', authorization: 'Token token=s3cr3t' },
    });
    expect(JSON.parse(bodies[0] ?? '')).toEqual({
      incident: { id: 'PT4KHLK', type: 'incident_reference', status: 'acknowledged' },
    });
  });

  it('is not told in nobody’s name', async () => {
    const duty = createPagerDuty({ token: 'secret:PD_TOKEN', services: [] }, endpointsWith());
    const alert = { fingerprint: 'PT4KHLK' } as never;
    await expect(duty.acknowledge?.run(alert, signal)).rejects.toMatchObject({
      reason: 'refused',
      hint: 'Write the e-mail of your account at dataSources.pagerduty.from.',
    });
  });
});

const installed = await hasPrometheus();

describe.skipIf(!installed)('real servers', () => {
  const rules = `groups:
  - name: shop
    rules:
      - alert: CheckoutErrors
        expr: vector(1) > 0
        labels: { severity: page, service: checkout }
        annotations: { summary: "Checkout fails", runbook_url: docs/runbook.md }
      - alert: SlowlyPending
        expr: vector(1) > 0
        for: 1h
        labels: { severity: ticket }
`;

  async function running(starting: Promise<RunningServer>): Promise<RunningServer> {
    const server = await starting;
    stopped.push(() => server.stop());
    return server;
  }

  it('tell of one alert once, and a silence silences it there', { timeout: 90_000 }, async () => {
    const manager = await running(startAlertmanager());
    const server = await running(
      startPrometheus({ jobs: {}, rules, alertmanager: `127.0.0.1:${String(manager.port)}` }),
    );
    const alertmanager = createAlertmanagerAlerts({ name: 'prod', url: manager.url }, endpointsWith());
    const prometheus = createPrometheusAlerts({ name: 'prod', url: server.url }, endpointsWith());
    const readBoth = async () => [
      ...(await alertmanager.read(signal)).alerts,
      ...(await prometheus.read(signal)).alerts,
    ];
    const both = await eventually(async () => {
      const alerts = await readBoth();
      const found = alerts.filter(({ name, status }) => name === 'CheckoutErrors' && status === 'active');
      return found.length === 2 ? alerts : undefined;
    });
    const united = unitedAlerts(both);
    expect(united.map(({ kind, name, status }) => [kind, name, status])).toEqual([
      ['alertmanager', 'CheckoutErrors', 'active'],
      ['prometheus', 'SlowlyPending', 'pending'],
    ]);
    const alert = united[0]!;
    expect(alert).toMatchObject({
      summary: 'Checkout fails',
      runbook: { kind: 'file', path: 'docs/runbook.md' },
      labels: { severity: 'page', service: 'checkout' },
    });
    expect(both.find(({ kind }) => kind === 'prometheus')?.link).toContain('/graph?g0.expr=vector%281%29');

    const now = isoTimeOf(Date.now());
    const silence = {
      matchers: matchersOf(alert),
      startsAt: now,
      endsAt: plusMs(now, 3_600_000),
      createdBy: 'Ada Lovelace',
      comment: 'a test',
    };
    const id = await alertmanager.silence!.run(silence, signal);
    const kept = (await (await fetch(`${manager.url}/api/v2/silence/${id}`)).json()) as { status: object };
    expect(kept).toMatchObject({ status: { state: 'active' }, createdBy: 'Ada Lovelace', comment: 'a test' });
    const silenced = await eventually(async () => {
      const [one] = (await alertmanager.read(signal)).alerts;
      return one?.status === 'silenced' ? one : undefined;
    });
    expect(silenced.id).toBe(alert.id);
  });
});
