import type { Configuration } from '../config/configuration.ts';
import type { DataSource, DependencyConfiguration, Endpoint } from '../config/signalConfiguration.ts';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import type { MergedByName } from './mergedByName.ts';
import { mergedByName } from './mergedByName.ts';
import type { SignalTargets, TargetService } from './signalCheck.ts';

export interface TargetTools {
  /** The workspace folders that belong to the incident. */
  readonly foldersOf: (handle: IncidentHandle) => Promise<readonly string[]>;
  readonly configurationOf: (folder: string) => Promise<Configuration>;
}

/**
 * What mayday.yaml of the incident's folders names. With several folders all of theirs: what they share stands there once, and no
 * two services, servers or pages have one name, because whatever is seen of them must be told apart.
 */
export async function signalTargetsOf(
  { foldersOf, configurationOf }: TargetTools,
  handle: IncidentHandle,
): Promise<SignalTargets> {
  const folders = await foldersOf(handle);
  const configured = await Promise.all(
    folders.map(async (folder) => ({ folder, configuration: await configurationOf(folder) })),
  );
  const endpoints = <T extends NamedEndpoint>(itemsOf: (configuration: Configuration) => readonly T[]) => {
    const placed = configured.map(({ folder, configuration }) => ({ folder, items: itemsOf(configuration) }));
    return mergedByName(placed, ({ name: _, ...endpoint }) => JSON.stringify(endpoint));
  };
  const prometheus = endpoints(({ dataSources }) => dataSources.prometheus);
  const statusPages = endpoints((configuration) => configuration.statusPages);
  const placed = configured.map(({ folder, configuration }) => ({
    folder,
    items: configuration.services.map((service) => placedService({ ...service, folder }, prometheus, statusPages)),
  }));
  const services = mergedByName(placed, sameService).all;
  const { service } = handle.state;
  const meant = services.filter((one) => asConfigured(one).name === service);
  return {
    services: service === undefined || meant.length === 0 ? services : meant,
    statusPages: statusPages.all,
    dataSources: {
      prometheus: prometheus.all,
      alertmanager: endpoints(({ dataSources }) => dataSources.alertmanager).all,
      ...firstPagerDuty(configured.map(({ configuration }) => configuration)),
    },
  };
}

/** A service by the name that mayday.yaml gives it, for whoever looks for that name elsewhere: in labels, in files. */
export function asConfigured<T extends Pick<TargetService, 'name' | 'configuredName'>>(service: T): T {
  const { configuredName = service.name } = service;
  return configuredName === service.name ? service : { ...service, name: configuredName };
}

type NamedEndpoint = Endpoint & { readonly name: string };
type Names = Pick<MergedByName<NamedEndpoint>, 'called' | 'firstOf' | 'all'>;

/** With its folder's own servers and pages, whatever they are called among all. */
function placedService(service: TargetService, prometheus: Names, statusPages: Names): TargetService {
  const { folder, metrics, dependencies } = service;
  const source = metrics?.source === undefined ? prometheus.firstOf(folder) : prometheus.called(folder, metrics.source);
  // Without a word the first of all is meant.
  const isSaid = metrics?.source !== undefined || source !== prometheus.all[0]?.name;
  return {
    ...service,
    configuredName: service.name,
    ...(source === undefined || !isSaid ? {} : { metrics: { ...metrics, source } }),
    ...(dependencies === undefined
      ? {}
      : { dependencies: dependencies.map((one) => ({ ...one, ...pageOf(one, folder, statusPages) })) }),
  };
}

function pageOf({ statusPage }: DependencyConfiguration, folder: string, pages: Names) {
  const called = statusPage === undefined ? undefined : pages.called(folder, statusPage);
  return called === undefined ? {} : { statusPage: called };
}

/** Worktrees of one repository name the same services; what lies in a folder's files is that folder's. */
function sameService({ folder, ...service }: TargetService): string {
  const hasFiles = service.accessLogs !== undefined || service.openSlo !== undefined;
  return JSON.stringify(hasFiles ? { folder, ...service } : service);
}

/** The Prometheus that keeps a service's metrics: the one it names, else the first; undefined where there is none of that name. */
export function metricsServerOf(
  { metrics }: TargetService,
  { dataSources }: Pick<SignalTargets, 'dataSources'>,
): DataSource | undefined {
  const [first] = dataSources.prometheus;
  return metrics?.source === undefined ? first : dataSources.prometheus.find(({ name }) => name === metrics.source);
}

function firstPagerDuty(configurations: readonly Configuration[]): Pick<Configuration['dataSources'], 'pagerduty'> {
  const found = configurations.flatMap(({ dataSources }) => dataSources.pagerduty ?? [])[0];
  return found === undefined ? {} : { pagerduty: found };
}
