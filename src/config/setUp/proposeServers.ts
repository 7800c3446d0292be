import { isLoopback, webAddressOf } from '../../safety/webAddress.ts';
import type { Fact, FactOf, ServerKind } from './facts.ts';
import { factsOf } from './facts.ts';
import type { ProposedServer, Sourced } from './proposal.ts';

/** More servers than that nobody reviews at once. */
const mostServers = 20;

/** Images of servers, with the port they answer at. */
const images: readonly (readonly [image: RegExp, port: number, server: ServerKind])[] = [
  [/(?:^|\/)prometheus(?::|@|$)/, 9090, 'prometheus'],
  [/(?:^|\/)victoria-metrics(?::|@|$)/, 8428, 'prometheus'],
  [/(?:^|\/)alertmanager(?::|@|$)/, 9093, 'alertmanager'],
];

/** Servers of metrics and alerts: containers that publish their port here, and addresses that other servers are given. */
export function proposeServers(facts: readonly Fact[]): readonly Sourced<ProposedServer>[] {
  const containers = factsOf(facts, 'container');
  const byName = new Map<string, FactOf<'container'>>();
  for (const container of containers) if (!byName.has(container.name)) byName.set(container.name, container);
  const published = containers.flatMap((fact): Sourced<ProposedServer>[] => {
    const [, port, server] = images.find(([image]) => image.test(fact.image)) ?? [];
    const here = fact.ports.find(({ container }) => container === port)?.here;
    if (server === undefined || here === undefined) return [];
    const url = `http://127.0.0.1:${String(here)}`;
    return [{ value: { server, address: fact.name, url }, place: fact.place }];
  });
  const named = factsOf(facts, 'server').map(({ server, address, place }): Sourced<ProposedServer> => {
    const url = urlOf(address, byName);
    return { value: { server, address, ...(url === undefined ? {} : { url }) }, place };
  });
  const all = [...published, ...named];
  const keyOf = ({ value }: Sourced<ProposedServer>): string => `${value.server} ${value.url ?? value.address}`;
  // A file may name thousands: each is looked at once.
  const first = new Map<string, Sourced<ProposedServer>>();
  for (const one of all) if (!first.has(keyOf(one))) first.set(keyOf(one), one);
  return [...first.values()].slice(0, mostServers);
}

/** Where a server is reached from here; undefined for a name that only containers or a cluster know. */
function urlOf(address: string, containers: ReadonlyMap<string, FactOf<'container'>>): string | undefined {
  const url = webAddressOf(/^https?:\/\//.test(address) ? address : `http://${address}`);
  if (url === undefined || isLoopback(url)) return undefined;
  const container = containers.get(url.hostname);
  const here = container?.ports.find((port) => String(port.container) === url.port)?.here;
  if (here !== undefined) return `http://127.0.0.1:${String(here)}`;
  const isPublic = url.hostname.includes('.') && !/\.(?:svc|local|internal)\.?$|\.svc\./.test(url.hostname);
  return isPublic && container === undefined ? `${url.origin}${url.pathname}`.replace(/\/+$/, '') : undefined;
}
