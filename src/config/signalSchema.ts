import * as z from 'zod';
import { isHostName } from '../safety/outsideNames.ts';
import { webAddressOf } from '../safety/webAddress.ts';
import { keys, listOf, text, words } from './leafSchemas.ts';
import { millisecondsOf } from './milliseconds.ts';
import { percentOf } from './percentOf.ts';
import { metricQueries, statusPageKinds } from './signalConfiguration.ts';

/** An address that may be asked. */
export const webAddress = text(
  (value) => webAddressOf(value) !== undefined,
  'an http or https address without user name and password',
);
const addressOrPath = text(
  (value) => /^\/[^\s]{0,500}$/.test(value) || webAddressOf(value) !== undefined,
  'a path such as /health/ready, or an http or https address',
);

/** Headers of a request by name. */
export const headers = z
  .record(
    text((value) => /^[\w-]{1,100}$/.test(value), 'the name of a header, such as x-version'),
    words(1000),
    { error: 'a set of header names with their values' },
  )
  .meta({ description: 'Sent with the request. Secrets by name only: `Authorization: Bearer secret:SHOP_TOKEN`.' });

const duration = z
  .union(
    [
      z.number().positive().max(3_600_000),
      z
        .string()
        .refine((value) => millisecondsOf(value) !== undefined)
        .transform((value) => millisecondsOf(value) ?? 0),
    ],
    { error: 'a duration such as 300ms or 2s, or a number of milliseconds' },
  )
  .meta({ description: 'A duration such as `300ms` or `2s`.' });

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'a text, a number, true or false' });

const expectation = keys(
  {
    status: z
      .number({ error: 'a status of HTTP, such as 200' })
      .int({ error: 'a status of HTTP, such as 200' })
      .min(100, { error: 'a status of HTTP, such as 200' })
      .max(599, { error: 'a status of HTTP, such as 200' })
      .exactOptional(),
    json: z
      .record(words(200), scalar, { error: 'a set of paths in the JSON with their values, such as status: up' })
      .meta({ description: 'Fields of the JSON by path: `checks.database.status: up`.' })
      .exactOptional(),
    text: words(500).meta({ description: 'A text that the body contains.' }).exactOptional(),
  },
  'a set of keys: status, json or text',
);

const hostAndPort = text((value) => {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(value) ?? [];
  return host !== undefined && (isHostName(host) || host === '[::1]') && Number(port) > 0 && Number(port) < 65_536;
}, 'a host and a port, such as db.example.org:5432');

const httpProbe = keys(
  {
    url: addressOrPath,
    headers: headers.exactOptional(),
    expect: expectation.exactOptional(),
    within: duration.meta({ description: 'Slower is suspicious: `500ms`.' }).exactOptional(),
  },
  'a path, an address, or a set of keys with url, tcp or dns',
);
const tcpProbe = keys({ tcp: hostAndPort, within: duration.exactOptional() }, 'tcp and, if need be, within');
const hostName = text(isHostName, 'a host name without scheme and port, such as api.example.org');
const dnsProbe = keys(
  {
    dns: hostName,
    addresses: listOf(words(100), { of: 'addresses' })
      .meta({ description: 'What it must resolve to, in any order.' })
      .exactOptional(),
  },
  'dns and, if need be, addresses',
);

const probe = z.union([addressOrPath, httpProbe, tcpProbe, dnsProbe], {
  error: 'a path such as /health/ready, an address, or a set of keys with url, tcp or dns',
});

/** `health` of a service or a dependency. */
export const healthSchema = listOf(probe, { of: 'health checks', max: 50 }).meta({
  description:
    'Paths, addresses, `{tcp: host:port}` or `{dns: host}`. /health/live and /health/ready of `url` when absent.',
});

const promql = words(4000).meta({ description: 'PromQL.' });

/** `metrics` of a service. */
export const serviceMetricsSchema = keys(
  {
    url: addressOrPath
      .meta({ description: 'What the service exposes for Prometheus; `/metrics` when absent.' })
      .exactOptional(),
    headers: headers.exactOptional(),
    source: words(60).meta({ description: 'The name of one of `dataSources.prometheus`.' }).exactOptional(),
    selector: text(isSelector, 'label matchers such as job="checkout"')
      .meta({ description: 'Label matchers of its series: `job="checkout",env="prod"`.' })
      .exactOptional(),
    queries: z
      .partialRecord(z.enum(metricQueries), promql, {
        // The type of zod leaves out that a record of an enum tells of keys, as an object does.
        error: ({ code }: { readonly code: string }) =>
          code === 'unrecognized_keys'
            ? metricQueries.join(' ')
            : `PromQL by what it tells: ${metricQueries.join(', ')}`,
      })
      .meta({
        description:
          'PromQL in place of what is recognised: rate (per second), errors (0 to 1), p50, p95, p99 (seconds).',
      })
      .exactOptional(),
  },
  'a set of keys such as url, selector and queries',
);

/** `dependencies` of a service. */
export const dependenciesSchema = z
  .record(
    words(60),
    keys(
      {
        health: healthSchema.exactOptional(),
        statusPage: words(60).meta({ description: 'The name of one of `statusPages`.' }).exactOptional(),
        components: listOf(words(200), { of: 'components' })
          .meta({ description: 'The components of the status page that matter; all when absent.' })
          .exactOptional(),
      },
      'a set of keys: health, statusPage and components',
    ),
    { error: 'a set of dependencies by their names' },
  )
  .meta({ description: 'What the service needs, by name.' });

const percentage = 'a percentage from 1 to below 100, such as 99.9';
/** OpenSLO and others write shares of 1: as a percentage, 0.999 would promise next to nothing. */
const percent = z
  .number({ error: percentage })
  .gte(1, {
    error: ({ input }) =>
      typeof input === 'number' && input >= 0.01
        ? `in percent: ${String(percentOf(input))}, not ${String(input)}`
        : percentage,
  })
  .lt(100, { error: percentage });

/** `objectives` of a service. */
export const objectivesSchema = listOf(
  z.union(
    [
      keys({ openslo: words(500) }, 'openslo with a path'),
      keys(
        {
          name: words(100).exactOptional(),
          target: percent.meta({ description: 'In percent: 99.9.' }),
          window: text((value) => /^(?!0+[dw])\d{1,3}[dw]$/.test(value), 'a number of days or weeks, such as 30d')
            .meta({ description: 'Over which it is promised: `30d`.' })
            .exactOptional(),
          latency: duration.meta({ description: 'Requests answered within this time count as good.' }).exactOptional(),
          good: promql.exactOptional(),
          bad: promql.exactOptional(),
          total: promql.exactOptional(),
        },
        'a set of keys such as target, window and latency',
      ),
    ],
    { error: 'target with window, latency or queries; or openslo with a path' },
  ),
  { of: 'objectives', max: 50 },
).meta({
  description: 'What is promised: `{target: 99.9, window: 30d}`, with `latency` or PromQL; or `{openslo: slo/*.yaml}`.',
});

/** `dashboards` of a service. */
export const dashboardsSchema = z
  .record(
    words(60),
    text(
      (value) => webAddressOf(value.replace(/\{(?:from|to|fromIso|toIso|service)\}/g, '0')) !== undefined,
      'an http or https address in which {from}, {to}, {fromIso}, {toIso} and {service} are filled in',
    ),
    { error: 'a set of addresses by their names' },
  )
  .meta({
    description:
      'Dashboards by name. `{from}` and `{to}` (milliseconds), `{fromIso}`, `{toIso}`, `{service}` are filled in.',
  });

/** `logs` of a service; what later versions read of it is taken as it is. */
export const logsSchema = z.looseObject(
  {
    access: listOf(words(500), { of: 'globs of files' })
      .meta({ description: 'Access logs (common, combined or JSON), relative to the workspace folder.' })
      .exactOptional(),
  },
  { error: 'a set of keys such as access' },
);

const server = keys(
  {
    name: words(60).exactOptional(),
    url: webAddress,
    headers: headers.exactOptional(),
  },
  'an address, or a set of keys: url, and if need be name and headers',
);
const serverOrAddress = z.union([webAddress, server], {
  error: 'an http or https address, or url with name and headers',
});
const servers = (of: string) =>
  z
    .union([serverOrAddress, listOf(serverOrAddress, { of, max: 20 })], { error: `the address of ${of}, or a list` })
    .meta({ description: `Where ${of} answers. A person confirms the address once per workspace.` });

/** `dataSources` of mayday.yaml. */
export const dataSourcesSchema = keys(
  {
    prometheus: servers('Prometheus').exactOptional(),
    alertmanager: servers('Alertmanager').exactOptional(),
    pagerduty: keys(
      {
        token: text(
          (value) => /^secret:[A-Za-z_]\w{0,99}$/.test(value),
          'the name of a secret, secret:PAGERDUTY_TOKEN',
        ),
        from: words(200)
          .meta({ description: 'E-mail of the account in whose name alerts are acknowledged.' })
          .exactOptional(),
        services: listOf(words(60), { of: 'ids of services' })
          .meta({ description: 'Ids of services in PagerDuty; all when absent.' })
          .exactOptional(),
        url: webAddress.exactOptional(),
      },
      'a set of keys: token, from and services',
    ).exactOptional(),
    loki: z.unknown().optional(),
    elasticsearch: z.unknown().optional(),
    kubernetes: z.unknown().optional(),
  },
  'a set of keys such as prometheus and alertmanager',
);

/** `statusPages` of mayday.yaml. */
export const statusPagesSchema = z.record(
  words(60),
  z.union(
    [
      webAddress,
      keys(
        {
          url: webAddress,
          kind: z.enum(statusPageKinds, { error: `one of ${statusPageKinds.join(', ')}` }).exactOptional(),
        },
        'url and kind',
      ),
    ],
    { error: 'an http or https address, or url with kind' },
  ),
  { error: 'a set of status pages by their names' },
);

/** Label matchers alone: no bracket closes them, and what they match is text. */
export function isSelector(value: string): boolean {
  const matcher = String.raw`[a-zA-Z_]\w*\s*(?:=~|!~|!=|=)\s*"(?:[^"\\\n]|\\.)*"`;
  return value.length <= 500 && new RegExp(`^\\s*${matcher}(?:\\s*,\\s*${matcher})*\\s*,?\\s*$`).test(value);
}
