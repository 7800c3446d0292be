import type { Fact, FactOf } from './facts.ts';
import { factsOf } from './facts.ts';

type ClusterService = FactOf<'clusterService'>;
type Pods = FactOf<'pods'>;

/**
 * The facts with what Ingresses and Services say of the workloads behind them: an Ingress names a Service, and that selects
 * pods by their labels. Where no Service is there, or selects no pod of these files, the workload is the one with its name.
 */
export function routedFacts(facts: readonly Fact[]): readonly Fact[] {
  const services = factsOf(facts, 'clusterService');
  const pods = factsOf(facts, 'pods');
  return [
    ...facts,
    ...factsOf(facts, 'ingress').flatMap((ingress) => ofIngress(ingress, services, pods)),
    ...services.flatMap((service) => ofScraped(service, pods)),
  ];
}

function ofScraped(service: ClusterService, pods: readonly Pods[]): readonly Fact[] {
  const { metrics } = service;
  if (metrics === undefined) return [];
  return namesOf(selected(service, pods)).map((name) => ({ kind: 'metrics', service: name, ...metrics }));
}

/** The hosts of Ingresses that lead to nothing that was found, each with the Service that it names. */
export function strayIngresses(facts: readonly Fact[], services: readonly string[]): readonly FactOf<'ingress'>[] {
  const led = new Set(
    factsOf(facts, 'host').flatMap(({ host, service }) => (services.includes(service) ? [host] : [])),
  );
  return factsOf(facts, 'ingress').filter(({ host }) => !led.has(host));
}

function ofIngress(
  ingress: FactOf<'ingress'>,
  services: readonly ClusterService[],
  pods: readonly Pods[],
): readonly Fact[] {
  const { host, url, backend, port, place } = ingress;
  const behind = services
    .filter((service) => service.name === backend && isTogether(service, ingress))
    .map((service) => ({ service, pods: selected(service, pods) }));
  const names = namesOf(behind.flatMap((one) => one.pods));
  return (names.length === 0 ? [backend] : names).flatMap((name): Fact[] => {
    const podPort = behind.flatMap((one) => podPortOf(one.service, port, one.pods, name) ?? [])[0];
    return [
      { kind: 'url', service: name, url, where: 'cluster', place, ...(podPort === undefined ? {} : { podPort }) },
      { kind: 'host', service: name, host, place },
    ];
  });
}

function selected(service: ClusterService, pods: readonly Pods[]): readonly Pods[] {
  const wanted = Object.entries(service.selector);
  return pods.filter(
    (one) => isTogether(service, one) && wanted.every(([label, value]) => one.labels[label] === value),
  );
}

/** What leaves its namespace to whoever applies it may belong to any. */
function isTogether(one: { readonly namespace?: string }, other: { readonly namespace?: string }): boolean {
  return one.namespace === undefined || other.namespace === undefined || one.namespace === other.namespace;
}

/** The port of the pod that a port of the Service leads to; undefined where that is not told. */
function podPortOf(
  { ports }: ClusterService,
  wanted: string | undefined,
  pods: readonly Pods[],
  name: string,
): number | undefined {
  const target = ports.find((one) => one.name === wanted || String(one.port) === wanted)?.target;
  if (target === undefined) return undefined;
  if (/^\d+$/.test(target)) return Number(target);
  return pods
    .filter(({ service }) => service === name)
    .flatMap((one) => one.ports)
    .find((port) => port.name === target)?.port;
}

function namesOf(pods: readonly Pods[]): readonly string[] {
  return [...new Set(pods.map(({ service }) => service))];
}
