import { afterEach, describe, expect, it } from 'vitest';
import { createConfirmedAddresses } from '../../../../src/config/confirmedAddresses.ts';
import { signalAddressesOf } from '../../../../src/config/signalAddresses.ts';
import type { DependencyConfiguration, HealthProbe, StatusPage } from '../../../../src/config/signalConfiguration.ts';
import { createDependencyProbes } from '../../../../src/connect/dependencyProbes.ts';
import { createDns } from '../../../../src/connect/dns.ts';
import { createEndpoints } from '../../../../src/connect/endpoints.ts';
import { createHttp } from '../../../../src/connect/http.ts';
import { createDependenciesCheck } from '../../../../src/investigate/dependencies/dependenciesCheck.ts';
import type { SignalContext, TargetService } from '../../../../src/investigate/signalCheck.ts';
import { judgeObservations, worstFirst } from '../../../../src/signals/judgeObservations.ts';
import { startDnsServer } from '../../../support/builders/dnsServer.ts';
import type { TestServer } from '../../../support/builders/httpServer.ts';
import { freePort, serveHttp, serveSocket, serveTls } from '../../../support/builders/httpServer.ts';
import { justDeclared } from '../../../support/builders/state.ts';

const now = '2026-11-30T10:00:00.000Z';
const closing: (() => unknown)[] = [];
const secrets = { get: (name: string) => Promise.resolve(name === 'SHOP_TOKEN' ? 's3cr3t' : undefined) };

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function kept(server: Promise<TestServer>): Promise<TestServer> {
  const made = await server;
  closing.push(() => made.close());
  return made;
}

const answering = (status: number, body: string | Buffer = '', headers: Record<string, string> = {}) =>
  kept(serveHttp((_request, response) => response.writeHead(status, headers).end(body)));

interface Wish {
  readonly services?: readonly Partial<TargetService>[];
  readonly statusPages?: readonly StatusPage[];
  readonly limitMs?: number;
  readonly signal?: AbortSignal;
  readonly dns?: string;
  readonly unconfirmed?: boolean;
}

/** The check with everything real but the person's word and the name server. */
async function look({ services = [], statusPages = [], limitMs = 10_000, signal, dns, unconfirmed = false }: Wish) {
  const targets = {
    services: services.map((service) => ({ name: 'checkout', paths: [], hosts: [], folder: '/shop', ...service })),
    statusPages,
    dataSources: { prometheus: [], alertmanager: [] },
  };
  const keys = unconfirmed ? [] : signalAddressesOf(targets).map(({ key }) => key);
  const host = { isTrusted: () => true, confirm: () => Promise.resolve(false) };
  const addresses = createConfirmedAddresses(host, { read: () => keys, write: () => Promise.resolve() });
  const endpoints = createEndpoints(createHttp(), secrets, addresses);
  const resolver = createDns(dns === undefined ? {} : { servers: [dns] });
  const check = createDependenciesCheck(createDependencyProbes(endpoints, addresses, resolver));
  const context: SignalContext = {
    ...{ state: justDeclared(), now, clock: () => now, targets, limitMs },
    impactStart: '2026-11-30T09:30:00.000Z',
  };
  return check.observe(context, signal ?? new AbortController().signal);
}

async function told(wish: Wish): Promise<readonly string[]> {
  const { observations } = await look(wish);
  return observations.map(({ id, subject, name, verdict, text }) => `${id} = ${verdict}: ${subject} ${name} ${text}`);
}

const http = (url: string, more: Partial<Extract<HealthProbe, { kind: 'http' }>> = {}): HealthProbe => ({
  ...{ kind: 'http', url },
  ...more,
});
const dependency = (more: Partial<DependencyConfiguration>): DependencyConfiguration => ({
  ...{ name: 'stripe', health: [], components: [] },
  ...more,
});

it('nothing configured: it says what to configure', async () => {
  const { observations, nothing } = await look({});
  expect(judgeObservations(observations, nothing)).toEqual({
    verdict: 'unknown',
    summary:
      'Nothing to look at is named in mayday.yaml: give a service its url or health, its dependencies, or statusPages (Set Up This Workspace proposes them).',
  });
});

it('the drill: the database is told by the endpoint itself, a path that is not there says nothing', async () => {
  const { url } = await kept(
    serveHttp((request, response) => {
      if (request.url !== '/health/ready') return response.writeHead(404).end();
      const database = { status: 'down', error: 'timeout: no free connection within 1000 ms' };
      return response.writeHead(503).end(JSON.stringify({ status: 'down', checks: { database } }));
    }),
  );
  const health = ['/health/live', '/health/ready'].map((path) => http(`${url}${path}`, { assumed: true }));
  const { observations, nothing } = await look({ services: [{ url, health }] });
  expect(observations.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['checkout/health/live', 'notApplicable'],
    ['checkout/health/ready', 'bad'],
  ]);
  expect(judgeObservations(observations, nothing)).toEqual({
    verdict: 'bad',
    summary: 'checkout /health/ready answers 503: database down (timeout: no free connection within 1000 ms).',
  });
});

describe('every source fails in every way, and the others go on', () => {
  const failing: Readonly<Record<string, readonly [() => Promise<string>, string, RegExp]>> = {
    refused: [async () => `http://127.0.0.1:${String(await freePort())}`, 'bad', /refuses the connection/],
    'DNS failure': [
      () => Promise.resolve('http://nowhere.invalid'),
      'unknown',
      /host name .* was not found \(DNS\)\. Check/,
    ],
    'TLS of nobody known': [
      async () => (await kept(serveTls((_q, r) => r.end()))).url,
      'unknown',
      /\(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    ],
    'TLS expired': [
      async () => (await kept(serveTls((_q, r) => r.end(), { from: '20200101', to: '20261101' }))).url,
      'bad',
      /its certificate expired on 2026-11-01/,
    ],
    '401': [async () => (await answering(401)).url, 'unknown', /asks who is there \(401\)/],
    '403': [async () => (await answering(403)).url, 'unknown', /refuses to tell \(403\)/],
    '404': [async () => (await answering(404)).url, 'bad', /answers 404$/],
    '429': [
      async () => (await answering(429, '', { 'retry-after': '30' })).url,
      'unknown',
      /\(429\), and may be asked again in 30 s/,
    ],
    '500': [async () => (await answering(500)).url, 'bad', /answers 500$/],
    'a redirect elsewhere': [
      async () => (await answering(302, '', { location: 'http://elsewhere.example.org/' })).url,
      'unknown',
      /redirects to http:\/\/elsewhere.example.org\/, which nobody confirmed/,
    ],
    'a body that never ends': [
      async () => {
        const timers: NodeJS.Timeout[] = [];
        closing.push(() => {
          timers.forEach(clearInterval);
        });
        const server = serveHttp((_request, response) => {
          response.writeHead(200);
          timers.push(setInterval(() => response.write('x'), 20));
        });
        return (await kept(server)).url;
      },
      'bad',
      /does not answer within 1.2 s/,
    ],
    silence: [async () => (await kept(serveSocket(() => undefined))).url, 'bad', /does not answer within 1.2 s/],
    '100 MB': [async () => (await answering(200, Buffer.alloc(100 * 1024 * 1024, 'x'))).url, 'unknown', /larger than/],
    'malformed JSON': [
      async () => (await answering(200, '{"status":')).url,
      'bad',
      /something else where JSON is expected/,
    ],
    'HTML instead of JSON': [
      async () => (await answering(200, '<html>')).url,
      'bad',
      /a page of HTML where JSON is expected/,
    ],
    nothing: [async () => (await answering(200)).url, 'bad', /nothing where JSON is expected/],
    'no HTTP': [async () => (await kept(serveSocket((s) => s.end('220 mail\r\n')))).url, 'bad', /not HTTP/],
    'a connection closed at once': [
      async () => (await kept(serveSocket((socket) => socket.once('data', () => socket.destroy())))).url,
      'bad',
      /closes the connection/,
    ],
    'no address at all': [() => Promise.resolve('/health'), 'unknown', /Only http and https addresses/],
  };

  it.each(Object.entries(failing))('a health endpoint: %s', async (_what, [start, verdict, text]) => {
    const good = await answering(200, '{"status":"up"}');
    const expect_ = { json: { status: 'up' } };
    const health = [http(await start(), { expect: expect_ }), http(`${good.url}/up`, { expect: expect_ })];
    const { observations } = await look({ services: [{ health }], limitMs: 1500 });
    expect(observations[0]).toMatchObject({ subject: 'checkout', verdict });
    expect(observations[0]?.text).toMatch(text);
    expect(observations[1]).toMatchObject({ verdict: 'ok' });
  });

  const pages: Readonly<Record<string, RegExp>> = {
    refused: /refused the connection/,
    'DNS failure': /not found \(DNS\)/,
    'TLS of nobody known': /TLS.*was not accepted/,
    'TLS expired': /TLS.*was not accepted/,
    '401':
      /summary.json asks who is there \(401\), \/index.json asks who is there \(401\), the page asks who is there \(401\)/,
    '403': /refuses to tell \(403\)/,
    '404': /is not there \(404\)/,
    '429': /^is unknown: \/api\/v2\/summary.json was asked too often \(429\), and may be asked again in 30 s$/,
    '500': /answers 500/,
    'a redirect elsewhere': /which nobody confirmed/,
    'a body that never ends': /did not answer within 1.2 s/,
    silence: /did not answer within 1.2 s/,
    '100 MB': /larger than/,
    'malformed JSON': /no summary of Statuspage, .*no summary of Better Stack, the page is no feed/,
    'HTML instead of JSON': /a page of HTML, no JSON, .*a page of HTML, no feed/,
    nothing: /is empty/,
  };
  it.each(Object.entries(pages))('a status page: %s', async (what, text) => {
    const good = await answering(200, '{"status":"up"}');
    const [start] = failing[what] ?? [];
    const statusPages = [{ name: 'stripe', url: (await start?.()) ?? '' }];
    const { observations } = await look({ services: [{ health: [http(good.url)] }], statusPages, limitMs: 1500 });
    expect(observations.map(({ verdict }) => verdict)).toEqual(['ok', 'unknown']);
    expect(observations[1]).toMatchObject({ id: 'stripe/status', subject: 'stripe', name: 'status page' });
    expect(observations[1]?.text).toMatch(text);
  });
});

it('is cancelled at once', async () => {
  const { url } = await kept(serveSocket(() => undefined));
  const { port } = new URL(url);
  const ending = new AbortController();
  const health: HealthProbe[] = [
    http(url),
    http(url.replace('http:', 'https:')),
    { kind: 'tcp', host: '192.0.2.1', port: Number(port) },
  ];
  const looking = look({ services: [{ health }], statusPages: [{ name: 'a', url }], signal: ending.signal });
  setTimeout(() => {
    ending.abort();
  }, 100);
  await expect(looking).rejects.toMatchObject({ reason: 'cancelled' });
});

it('nothing is asked that nobody confirmed', async () => {
  const health: HealthProbe[] = [
    http('https://api.example.org/health'),
    { kind: 'tcp', host: 'db.example.org', port: 5432 },
    { kind: 'dns', host: 'db.example.org' },
  ];
  const statusPages = [{ name: 'stripe', url: 'https://status.example.org' }];
  const found = await told({ services: [{ health }], statusPages, unconfirmed: true });
  expect(found).toHaveLength(4);
  for (const line of found)
    expect(line).toMatch(
      /= unknown: .* was not asked: nobody confirmed that in this workspace yet\. Run "Incident: Confirm Addresses…" once$/,
    );
});

it('headers are sent with their secrets, and one that is not set is told', async () => {
  const server = await answering(200);
  const headers = { authorization: 'Bearer secret:SHOP_TOKEN' };
  const missing = { authorization: 'Bearer secret:OTHER_TOKEN' };
  const found = await told({
    services: [{ health: [http(`${server.url}/a`, { headers }), http(`${server.url}/b`, { headers: missing })] }],
  });
  expect(server.requests.map(({ url, headers: sent }) => [url, sent.authorization])).toEqual([['/a', 'Bearer s3cr3t']]);
  expect(found[1]).toContain('unknown: checkout');
  expect(found[1]).toContain('The secret OTHER_TOKEN is not set on this machine');
});

it('what is slow is asked once more: slow once is chance', async () => {
  let asked = 0;
  const server = await kept(
    serveHttp((_request, response) => {
      setTimeout(() => response.end(), asked++ === 0 ? 600 : 0);
    }),
  );
  const [line] = await told({ services: [{ health: [http(server.url, { withinMs: 500 })] }] });
  expect(line).toMatch(/= ok: .* answers 200 in \d+ ms$/);
  const slow = await kept(serveHttp((_request, response) => setTimeout(() => response.end(), 60)));
  const [again] = await told({ services: [{ health: [http(slow.url, { withinMs: 30 })] }] });
  expect(again).toMatch(/= suspicious: .* answers 200 in \d+ ms, slower than 30 ms$/);
  expect(slow.requests).toHaveLength(2);
});

describe('dependencies', () => {
  it('TCP: a port that takes connections, and one that does not', async () => {
    const { port } = await kept(serveSocket(() => undefined));
    const closed = await freePort();
    const health: HealthProbe[] = [port, closed].map((one) => ({ kind: 'tcp', host: '127.0.0.1', port: one }));
    const found = await told({ services: [{ dependencies: [dependency({ name: 'database', health })] }] });
    expect(found[0]).toMatch(
      new RegExp(
        `^checkout/database/127.0.0.1:${String(port)} = ok: database 127.0.0.1:${String(port)} takes connections, in \\d+ ms$`,
      ),
    );
    expect(found[1]).toMatch(/= bad: .* refuses the connection: nothing listens there$/);
  });

  it('DNS: by the name servers of this machine, as evidence of the topic', async () => {
    const server = await startDnsServer({ 'db.example.org': [{ type: 'A', data: '192.0.2.7' }] });
    closing.push(() => server.close());
    const health: HealthProbe[] = [
      { kind: 'dns', host: 'db.example.org', addresses: ['192.0.2.7'] },
      { kind: 'dns', host: 'gone.example.org' },
    ];
    const { observations } = await look({
      services: [{ dependencies: [dependency({ health })] }],
      dns: server.address,
    });
    expect(observations).toMatchObject([
      { id: 'checkout/stripe/DNS/db.example.org', verdict: 'ok', text: 'resolves to 192.0.2.7', topic: 'dns' },
      { verdict: 'bad', text: 'does not exist (NXDOMAIN)', topic: 'dns' },
    ]);
  });

  it('DNS: a name server that says nothing is not waited for', async () => {
    const server = await startDnsServer({ 'db.example.org': 'silence' });
    closing.push(() => server.close());
    const health: HealthProbe[] = [{ kind: 'dns', host: 'db.example.org' }];
    const [line] = await told({ services: [{ health }], dns: server.address, limitMs: 1000 });
    expect(line).toBe(
      'checkout/DNS/db.example.org = unknown: checkout DNS db.example.org could not be resolved: no name server answered in time',
    );
  });

  const summaryOf = (components: readonly object[]) =>
    JSON.stringify({ page: { name: 'Stripe' }, components, incidents: [], status: { indicator: 'none' } });
  const api = (status: string, updated_at = '2026-11-30T09:20:00Z') => ({ id: 'a', name: 'API', status, updated_at });

  it('a status page is fetched once for all who use it, and none refers to is looked at as a whole', async () => {
    const server = await kept(
      serveHttp((request, response) => {
        if (request.url !== '/api/v2/summary.json') return response.writeHead(404).end();
        return response.end(summaryOf([api('major_outage'), { id: 'b', name: 'Webhooks', status: 'operational' }]));
      }),
    );
    const statusPages = [
      { name: 'stripe', url: `${server.url}/` },
      { name: 'github', url: `${server.url}/feed.rss` },
    ];
    const services = [
      { name: 'checkout', dependencies: [dependency({ statusPage: 'stripe', components: ['api'] })] },
      {
        name: 'orders',
        dependencies: [
          dependency({ statusPage: 'stripe', components: ['Webhooks'] }),
          dependency({ name: 'mail', statusPage: 'mailer' }),
        ],
      },
    ];
    expect(await told({ services, statusPages })).toEqual([
      'checkout/stripe/status/API = bad: stripe API has a major outage since 09:20 UTC, says its status page',
      'orders/stripe/status/Webhooks = ok: stripe Webhooks is operational, says its status page',
      'github/status = unknown: github status page is unknown: the page is not there (404)',
      'orders/mail/status = unknown: mail status page is unknown: statusPages of mayday.yaml names no "mailer"',
    ]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/api/v2/summary.json', '/feed.rss']);
  });

  it.each([
    ['Better Stack', '/index.json', JSON.stringify({ data: { attributes: { aggregate_state: 'operational' } } })],
    ['a feed', '/', '<rss><channel></channel></rss>'],
  ])('the kind of a page is found out: %s', async (_what, path, body) => {
    const server = await kept(
      serveHttp((request, response) =>
        request.url === path ? response.end(body) : response.writeHead(404).end('<html>'),
      ),
    );
    const { observations } = await look({ statusPages: [{ name: 'shop', url: server.url }] });
    expect(observations).toMatchObject([{ id: 'shop/status', verdict: 'ok', link: server.url }]);
  });

  it('what got worse within the window comes before what has been yellow for a week', async () => {
    const pageOf = async (status: string, since: string) =>
      (await kept(serveHttp((_request, response) => response.end(summaryOf([api(status, since)]))))).url;
    const statusPages = [
      { name: 'week', url: await pageOf('major_outage', '2026-11-23T09:00:00Z') },
      { name: 'yesterday', url: await pageOf('partial_outage', '2026-11-29T20:00:00Z') },
      { name: 'fresh', url: await pageOf('degraded_performance', '2026-11-30T09:25:00Z') },
    ];
    const { observations, nothing } = await look({ statusPages });
    expect(worstFirst(observations).map(({ subject }) => subject)).toEqual(['fresh', 'yesterday', 'week']);
    expect(judgeObservations(observations, nothing)).toEqual({
      verdict: 'suspicious',
      summary:
        'fresh API is degraded since 09:25 UTC, says its status page; yesterday API has a partial outage since 29 Nov 20:00 UTC, says its status page; 1 more.',
    });
  });

  it('hostile names are one plain line each, and two alike have ids of their own', async () => {
    const name = 'API\u202e\n[x](command:quit)';
    const body = summaryOf([
      { id: 'a', name, status: 'major_outage' },
      { id: 'b', name, status: 'major_outage' },
    ]);
    const server = await kept(serveHttp((_request, response) => response.end(body)));
    const { observations } = await look({ statusPages: [{ name: 'shop', url: server.url }] });
    expect(new Set(observations.map(({ id }) => id)).size).toBe(2);
    for (const { id, name: shown } of observations) expect(id + shown).not.toMatch(/[\n\u202e]/);
  });
});
