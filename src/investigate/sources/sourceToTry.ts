import type { Configuration } from '../../config/configuration.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { pagerDutyUrl } from '../../config/signalAddresses.ts';
import type {
  DataSource,
  Endpoint,
  HealthProbe,
  HttpExpectation,
  StatusPageKind,
} from '../../config/signalConfiguration.ts';
import { shownAddress, webAddressOf } from '../../safety/webAddress.ts';
import type { WindowedQuery } from '../../signals/objectives/promqlWindow.ts';
import { queriesToTry } from './queriesToTry.ts';

/** What is tried: an address, or files of a folder. */
export type SourceTarget =
  | {
      readonly kind: 'http';
      readonly endpoint: Endpoint;
      readonly expect?: HttpExpectation;
      readonly assumed?: true;
    }
  | { readonly kind: 'metrics'; readonly endpoint: Endpoint; readonly assumed?: true }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'dns'; readonly host: string }
  | { readonly kind: 'prometheus' | 'alertmanager' | 'pagerduty'; readonly endpoint: Endpoint }
  /** The series of a service in Prometheus. */
  | { readonly kind: 'selector'; readonly endpoint: Endpoint; readonly selector: string }
  /** PromQL that a team gave, or why none can be made of it; `mayBeEmpty`: no series is an answer, too. */
  | {
      readonly kind: 'query';
      readonly server: DataSource;
      readonly query: WindowedQuery;
      readonly mayBeEmpty: boolean;
    }
  | { readonly kind: 'statusPage'; readonly endpoint: Endpoint; readonly page?: StatusPageKind }
  | { readonly kind: 'accessLogs' | 'openslo'; readonly folder: string; readonly globs: readonly string[] };

/** One source of mayday.yaml. */
export interface SourceToTry {
  /** Unique: `checkout/health/0`. */
  readonly id: string;
  /** Whose it is: a service, a dependency, a kind of server. */
  readonly subject: string;
  readonly name: string;
  /** The address or glob, for people; without what may be a key. */
  readonly source: string;
  readonly target: SourceTarget;
}

/** Everything that a folder's mayday.yaml names and a look could fail at, in its order. */
export function sourcesToTry(
  { services, dataSources, statusPages }: Pick<Configuration, 'services' | 'dataSources' | 'statusPages'>,
  folder: string,
): readonly SourceToTry[] {
  const { prometheus, alertmanager, pagerduty } = dataSources;
  return [
    ...services.flatMap((service) => ofService(service, prometheus, folder)),
    ...prometheus.map((one) => server('Prometheus', 'prometheus', one)),
    ...alertmanager.map((one) => server('Alertmanager', 'alertmanager', one)),
    ...(pagerduty === undefined ? [] : [pagerDuty(pagerduty)]),
    ...statusPages.map(({ name, kind, ...endpoint }): SourceToTry => ({
      ...{ id: `statusPage/${name}`, subject: 'status page', name, source: shown(endpoint.url) },
      target: { kind: 'statusPage', endpoint, ...(kind === undefined ? {} : { page: kind }) },
    })),
  ];
}

function ofService(
  { name, health = [], metrics, objectives, dependencies = [], accessLogs, openSlo }: Configuration['services'][number],
  prometheus: Configuration['dataSources']['prometheus'],
  folder: string,
): readonly SourceToTry[] {
  const { endpoint, selector, source } = metrics ?? {};
  const server = source === undefined ? prometheus[0] : prometheus.find((one) => one.name === source);
  const globs = (
    kind: 'accessLogs' | 'openslo',
    title: string,
    listed: readonly string[] | undefined,
  ): SourceToTry[] =>
    listed === undefined || listed.length === 0
      ? []
      : [
          {
            ...{ id: `${name}/${kind}`, subject: name, name: title, source: listed.join(', ') },
            target: { kind, folder, globs: listed },
          },
        ];
  return [
    ...health.map((one, index) => probe(name, `${name}/health/${String(index)}`, one)),
    ...(endpoint === undefined ? [] : [metricsOf(name, endpoint)]),
    ...(selector === undefined || server === undefined
      ? []
      : [
          {
            ...{ id: `${name}/selector`, subject: name, name: 'series', source: `{${selector}} in ${server.name}` },
            target: { kind: 'selector', endpoint: server, selector } as const,
          },
        ]),
    ...queriesToTry({ name, ...definedFields({ metrics, objectives }) }, server),
    ...dependencies.flatMap((one) =>
      one.health.map((each, index) => probe(`${name} → ${one.name}`, `${name}/${one.name}/${String(index)}`, each)),
    ),
    ...globs('accessLogs', 'access logs', accessLogs),
    ...globs('openslo', 'OpenSLO files', openSlo),
  ];
}

function probe(subject: string, id: string, one: HealthProbe): SourceToTry {
  if (one.kind === 'dns') {
    return { id, subject, name: `DNS of ${one.host}`, source: one.host, target: { kind: 'dns', host: one.host } };
  }
  if (one.kind === 'tcp') {
    const source = `${one.host}:${String(one.port)}`;
    return { id, subject, name: `TCP ${source}`, source, target: { kind: 'tcp', host: one.host, port: one.port } };
  }
  const { url, headers, expect, assumed } = one;
  return {
    ...{ id, subject, name: webAddressOf(url)?.pathname ?? url, source: shown(url) },
    target: {
      ...{ kind: 'http', endpoint: { url, ...(headers === undefined ? {} : { headers }) } },
      ...(expect === undefined ? {} : { expect }),
      ...(assumed === undefined ? {} : { assumed }),
    },
  };
}

function metricsOf(subject: string, { assumed, ...endpoint }: Endpoint & { readonly assumed?: true }): SourceToTry {
  return {
    ...{ id: `${subject}/metrics`, subject, name: 'metrics', source: shown(endpoint.url) },
    target: { kind: 'metrics', endpoint, ...(assumed === undefined ? {} : { assumed }) },
  };
}

function server(
  subject: string,
  kind: 'prometheus' | 'alertmanager',
  { name, ...endpoint }: Configuration['dataSources']['prometheus'][number],
): SourceToTry {
  return { id: `${kind}/${name}`, subject, name, source: shown(endpoint.url), target: { kind, endpoint } };
}

function pagerDuty({ url = pagerDutyUrl, token }: NonNullable<Configuration['dataSources']['pagerduty']>): SourceToTry {
  const endpoint: Endpoint = { url, headers: { authorization: `Token token=${token}` } };
  return {
    ...{ id: 'pagerduty', subject: 'PagerDuty', name: 'PagerDuty' },
    source: shown(url),
    target: { kind: 'pagerduty', endpoint },
  };
}

function shown(url: string): string {
  const address = webAddressOf(url);
  return address === undefined ? url : shownAddress(address);
}
