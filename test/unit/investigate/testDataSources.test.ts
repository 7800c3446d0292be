import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createConfirmedAddresses } from '../../../src/config/confirmedAddresses.ts';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';
import { createDns } from '../../../src/connect/dns.ts';
import { createEndpoints } from '../../../src/connect/endpoints.ts';
import { createHttp } from '../../../src/connect/http.ts';
import { createTriesSources } from '../../../src/connect/sources/triesSources.ts';
import type { TriedSources } from '../../../src/investigate/sources/testDataSources.ts';
import { createTestDataSources } from '../../../src/investigate/sources/testDataSources.ts';
import type { TestContext } from '../../support/builders/context.ts';
import { createTestContext } from '../../support/builders/context.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { freePort, serveHttp, serveSocket } from '../../support/builders/httpServer.ts';
import type { RunningServer } from '../../support/debianServer.ts';
import {
  hasPrometheus,
  startAlertmanager,
  startNodeExporter,
  startPrometheus,
} from '../../support/prometheusServers.ts';
import { createTemporaryFolder } from '../../support/temporaryFolder.ts';

let context: TestContext;
let folder: string;
const servers: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  ({ path: folder } = await createTemporaryFolder('mayday-sources-'));
});
beforeEach(async () => {
  context = await createTestContext();
});
afterEach(async () => {
  await context.dispose();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const serve = async (
  answers: Readonly<Record<string, readonly [status: number, body: string]>>,
): Promise<TestServer> => {
  const server = await serveHttp(({ url = '' }, response) => {
    const [status, body] = answers[url.split('?')[0] ?? ''] ?? [404, 'no'];
    response.writeHead(status).end(body);
  });
  servers.push(server);
  return server;
};

async function tested(
  yaml: string,
  secrets: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<TriedSources> {
  const { configuration } = parseConfiguration(yaml, 'UTC');
  if (configuration === undefined) throw new Error(yaml);
  const host = { isTrusted: () => true, confirm: () => Promise.resolve(false) };
  const addresses = createConfirmedAddresses(host, { read: () => [], write: () => Promise.resolve() });
  const endpoints = createEndpoints(createHttp(), { get: (name) => Promise.resolve(secrets[name]) }, addresses);
  const useCase = createTestDataSources({
    folders: () => [folder],
    configurationOf: () => Promise.resolve(configuration),
    addresses,
    tries: createTriesSources(endpoints, createDns(), addresses),
    elapsed: () => performance.now(),
  });
  return context.run(useCase, {}, signal);
}

const brief = ({ sources }: TriedSources): readonly string[] =>
  sources.map(({ subject, name, outcome, text }) => `${outcome} ${subject} · ${name}: ${text}`);

describe('a service', () => {
  it('with a url alone is looked at where services usually have it', async () => {
    const { url } = await serve({
      '/health/live': [200, '{}'],
      '/metrics': [200, '# TYPE up gauge\nup 1\nx{a="} 3"} NaN\n'],
    });
    const result = await tested(`services: { shop: { url: "${url}" } }`);
    expect(brief(result)).toEqual([
      'answered shop · /health/live: answers 200',
      'absent shop · /health/ready: is not there: the service has no /health/ready; it is only where services usually have it',
      'answered shop · metrics: exposes 2 samples',
    ]);
    expect(result).toMatchObject({ answered: 2, failed: 0 });
  });

  it.each([
    ['/ok', '', 'answered', 'answers 200'],
    ['/down', '', 'failed', 'answers 503'],
    ['/secret', '', 'failed', 'is unknown: it asks who is there (401); give the headers it needs in mayday.yaml, secrets by name only'], // prettier-ignore
    ['/down', 'expect: { status: 503 }', 'answered', 'answers 503'],
    ['/ok', 'expect: { status: 204 }', 'failed', 'answers 200, not 204: fine'],
    ['/ok', 'expect: { text: up }', 'failed', 'answers 200, but does not contain "up"'],
    ['/json', 'expect: { json: { checks.database.status: up } }', 'failed', 'answers 200, but has checks.database.status "down", not "up"'], // prettier-ignore
    ['/json', 'expect: { status: 200 }', 'answered', 'answers 200, but database down'],
    ['/gone', '', 'failed', 'answers 404: no'],
  ])('health %s {%s}: %s, %s', async (path, more, outcome, text) => {
    const json = '{"checks":{"database":{"status":"down"}}}';
    const { url } = await serve({
      ...{ '/ok': [200, 'fine'], '/down': [503, ''], '/secret': [401, ''], '/json': [200, json] },
    });
    const probe = `{ url: "${url}${path}"${more === '' ? '' : `, ${more}`} }`;
    expect(brief(await tested(`services: { shop: { health: [${probe}] } }`))).toEqual([
      `${outcome} shop · ${path}: ${text}`,
    ]);
  });

  it('whose metrics are a page of HTML is told so', async () => {
    const { url } = await serve({ '/m': [200, '<html>up 1</html>'], '/n': [200, '{}'] });
    const [first] = (await tested(`services: { shop: { metrics: { url: "${url}/m" } } }`)).sources;
    expect(first).toMatchObject({ outcome: 'failed', text: 'gives a page of HTML where metrics were expected' });
    expect(first?.hint).toContain('metrics.url');
    const [second] = (await tested(`services: { shop: { metrics: { url: "${url}/n" } } }`)).sources;
    expect(second?.text).toBe('gives no sample where metrics were expected');
  });

  it('and its dependencies are reached over TCP', async () => {
    const open = await serveSocket(() => undefined);
    servers.push(open);
    const yaml = `services: { shop: { dependencies: { db: { health: [{ tcp: "127.0.0.1:${String(open.port)}" }, { tcp: "127.0.0.1:${String(await freePort())}" }] } } } }`;
    expect(brief(await tested(yaml)).map((text) => text.replace(/\d{4,5}/, 'N'))).toEqual([
      'answered shop → db · TCP 127.0.0.1:N: takes connections',
      'failed shop → db · TCP 127.0.0.1:N: refuses the connection: nothing listens there',
    ]);
  });

  it('and its files are counted', async () => {
    await mkdir(join(folder, 'logs/old'), { recursive: true });
    const request = '198.51.100.7 - - [23/Nov/2026:06:00:00 +0000] "GET / HTTP/1.1" 200 5';
    for (const file of ['logs/a.log', 'logs/old/c.log']) await writeFile(join(folder, file), `${request}\nx\n`);
    await writeFile(join(folder, 'logs/b.log'), 'x\n');
    await writeFile(join(folder, 'slo.yaml'), 'kind: SLO\n---\nkind: SLO\n');
    const yaml = `services: { shop: { logs: { access: ["logs/*.log"] }, objectives: [{ openslo: slo.yaml }] }, web: { logs: { access: ["logs/**/*.log", "web/*.log"] } } }`;
    expect(brief(await tested(yaml)).map((text) => text.replace(/at \d.*Z/, 'at T'))).toEqual([
      'answered shop · access logs: match 2 files, 1 of their last 3 lines are requests, none in logs/b.log, written last at T',
      'answered shop · OpenSLO files: match 1 file, 2 objectives',
      'failed web · access logs: no file of the workspace folder matches web/*.log; the others match 3 files',
    ]);
  });

  it.each([
    ['that are no requests', ['x', 'y'], 'match 1 file, and none of their last 2 lines is a request that can be read'],
    ['that are empty', [], 'match 1 file, without a whole line'],
  ])('whose logs have lines %s failed', async (_, lines, text) => {
    await writeFile(join(folder, 'web.log'), lines.map((line) => `${line}\n`).join(''));
    const yaml = 'services: { web: { logs: { access: ["web.log"] } } }';
    expect(brief(await tested(yaml))).toEqual([`failed web · access logs: ${text}`]);
  });

  it('whose files cannot be read, or are compressed, failed', async () => {
    await writeFile(join(folder, 'old.log.gz'), 'x');
    await symlink('nowhere', join(folder, 'lost.log'));
    await symlink('nowhere', join(folder, 'lost.yaml'));
    const yaml = `services: { web: { logs: { access: [lost.log] }, objectives: [{ openslo: lost.yaml }] }, old: { logs: { access: [old.log.gz] } } }`;
    expect(brief(await tested(yaml))).toEqual([
      expect.stringMatching(/^failed web · access logs: lost\.log could not be read: ENOENT/),
      expect.stringMatching(/^failed web · OpenSLO files: lost\.yaml could not be read: ENOENT/),
      'failed old · access logs: match compressed files only, which are not read',
    ]);
  });

  it('is told what the PromQL of its own gives', async () => {
    const series = (...values: readonly string[]) =>
      values.map((value, index) => ({ metric: { route: String(index) }, value: [1_700_000_000, value] }));
    const answers: Readonly<Record<string, readonly object[]>> = {
      ...{ rate_of_all: series('0.5'), 'sum(sum(rate(good_total[5m])))': series('0.4') },
      ...{ by_route: series('1', '2'), 'sum(sum(rate(all_total[5m])))': series('0.5') },
    };
    const prometheus = await serveHttp(({ url: asked = '' }, response) => {
      const query = new URL(asked, 'http://a').searchParams.get('query') ?? '';
      const isBroken = query.startsWith('broken');
      const error = { status: 'error', errorType: 'bad_data', error: 'parse error: unclosed left parenthesis' };
      const data = { resultType: 'vector', result: answers[query] ?? [] };
      response.writeHead(isBroken ? 400 : 200).end(JSON.stringify(isBroken ? error : { status: 'success', data }));
    });
    servers.push(prometheus);
    const queries = `{ rate: rate_of_all, errors: no_errors_yet, p50: by_route, p95: "broken(", p99: no_such_name }`;
    const objectives = `[{ target: 99.9, name: orders, good: good_total, total: all_total }, { target: 99, name: cards, bad: up, total: "up + 1" }]`;
    const yaml = `dataSources: { prometheus: "${prometheus.url}" }\nservices: { shop: { metrics: { queries: ${queries} }, objectives: ${objectives} } }`;
    const result = await tested(yaml);
    expect(brief(result).filter((text) => text.includes('shop'))).toEqual([
      'answered shop · metrics.queries.rate: gives 0.5',
      'answered shop · metrics.queries.errors: gives no series now, as before the first error',
      'answered shop · metrics.queries.p50: gives 2 series',
      expect.stringMatching(/^failed shop · metrics\.queries\.p95: .*unclosed left parenthesis/),
      'failed shop · metrics.queries.p99: gives no series now',
      'answered shop · total of orders: gives 0.5',
      'answered shop · good of orders: gives 0.4',
      'failed shop · total of cards: has no range: write [$window] where the length of a window goes',
      'answered shop · bad of cards: gives no series now, as before the first error',
    ]);
    expect(result.sources[0]?.source).toBe('rate_of_all in Prometheus');
  });
});

describe('servers', () => {
  it('that refuse, are not what they should be, or want a token are told apart, and the others go on', async () => {
    const html = await serve({ '/': [200, '<html>'], '/api/v1/query': [200, '<html>'], '/api/v2/status': [200, '{}'] });
    const locked = await serve({ '/api/v1/status/buildinfo': [401, ''] });
    const yaml = `dataSources:
  prometheus:
    - { name: page, url: "${html.url}" }
    - { name: locked, url: "${locked.url}" }
    - { name: gone, url: "http://127.0.0.1:${String(await freePort())}" }
    - { name: unset, url: "${html.url}", headers: { authorization: "Bearer secret:NOT_SET" } }
  alertmanager: "${html.url}"
`;
    const { sources, failed } = await tested(yaml);
    expect(failed).toBe(5);
    const textOf = (name: string) => sources.find((one) => one.name === name)?.text;
    expect(textOf('page')).toMatch(/gave a page of HTML where JSON was expected/);
    expect(textOf('locked')).toMatch(/401/);
    expect(textOf('gone')).toMatch(/refused the connection/);
    expect(textOf('unset')).toMatch(/The secret NOT_SET is not set/);
    expect(textOf('Alertmanager')).toBe('answers, but not as Alertmanager does');
  });

  it('of PagerDuty are asked with the token, which is nowhere in the result', async () => {
    const pagerduty = await serve({ '/abilities': [200, '{"abilities": ["sso", "teams"]}'] });
    const yaml = `dataSources: { pagerduty: { token: "secret:PD", url: "${pagerduty.url}" } }`;
    const result = await tested(yaml, { PD: 'tok-en-123456' });
    expect(brief(result)).toEqual(['answered PagerDuty · PagerDuty: takes the token (2 abilities)']);
    expect(pagerduty.requests[0]?.headers.authorization).toBe('Token token=tok-en-123456');
    expect(JSON.stringify(result)).not.toContain('tok-en-123456');
  });

  it.each([
    [
      '/',
      { '/': [200, '<html>'], '/api/v2/summary.json': [200, '{"page":{"name":"S"},"components":[{},{}]}'] },
      'answered',
      'is a Statuspage with 2 components',
    ],
    [
      '/',
      { '/': [200, '<html>'], '/index.json': [200, '{"data":{"attributes":{"aggregate_state":"operational"}}}'] },
      'answered',
      'is a Better Stack page, operational',
    ],
    ['/feed.xml', { '/feed.xml': [200, '<?xml version="1.0"?><rss version="2.0">'] }, 'answered', 'is a feed'],
    ['/', { '/': [200, '<html>'] }, 'failed', 'answers, and is no kind of status page that is known'],
  ] as const)('status page at %s of %j', async (path, answers, outcome, text) => {
    const { url } = await serve(answers);
    expect(brief(await tested(`statusPages: { stripe: "${url}${path}" }`))).toEqual([
      `${outcome} status page · stripe: ${text}`,
    ]);
  });

  it('that nobody confirmed are not asked', async () => {
    await expect(tested('statusPages: { a: https://status.invalid }')).rejects.toMatchObject({
      reason: 'needsConfirmation',
      message: expect.stringContaining('https://status.invalid/') as string,
    });
  });

  it('that never answer end with the person who waits', async () => {
    const silent = await serveHttp(() => undefined);
    servers.push(silent);
    const stop = new AbortController();
    const running = tested(`services: { shop: { url: "${silent.url}" } }`, {}, stop.signal);
    setTimeout(() => {
      stop.abort();
    }, 50);
    await expect(running).rejects.toMatchObject({ reason: 'cancelled' });
  });
});

describe('the document', () => {
  it('begins with what failed, and shows strangers’ text as text', async () => {
    const { url } = await serve({ '/health/live': [200, ''], '/health/ready': [503, ''] });
    const { document } = await tested(
      `services: { "shop": { url: "${url}", health: [/health/live, "/health/ready", "/a](command:x)"] } }`,
    );
    expect(document).toMatch(/^# Data sources of mayday\.yaml\n\nTried at .*\n\n## Failed: 2\n/);
    expect(document).toContain('✗ **shop · /health/ready**');
    expect(document).toContain('## Answered: 1');
    expect(document).not.toContain('](command:');
  });

  it('says when there is nothing to try', async () => {
    expect((await tested('people: []')).document).toContain('names nothing that can be tried');
  });
});

describe('real servers', { timeout: 60_000 }, () => {
  const running: RunningServer[] = [];
  afterAll(async () => {
    await Promise.all(running.map((server) => server.stop()));
  });

  it('say who they are and what they have', async (test) => {
    if (!(await hasPrometheus())) return test.skip();
    const exporter = await startNodeExporter();
    running.push(exporter);
    const prometheus = await startPrometheus({ jobs: { node: [new URL(exporter.url).host] } });
    running.push(prometheus);
    const alertmanager = await startAlertmanager();
    running.push(alertmanager);
    const yaml = `
dataSources: { prometheus: "${prometheus.url}", alertmanager: "${alertmanager.url}" }
services:
  node: { metrics: { url: "${exporter.url}/metrics", selector: 'job="node"' } }
  none: { metrics: { selector: 'job="none"' } }
`;
    let result = await tested(yaml);
    for (let tries = 0; tries < 50 && result.failed > 1; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      result = await tested(yaml);
    }
    const told = brief(result);
    expect(told[0]).toMatch(/^answered node · metrics: exposes \d{2,} samples$/);
    expect(told[1]).toMatch(/^answered node · series: fits \d{2,} series$/);
    expect(told[2]).toBe('failed none · series: fits no series now');
    expect(told[3]).toMatch(/^answered Prometheus · Prometheus: is Prometheus \d+\.\d+\.\d+\S*, \d+ series, 1 target$/);
    expect(told[4]).toMatch(/^answered Alertmanager · Alertmanager: is Alertmanager \d+\.\d+\.\d+/);
  });
});
