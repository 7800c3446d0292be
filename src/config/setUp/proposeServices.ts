import { definedFields } from '../../incident/definedFields.ts';
import { isHostName, isKubernetesLabel, isKubernetesName } from '../../safety/outsideNames.ts';
import { webAddressOf } from '../../safety/webAddress.ts';
import type { Fact, FactOf, FilePlace } from './facts.ts';
import { factsOf, serviceSources } from './facts.ts';
import { ownersOf } from './ownersOf.ts';
import type { ProposedService, Sourced } from './proposal.ts';

/** More services than that nobody reviews at once. */
export const mostServices = 50;

const mostDependencies = 100;

/** A service by name, and the folder it is built from where that is known; empty for the whole repository. */
interface Named {
  readonly name: string;
  readonly place: FilePlace;
  readonly folder?: Sourced<string>;
}

/** What files say of each service, as far as it may stand in mayday.yaml. Sources that are believed more come first. */
export function proposeServices(facts: readonly Fact[]): readonly ProposedService[] {
  const named = namedServices(facts);
  return named.map((service) => ofService(service, named, facts));
}

function namedServices(facts: readonly Fact[]): readonly Named[] {
  const told = factsOf(facts, 'service').filter(({ service }) => /^[A-Za-z0-9][\w.-]{0,62}$/.test(service));
  const runs = told.filter(({ by }) => by !== 'package');
  // What programs call themselves counts only where nothing says what runs; a workspace's root is then no program.
  const packages = told.filter(({ by }) => by === 'package');
  const inFolders = packages.filter(({ folder = '' }) => /^(?:services|apps|cmd)\/[^/]+$/.test(folder));
  const shown =
    runs.length > 0 ? runs : inFolders.length > 0 ? inFolders : packages.filter(({ folder }) => folder === '');
  const names = [...new Set(shown.map(({ service }) => service))].slice(0, mostServices);
  return names.map((name) => {
    const ofName = shown
      .filter(({ service }) => service === name)
      .toSorted((a, b) => serviceSources.indexOf(a.by) - serviceSources.indexOf(b.by));
    const folder = folderOf(name, [...ofName, ...packages], names.length === 1);
    return { name, place: ofName[0]?.place ?? noPlace, ...(folder === undefined ? {} : { folder }) };
  });
}

const noPlace: FilePlace = { path: '', line: 1 };

function folderOf(name: string, told: readonly FactOf<'service'>[], isOnly: boolean): Sourced<string> | undefined {
  const ofName = told.find(({ service, folder }) => service === name && folder !== undefined);
  const alike = told.find(({ folder = '' }) => folder.split('/').at(-1) === name);
  const found = ofName ?? alike;
  if (found?.folder !== undefined && isRelative(found.folder)) return { value: found.folder, place: found.place };
  return isOnly ? { value: '', place: noPlace } : undefined;
}

function ofService(service: Named, all: readonly Named[], facts: readonly Fact[]): ProposedService {
  const { name } = service;
  const own = <F extends Fact & { readonly service?: string | undefined }>(found: readonly F[]): readonly F[] =>
    found.filter((fact) => (fact.service === undefined ? isIn(fact.place, service, all) : fact.service === name));
  const metrics = own(factsOf(facts, 'metrics')).find(({ path }) => isPath(path));
  const job = factsOf(facts, 'job').find((fact) => fact.job === name || fact.hosts.includes(name));
  const owners = ownersOf(service.folder?.value ?? '', factsOf(facts, 'owner'));
  const logs = all.length === 1 ? factsOf(facts, 'accessLog') : [];
  return {
    ...service,
    urls: urls(own(factsOf(facts, 'url'))),
    hosts: unique(
      own(factsOf(facts, 'host')).filter(({ host }) => isHostName(host)),
      ({ host }) => host,
    ),
    health: healthPaths(own(factsOf(facts, 'health'))),
    ...(metrics === undefined
      ? {}
      : { metrics: sourced(metrics, { path: metrics.path, ...definedFields({ port: metrics.port }) }) }),
    ...(job === undefined ? {} : { job: sourced(job, job.job) }),
    deployments: deployments(own(factsOf(facts, 'deployment'))),
    dependencies: dependencies(own(factsOf(facts, 'dependency')), factsOf(facts, 'container')),
    openSlo: factsOf(facts, 'openslo')
      .filter((fact) => (fact.service === name || all.length === 1) && isRelative(fact.place.path))
      .map((fact) => sourced(fact, fact.place.path)),
    accessLogs: unique(logs, ({ log }) => log),
    ...(owners === undefined ? {} : { owners }),
  };
}

/** The service whose folder is nearest to a file; with one service alone every file is its own. */
function isIn({ path }: FilePlace, service: Named, all: readonly Named[]): boolean {
  if (all.length === 1) return true;
  const lengthOf = ({ folder }: Named): number => {
    if (folder === undefined) return -1;
    return folder.value === '' || path.startsWith(`${folder.value}/`) ? folder.value.length : -1;
  };
  const own = lengthOf(service);
  return own >= 0 && all.every((other) => other === service || lengthOf(other) < own);
}

function urls(found: readonly FactOf<'url'>[]): ProposedService['urls'] {
  const usable = found.filter(({ url }) => webAddressOf(url) !== undefined);
  const inOrder = [
    ...usable.filter(({ where }) => where === 'cluster'),
    ...usable.filter(({ where }) => where === 'thisMachine'),
  ];
  return inOrder
    .filter((fact, index) => inOrder.findIndex(({ url }) => url === fact.url) === index)
    .map((fact) => sourced(fact, { url: fact.url, where: fact.where, ...definedFields({ podPort: fact.podPort }) }));
}

/** Probes are what production asks; a health check of Compose and routes in programs stand in where there are none. */
function healthPaths(found: readonly FactOf<'health'>[]): readonly Sourced<string>[] {
  const believed = (['probe', 'healthcheck', 'route'] as const)
    .map((by) => found.filter((fact) => fact.by === by && isPath(fact.path)))
    .find((facts) => facts.length > 0);
  return unique(believed ?? [], ({ path }) => path).slice(0, 10);
}

function deployments(found: readonly FactOf<'deployment'>[]): ProposedService['deployments'] {
  const usable = found.filter(
    ({ deployment, namespace }) =>
      isKubernetesName(deployment) && (namespace === undefined || isKubernetesLabel(namespace)),
  );
  // One that names its namespace says more than one that leaves it to whoever applies it.
  const inOrder = usable.toSorted((a, b) => Number(a.namespace === undefined) - Number(b.namespace === undefined));
  return inOrder
    .filter((fact, index) => inOrder.findIndex(({ namespace }) => namespace === fact.namespace) === index)
    .slice(0, 5)
    .map((fact) =>
      sourced(fact, {
        deployment: fact.deployment,
        ...(fact.namespace === undefined ? {} : { namespace: fact.namespace }),
      }),
    );
}

function dependencies(
  found: readonly FactOf<'dependency'>[],
  containers: readonly FactOf<'container'>[],
): ProposedService['dependencies'] {
  // A file may name thousands: each is looked at once.
  const known = new Map<string, FactOf<'dependency'>>();
  for (const fact of found) if (!known.has(fact.name)) known.set(fact.name, fact);
  return [...known.values()]
    .filter(({ name }) => /^[\w.-]{1,60}$/.test(name))
    .slice(0, mostDependencies)
    .map((fact) => {
      const port = containers.find(({ name }) => name === fact.name)?.ports[0]?.here;
      const isPort = port !== undefined && port > 0 && port < 65_536;
      return sourced(fact, { name: fact.name, ...(isPort ? { tcp: `127.0.0.1:${String(port)}` } : {}) });
    });
}

/** True for a path that is a glob for itself alone. */
function isRelative(path: string): boolean {
  return /^(?:[\w.@-]+(?:\/[\w.@-]+)*)?$/.test(path) && path.length < 400 && !path.split('/').includes('..');
}

function isPath(path: string): boolean {
  return /^\/[\w.~/-]{1,200}$/.test(path);
}

function sourced<T>({ place }: Fact, value: T): Sourced<T> {
  return { value, place };
}

function unique<F extends Fact>(facts: readonly F[], valueOf: (fact: F) => string): readonly Sourced<string>[] {
  const first = new Map<string, Sourced<string>>();
  for (const fact of facts) {
    const value = valueOf(fact);
    if (!first.has(value)) first.set(value, sourced(fact, value));
  }
  return [...first.values()];
}
