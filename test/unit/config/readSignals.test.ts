import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../src/config/configuration.ts';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';
import { signalAddressesOf, signalSecretsOf } from '../../../src/config/signalAddresses.ts';

const read = (text: string): Configuration => {
  const { configuration, diagnostics } = parseConfiguration(text, 'UTC');
  expect(diagnostics).toEqual([]);
  return configuration!;
};
const service = (yaml: string) => read(`services:\n  checkout:\n    ${yaml}\n`).services[0]!;

describe('the signals of a service', () => {
  it('with a url alone are where services usually have them, and said to be assumed', () => {
    expect(service('url: https://shop.example.org/')).toEqual({
      name: 'checkout',
      paths: [],
      hosts: [],
      url: 'https://shop.example.org',
      health: [
        { kind: 'http', url: 'https://shop.example.org/health/live', assumed: true },
        { kind: 'http', url: 'https://shop.example.org/health/ready', assumed: true },
      ],
      metrics: { endpoint: { url: 'https://shop.example.org/metrics', assumed: true } },
    });
  });

  it('without url and without a word are none', () => {
    expect(service('paths: [src/**]')).toEqual({ name: 'checkout', paths: ['src/**'], hosts: [] });
  });

  it.each([
    ['/live', { kind: 'http', url: 'https://shop.example.org/live' }],
    ['https://other.example.org/live', { kind: 'http', url: 'https://other.example.org/live' }],
    ['{url: /live, within: 500ms}', { kind: 'http', url: 'https://shop.example.org/live', withinMs: 500 }],
    ['{url: /live, within: 250}', { kind: 'http', url: 'https://shop.example.org/live', withinMs: 250 }],
    [
      '{url: /live, headers: {x-probe: "1"}, expect: {status: 204, json: {a.b: true, c: 1}, text: up}}',
      {
        kind: 'http',
        url: 'https://shop.example.org/live',
        headers: { 'x-probe': '1' },
        expect: { status: 204, json: { 'a.b': true, c: 1 }, text: 'up' },
      },
    ],
    ['{tcp: "db.example.org:5432", within: 1s}', { kind: 'tcp', host: 'db.example.org', port: 5432, withinMs: 1000 }],
    ['{tcp: "[::1]:6379"}', { kind: 'tcp', host: '[::1]', port: 6379 }],
    ['{dns: api.example.org}', { kind: 'dns', host: 'api.example.org' }],
    [
      '{dns: api.example.org, addresses: [192.0.2.1]}',
      { kind: 'dns', host: 'api.example.org', addresses: ['192.0.2.1'] },
    ],
  ])('read the probe %s', (written, probe) => {
    expect(service(`url: https://shop.example.org\n    health: [${written}]`).health).toEqual([probe]);
  });

  it('have no assumed probe where health is written, even when it is empty', () => {
    expect(service('url: https://shop.example.org\n    health: []').health).toBeUndefined();
  });

  it.each([
    ['{url: /internal/metrics}', { endpoint: { url: 'https://shop.example.org/internal/metrics' } }],
    [
      '{url: "https://m.example.org/x", headers: {a: b}}',
      { endpoint: { url: 'https://m.example.org/x', headers: { a: 'b' } } },
    ],
    [
      `{selector: 'job="checkout"', queries: {rate: up, p99: up}}`,
      {
        endpoint: { url: 'https://shop.example.org/metrics', assumed: true },
        selector: 'job="checkout"',
        queries: { rate: 'up', p99: 'up' },
      },
    ],
  ])('read metrics %s', (written, metrics) => {
    expect(service(`url: https://shop.example.org\n    metrics: ${written}`).metrics).toEqual(metrics);
  });

  it.each([
    ['{target: 99.9}', { kind: 'availability', name: 'checkout availability', target: 0.999, windowDays: 30 }],
    ['{target: 99, window: 4w, name: Pay}', { kind: 'availability', name: 'Pay', target: 0.99, windowDays: 28 }],
    [
      '{target: 95, window: 7d, latency: 300ms}',
      { kind: 'latency', name: 'checkout latency below 300 ms', target: 0.95, windowDays: 7, thresholdMs: 300 },
    ],
    [
      '{target: 99, good: a, total: b}',
      { kind: 'queries', name: 'checkout availability', target: 0.99, windowDays: 30, good: 'a', total: 'b' },
    ],
  ])('read the objective %s', (written, objective) => {
    const [read] = service(`objectives: [${written}]`).objectives ?? [];
    expect(read?.target).toBeCloseTo(objective.target, 10);
    expect({ ...read, target: objective.target }).toEqual(objective);
  });

  it('read the rest', () => {
    expect(
      service(
        'objectives: [{openslo: slo/*.yaml}]\n    logs: {access: [logs/*.log], errors: later}\n    owners: ["@shop"]\n    dashboards: {Main: "https://g.example.org/d?from={from}"}\n    dependencies: {db: {health: [{tcp: "db:5432"}]}}',
      ),
    ).toEqual({
      name: 'checkout',
      paths: [],
      hosts: [],
      openSlo: ['slo/*.yaml'],
      accessLogs: ['logs/*.log'],
      owners: ['@shop'],
      dashboards: [{ name: 'Main', url: 'https://g.example.org/d?from={from}' }],
      dependencies: [{ name: 'db', health: [{ kind: 'tcp', host: 'db', port: 5432 }], components: [] }],
    });
  });
});

describe('data sources', () => {
  it.each([
    ['"http://a.example.org/"', [{ name: 'Prometheus', url: 'http://a.example.org' }]],
    ['{name: eu, url: "http://a.example.org"}', [{ name: 'eu', url: 'http://a.example.org' }]],
    [
      '["http://a.example.org", {url: "http://b.example.org/p/", headers: {x: y}}]',
      [
        { name: 'Prometheus 1', url: 'http://a.example.org' },
        { name: 'Prometheus 2', url: 'http://b.example.org/p', headers: { x: 'y' } },
      ],
    ],
  ])('prometheus: %s', (written, sources) => {
    expect(read(`dataSources: {prometheus: ${written}}\n`).dataSources.prometheus).toEqual(sources);
  });

  it('are empty when there are none, and status pages keep their order', () => {
    const { dataSources, statusPages } = read('statusPages: {b: "https://b", a: {url: "https://a", kind: feed}}\n');
    expect(dataSources).toEqual({ prometheus: [], alertmanager: [] });
    expect(statusPages).toEqual([
      { name: 'b', url: 'https://b' },
      { name: 'a', url: 'https://a', kind: 'feed' },
    ]);
  });
});

describe('addresses', () => {
  const addresses = (text: string) => signalAddressesOf(read(text)).map((one) => one.text);

  it.each(['http://127.0.0.1:9090', 'http://localhost:9090', 'http://[::1]:9090', 'http://127.1:9090'])(
    '%s is on this machine, and needs no word',
    (url) => {
      const text = `dataSources: {prometheus: "${url}", alertmanager: "${url}"}\nstatusPages: {a: "${url}"}\nservices: {checkout: {url: "${url}"}}\n`;
      expect(addresses(text)).toEqual([]);
    },
  );

  it('are named with the secrets that go there, each once', () => {
    const text = `
dataSources:
  prometheus: { url: "https://prom.example.org", headers: { authorization: "Bearer secret:PROM_TOKEN", x-org: "secret:ORG" } }
  alertmanager: https://am.example.org
  pagerduty: { token: secret:PD_TOKEN }
statusPages: { stripe: https://status.example.org }
services:
  checkout:
    url: https://shop.example.org
    health: [/live, { tcp: "db.example.org:5432" }, { tcp: "localhost:1" }, { dns: api.example.org }, { url: /live }]
    dependencies: { pay: { health: ["https://pay.example.org/health"] } }
`;
    expect(addresses(text)).toEqual([
      'https://shop.example.org/live',
      'TCP connection to db.example.org:5432',
      'DNS lookup of api.example.org',
      'https://pay.example.org/health',
      'https://shop.example.org/metrics',
      'https://prom.example.org/, sending the secrets ORG, PROM_TOKEN',
      'https://am.example.org/',
      'https://status.example.org/',
      'https://api.pagerduty.com/, sending the secret PD_TOKEN',
    ]);
    expect(signalSecretsOf(read(text))).toEqual(['ORG', 'PD_TOKEN', 'PROM_TOKEN']);
  });

  it.each(['db.1', '1.2.3.256', 'foo.0x7f', '1.2.3.4.5'])(
    'of TCP with the host %s, which no address may have, are asked about',
    (host) => {
      const text = `services:\n  checkout:\n    health: [{ tcp: "${host}:5432" }]\n`;
      expect(addresses(text)).toEqual([`TCP connection to ${host}:5432`]);
    },
  );

  it('must be confirmed anew when another secret goes there', () => {
    const key = (secret: string) =>
      signalAddressesOf(
        read(`dataSources: {prometheus: {url: "https://p.example.org", headers: {a: "secret:${secret}"}}}\n`),
      )[0]?.key;
    expect(key('A')).not.toBe(key('B'));
  });
});
