import type * as z from 'zod';
import type {
  DataSource,
  DependencyConfiguration,
  HealthProbe,
  Objective,
  ServiceMetricsConfiguration,
  ServiceSignals,
  SignalsConfiguration,
} from './signalConfiguration.ts';
import type {
  dashboardsSchema,
  dataSourcesSchema,
  dependenciesSchema,
  healthSchema,
  logsSchema,
  objectivesSchema,
  serviceMetricsSchema,
  statusPagesSchema,
} from './signalSchema.ts';

/** What the file says of a service's signals. */
export interface WrittenSignals {
  readonly url?: string | undefined;
  readonly health?: z.output<typeof healthSchema> | undefined;
  readonly metrics?: z.output<typeof serviceMetricsSchema> | undefined;
  readonly logs?: z.output<typeof logsSchema> | undefined;
  readonly dependencies?: z.output<typeof dependenciesSchema> | undefined;
  readonly objectives?: z.output<typeof objectivesSchema> | undefined;
  readonly dashboards?: z.output<typeof dashboardsSchema> | undefined;
  readonly owners?: readonly string[] | undefined;
}

/** The signals of a service with what the file leaves out: a `url` alone means the usual health and metrics paths. */
export function readServiceSignals(name: string, written: WrittenSignals): ServiceSignals {
  const { logs, dependencies, objectives = [], dashboards, owners } = written;
  const url = written.url?.replace(/\/+$/, '');
  const health = written.health?.map((probe) => readProbe(probe, url)) ?? assumedProbes(url);
  const metrics = readMetrics(written.metrics, url);
  const openSlo = objectives.flatMap((objective) => ('openslo' in objective ? [objective.openslo] : []));
  const own = objectives.flatMap((objective) => ('openslo' in objective ? [] : [readObjective(name, objective)]));
  return {
    ...(url === undefined ? {} : { url }),
    ...(health.length === 0 ? {} : { health }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(logs?.access === undefined ? {} : { accessLogs: logs.access }),
    ...(dependencies === undefined ? {} : { dependencies: readDependencies(dependencies) }),
    ...(own.length === 0 ? {} : { objectives: own }),
    ...(openSlo.length === 0 ? {} : { openSlo }),
    ...(dashboards === undefined
      ? {}
      : { dashboards: Object.entries(dashboards).map(([title, address]) => ({ name: title, url: address })) }),
    ...(owners === undefined ? {} : { owners }),
  };
}

/** Servers and status pages in the order of the file. */
export function readSources({
  dataSources = {},
  statusPages = {},
}: {
  readonly dataSources?: z.output<typeof dataSourcesSchema> | undefined;
  readonly statusPages?: z.output<typeof statusPagesSchema> | undefined;
}): SignalsConfiguration {
  const { prometheus, alertmanager, pagerduty } = dataSources;
  return {
    dataSources: {
      prometheus: readServers(prometheus, 'Prometheus'),
      alertmanager: readServers(alertmanager, 'Alertmanager'),
      ...(pagerduty === undefined ? {} : { pagerduty: { ...pagerduty, services: pagerduty.services ?? [] } }),
    },
    statusPages: Object.entries(statusPages).map(([name, page]) =>
      typeof page === 'string' ? { name, url: page } : { name, ...page },
    ),
  };
}

type WrittenProbe = z.output<typeof healthSchema>[number];

function readProbe(probe: WrittenProbe, base: string | undefined): HealthProbe {
  if (typeof probe === 'string') return { kind: 'http', url: absolute(probe, base) };
  if ('dns' in probe) {
    const { dns, addresses } = probe;
    return { kind: 'dns', host: dns, ...(addresses === undefined ? {} : { addresses }) };
  }
  const within = probe.within === undefined ? {} : { withinMs: probe.within };
  if ('tcp' in probe) {
    const at = probe.tcp.lastIndexOf(':');
    return { kind: 'tcp', host: probe.tcp.slice(0, at), port: Number(probe.tcp.slice(at + 1)), ...within };
  }
  const { url, headers, expect } = probe;
  return {
    ...{ kind: 'http', url: absolute(url, base), ...within },
    ...(headers === undefined ? {} : { headers }),
    ...(expect === undefined ? {} : { expect }),
  };
}

/** A path without an address to put it behind stays one, and cannot be asked: `http` says so. */
function absolute(pathOrAddress: string, base = ''): string {
  return pathOrAddress.startsWith('/') ? `${base}${pathOrAddress}` : pathOrAddress;
}

function assumedProbes(url: string | undefined): readonly HealthProbe[] {
  if (url === undefined) return [];
  return ['/health/live', '/health/ready'].map((path) => ({ kind: 'http', url: `${url}${path}`, assumed: true }));
}

function readMetrics(
  written: WrittenSignals['metrics'],
  base: string | undefined,
): ServiceMetricsConfiguration | undefined {
  const { url, headers, ...rest } = written ?? {};
  const sent = headers === undefined ? {} : { headers };
  if (url !== undefined) return { ...rest, endpoint: { url: absolute(url, base), ...sent } };
  if (base !== undefined) return { ...rest, endpoint: { url: `${base}/metrics`, ...sent, assumed: true } };
  return written === undefined ? undefined : rest;
}

function readDependencies(written: z.output<typeof dependenciesSchema>): readonly DependencyConfiguration[] {
  return Object.entries(written).map(([name, { health = [], statusPage, components = [] }]) => ({
    name,
    health: health.map((probe) => readProbe(probe, undefined)),
    components,
    ...(statusPage === undefined ? {} : { statusPage }),
  }));
}

type WrittenObjective = Exclude<z.output<typeof objectivesSchema>[number], { openslo: string }>;

function readObjective(service: string, written: WrittenObjective): Objective {
  const { target, window = '30d', latency, good, bad, total } = written;
  const windowDays = Number.parseInt(window, 10) * (window.endsWith('w') ? 7 : 1);
  const what = latency === undefined ? 'availability' : `latency below ${String(latency)} ms`;
  const common = { name: written.name ?? `${service} ${what}`, target: target / 100, windowDays };
  if (total !== undefined) {
    return {
      ...{ kind: 'queries', ...common, total },
      ...(good === undefined ? {} : { good }),
      ...(bad === undefined ? {} : { bad }),
    };
  }
  return latency === undefined
    ? { kind: 'availability', ...common }
    : { kind: 'latency', ...common, thresholdMs: latency };
}

type WrittenServers = z.output<typeof dataSourcesSchema>['prometheus'];

function readServers(written: WrittenServers, kind: string): readonly DataSource[] {
  if (written === undefined) return [];
  const list = Array.isArray(written) ? written : [written];
  return list.map((one, index) => {
    const name = list.length === 1 ? kind : `${kind} ${String(index + 1)}`;
    return typeof one === 'string' ? { name, url: bare(one) } : { ...one, name: one.name ?? name, url: bare(one.url) };
  });
}

function bare(url: string): string {
  return url.replace(/\/+$/, '');
}
