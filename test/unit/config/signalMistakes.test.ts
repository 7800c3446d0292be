import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/config/diagnostic.ts';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';

const told = (text: string): readonly Diagnostic[] => parseConfiguration(text, 'UTC').diagnostics;
const inService = (yaml: string): string => `services:\n  checkout:\n    ${yaml}\n`;
/** What is marked, and what is said of it. */
const marked = (text: string): readonly string[] =>
  told(text).map(({ severity, line, column, endLine, endColumn, message }) => {
    const row = text.split('\n')[line - 1] ?? '';
    return `${severity} ${row.slice(column - 1, endLine === line ? endColumn - 1 : undefined)} | ${message}`;
  });

describe('a value that does not fit', () => {
  it.each([
    [
      'health: [{tcp: db.example.org}]',
      'error db.example.org',
      'must be a host and a port, such as db.example.org:5432',
    ],
    ['health: [{tcp: "db.example.org:0"}]', 'error "db.example.org:0"', 'must be a host and a port'],
    ['health: [{tcp: "db.example.org:65536"}]', 'error "db.example.org:65536"', 'must be a host and a port'],
    ['health: [{dns: "https://x.example.org"}]', 'error "https://x.example.org"', 'must be a host name without scheme'],
    ['health: [health]', 'error health', 'must be a path such as /health/ready, or an http or https address'],
    ['health: [{url: "https://a.example.org", expect: {status: "200"}}]', 'error "200"', 'expect.status is "200"'],
    ['health: [{url: "https://a.example.org", expect: {status: 42}}]', 'error 42', 'a status of HTTP, such as 200'],
    ['health: [{url: "https://a.example.org", expect: {json: [up]}}]', 'error json', 'a set of paths in the JSON'],
    ['health: [{url: "https://a.example.org", within: fast}]', 'error fast', 'a duration such as 300ms or 2s'],
    ['health: [{url: "https://a.example.org", within: 2h}]', 'error 2h', 'a duration such as 300ms or 2s'],
    [
      'health: [{urll: "https://a.example.org"}]',
      'error urll',
      '"urll" is no key of services.checkout.health[0]. Did you mean "url"?',
    ],
    ['health: [{url: /live, tcp: "a:1"}]', 'error url', 'or a set of keys with url, tcp or dns'],
    ['health: /live', 'error /live', 'must be a list of health checks'],
    ['url: ftp://a.example.org', 'error ftp://a.example.org', 'an http or https address'],
    ['url: https://ana:pw@a.example.org', 'error https://ana:pw@a.example.org', 'without user name and password'],
    ['metrics: /metrics', 'error /metrics', 'a set of keys such as url, selector and queries'],
    ['metrics: {selector: checkout}', 'error checkout', 'label matchers such as job="checkout"'],
    ['metrics: {selector: \'job="a"} or vector(1)\'}', 'error \'job="a"} or vector(1)\'', 'label matchers'],
    ['metrics: {queries: {rate: 5}}', 'error 5', 'a text of 1 to 4000 characters'],
    ['metrics: {queries: {p90: up}}', 'warning p90', 'ignored. Known here: rate, errors, p50, p95, p99.'],
    ['metrics: {queries: {error: up}}', 'warning error', 'ignored. Did you mean "errors"?'],
    ['metrics: {queries: [up]}', 'error queries', 'must be PromQL by what it tells: rate, errors, p50, p95, p99.'],
    ['logs: {acces: [a.log]}', 'warning acces', 'checkout.logs.acces is no key that is known, and is ignored. Did you mean "access"?'], // prettier-ignore
    ['statusPages: {a: b}', 'warning statusPages', 'is no key of services.checkout'],
    ['dependencies: [payments]', 'error dependencies', 'a set of dependencies by their names'],
    ['objectives: [{target: 100}]', 'error 100', 'a percentage from 1 to below 100, such as 99.9'],
    [
      'objectives: [{target: 0.999}]',
      'error 0.999',
      'objectives[0].target is 0.999, but must be in percent: 99.9, not 0.999.',
    ],
    ['objectives: [{target: 0.9995, window: 30d}]', 'error 0.9995', 'must be in percent: 99.95, not 0.9995.'],
    ['objectives: [{target: 0}]', 'error 0', 'a percentage from 1 to below 100, such as 99.9'],
    ['objectives: [{target: -1}]', 'error -1', 'a percentage from 1 to below 100, such as 99.9'],
    ['objectives: [{target: 99.9, window: 0d}]', 'error 0d', 'a number of days or weeks, such as 30d'],
    ['objectives: [{target: 99.9, window: 00w}]', 'error 00w', 'a number of days or weeks, such as 30d'],
    ['objectives: [{target: "99.9"}]', 'error "99.9"', 'objectives[0].target is "99.9"'],
    ['objectives: [{target: 99.9, window: 30}]', 'error 30', 'a number of days or weeks, such as 30d'],
    ['objectives: [{targt: 99.9}]', 'error targt', 'Did you mean "target"?'],
    ['objectives: [{latency: 300ms}]', 'error latency', 'objectives[0].target is missing'],
    ['dashboards: {main: "grafana.example.org/d/1"}', 'error "grafana.example.org/d/1"', 'in which {from}, {to}'],
    ['logs: {access: [5]}', 'error 5', 'a text of 1 to 500 characters'],
    ['owners: "@shop"', 'error "@shop"', 'a list of people or teams'],
  ])('%s: %s, %s', (yaml, where, why) => {
    const [first, ...others] = marked(inService(yaml)).filter((text) => text.startsWith(where.split(' ')[0] ?? ''));
    expect(first).toMatch(new RegExp(`^${escaped(where)} \\| .*${escaped(why)}`));
    expect(others).toEqual([]);
  });

  it.each([
    ['dataSources: {prometheus: "prometheus:9090"}', 'error "prometheus:9090"', 'an http or https address'],
    ['dataSources: {prometheus: {url: 5}}', 'error 5', 'dataSources.prometheus.url is 5'],
    ['dataSources: {prometheus: {address: "http://a"}}', 'error url', 'dataSources.prometheus.url is missing'],
    ['dataSources: {prometheus: ["http://a", {urll: "http://b"}]}', 'error urll', 'Did you mean "url"?'],
    [
      'dataSources: {prometheus: {url: "http://a", headers: {x-scope: 5}}}',
      'error 5',
      'a text of 1 to 1000 characters',
    ],
    ['dataSources: {pagerduty: {token: abc}}', 'error abc', 'the name of a secret, secret:PAGERDUTY_TOKEN'],
    ['dataSources: {pagerduty: {}}', 'error pagerduty', 'dataSources.pagerduty.token is missing'],
    ['statusPages: {stripe: status.example.org}', 'error status.example.org', 'an http or https address'],
    ['statusPages: {stripe: {url: "https://a", kind: fed}}', 'error fed', 'Did you mean "feed"?'],
    ['statusPages: ["https://a"]', 'error statusPages', 'a set of status pages by their names'],
  ])('%s: %s, %s', (yaml, where, why) => {
    const errors = marked(`${yaml}\n`).filter((text) => text.startsWith('error'));
    if (!yaml.includes('address')) expect(errors[0]).toMatch(new RegExp(`^${escaped(where)} \\| `));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(why);
  });
});

describe('what parts of the file say of each other', () => {
  const sources =
    'dataSources:\n  prometheus: [{name: eu, url: "http://eu.example.org"}, {name: us, url: "http://us.example.org"}]\n';
  const pages = 'statusPages: {stripe: "https://status.example.org"}\n';

  it.each([
    [inService('health: [/live]'), 'warning /live | services.checkout.health[0] is a path, and the service has no url'],
    [inService('health: [{url: /live}]'), 'warning /live | services.checkout.health[0].url is a path'],
    [inService('metrics: {url: /metrics}'), 'warning /metrics | services.checkout.metrics.url is a path'],
    [
      inService('dependencies: {db: {health: [/live]}}'),
      'warning /live | services.checkout.dependencies.db.health[0] is a path, and a dependency',
    ],
    [
      inService('url: https://a.example.org\n    dependencies: {db: {health: [/live]}}'),
      'warning /live | services.checkout.dependencies.db.health[0] is a path, and a dependency',
    ],
    [
      inService('dependencies: {stripe: {statusPage: stripe}}'),
      'warning stripe | services.checkout.dependencies.stripe.statusPage is "stripe", but must be the name of one of statusPages. There is none.',
    ],
    [
      pages + inService('dependencies: {stripe: {statusPage: strpe}}'),
      'warning strpe | services.checkout.dependencies.stripe.statusPage is "strpe", but must be the name of one of statusPages. Did you mean "stripe"?',
    ],
    [
      inService('dependencies: {stripe: {components: [API]}}'),
      'warning components | services.checkout.dependencies.stripe.components are those of a status page, and none is named.',
    ],
    [
      sources + inService('metrics: {source: asia}'),
      'warning asia | services.checkout.metrics.source is "asia", but must be the name of one of dataSources.prometheus. Known: eu, us.',
    ],
    [
      sources.replace('name: us', 'name: eu'),
      'warning eu | dataSources.prometheus[1].name is called "eu" as one before it',
    ],
    [
      inService('objectives: [{target: 99.9, good: up}]'),
      'error target | services.checkout.objectives[0] has good without total',
    ],
    [
      inService('objectives: [{target: 99.9, bad: up}]'),
      'error target | services.checkout.objectives[0] has bad without total',
    ],
    [
      inService('objectives: [{target: 99.9, total: up}]'),
      'error target | services.checkout.objectives[0] has total with neither good nor bad',
    ],
    [
      inService('objectives: [{target: 99.9, total: up, good: up, bad: up}]'),
      'error target | services.checkout.objectives[0] has both good and bad',
    ],
    [
      inService('objectives: [{target: 99.9, latency: 1s, total: up, good: up}]'),
      'error target | services.checkout.objectives[0] has both latency and PromQL',
    ],
  ])('%j', (text, expected) => {
    const all = marked(text);
    expect(all).toHaveLength(1);
    expect(all[0]?.startsWith(expected), all[0]).toBe(true);
  });

  it.each([
    inService('url: https://a.example.org\n    health: [/live, {url: /ready}]\n    metrics: {url: /metrics}'),
    inService('health: [https://a.example.org/live, {tcp: "db:5432"}, {dns: a.example.org}]'),
    inService('dependencies: {db: {health: [{tcp: "db:5432"}]}}'),
    pages + inService('dependencies: {stripe: {statusPage: stripe, components: [API]}}'),
    sources + inService('metrics: {source: us}'),
    `dataSources: {prometheus: "http://a.example.org"}\n${inService('metrics: {source: Prometheus}')}`,
    `dataSources: {prometheus: ["http://a.example.org", "http://b.example.org"]}\n${inService('metrics: {source: Prometheus 2}')}`,
    inService('objectives: [{target: 1, window: 1d}, {target: 99.99, window: 05w}]'),
    inService(
      'objectives: [{target: 99.9}, {target: 99, latency: 300ms}, {target: 99, good: up, total: up}, {openslo: slo/*.yaml}]',
    ),
  ])('has nothing against %j', (text) => {
    expect(marked(text)).toEqual([]);
  });
});

describe('fixes', () => {
  it.each([
    ['servces: {}\n', { kind: 'replace', title: 'Write "services"', text: 'services' }],
    [inService('helth: [https://a.example.org]'), { kind: 'replace', text: 'health' }],
    [inService('health: [{urll: "https://a.example.org"}]'), { kind: 'replace', text: 'url' }],
    [inService('owners: shop'), { kind: 'wrap', before: '[', after: ']' }],
    [inService('owners: [5]'), { kind: 'wrap', before: '"', after: '"' }],
    [inService('objectives: [{target: "99.9"}]'), { kind: 'replace', text: '99.9' }],
    [inService('objectives: [{target: 0.999}]'), { kind: 'replace', title: 'Write 99.9', text: '99.9' }],
    [inService('url: localhost:8080'), { kind: 'replace', text: 'http://localhost:8080' }],
    ['statusPages: {stripe: status.example.org}\n', { kind: 'replace', text: 'https://status.example.org' }],
    ['dataSources: {prometheus: "prometheus:9090"}\n', { kind: 'replace', text: 'http://prometheus:9090' }],
    [
      inService('health: [/live]'),
      { kind: 'insert', line: 3, column: 5, before: 'url: ', gap: 'https://', after: '\n    ' },
    ],
    ['services: {checkout: {health: [/live]}}\n', { kind: 'insert', line: 1, column: 23, after: ', ' }],
    [
      inService(
        'version: { url: "https://a.example.org", headers: { x-api-key: "0123456789abcdef0123456789abcdef" } }',
      ),
      { kind: 'secret', text: 'secret:X_API_KEY', secret: 'X_API_KEY' },
    ],
    [
      inService(
        'version: { url: "https://a.example.org", headers: { authorization: "Bearer 0123456789abcdef0123456789" } }',
      ),
      { kind: 'secret', text: 'Bearer secret:AUTHORIZATION', secret: 'AUTHORIZATION' },
    ],
    [
      inService(`metrics: {selector: '{job="x", env="it''s"}'}`),
      { kind: 'replace', title: 'Take the braces away', text: `'job="x", env="it''s"'` },
    ],
    [inService('logs: {acces: [a.log]}'), { kind: 'replace', text: 'access' }],
  ])('%j', (text, fix) => {
    expect(told(text).map((one) => one.fix)).toEqual([expect.objectContaining(fix)]);
  });

  it.each([
    'statusPages: {bank: "https://status.example.org/feed?token=0123456789abcdef0123456789abcdef"}\n',
    inService('health: ["https://ana:0123456789abcdef@a.example.org/live"]'),
    inService('dashboards: {main: "https://a.example.org/d?api_key=0123456789abcdef0123456789abcdef"}'),
  ])('are no secret in an address: %j', (text) => {
    const [credential, ...others] = told(text).filter(({ message }) => message.includes('looks like a credential'));
    expect(credential).not.toHaveProperty('fix');
    expect(credential?.message).toMatch(/An address holds no secret:NAME: put it into headers; then change the cred/);
    expect(others).toEqual([]);
  });

  it('are no keys of later versions', () => {
    expect(told(inService('logs: {access: [a.log], acces: 1, loki: {selector: up}}'))).toEqual([]);
  });

  it('are offered only where it is plain what is meant', () => {
    expect(told(inService('url: some words')).map(({ fix }) => fix)).toEqual([undefined]);
    expect(told(inService('objectives: [{target: 0.005}]')).map(({ fix }) => fix)).toEqual([undefined]);
    expect(told('zebra: 1\n').map(({ fix }) => fix)).toEqual([undefined]);
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
