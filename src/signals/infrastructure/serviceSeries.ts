import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';
import { promqlPattern, promqlText } from '../metrics/promqlText.ts';
import type { Resource } from './resource.ts';

/** What Deployments, StatefulSets and DaemonSets put behind a pod's name; no vowels, see SafeEncodeString of Kubernetes. */
const random = '[bcdfghjklmnpqrstvwxz2456789]';
const podEnd = `(?:-${random}{1,10})?-(?:${random}{5}|[0-9]+)`;

type Named = Pick<ServiceConfiguration, 'name' | 'metrics' | 'kubernetes'>;

/** Labels in which the name of a service usually stands, the most telling first. */
const usualLabels = ['service', 'service_name', 'job', 'app', 'app_kubernetes_io_name', 'container'];

/** Matchers with which the series of a service itself may be found, the surest first; those of mayday.yaml alone where it has some. */
export function serviceMatchers({ name, metrics }: Named): readonly string[] {
  if (metrics?.selector !== undefined) return [metrics.selector];
  const own = usualLabels.map((label) => `${label}=${promqlText(name)}`);
  // `shop/checkout`: the namespace before it, as OpenTelemetry and the operator of Prometheus write it.
  return [...own, `job=~${promqlText(`.+/${promqlPattern(name)}`)}`];
}

/** Matchers with which the containers of a service may be found. */
export function podMatchers({ name, kubernetes }: Named): readonly string[] {
  if (kubernetes !== undefined) {
    const { namespace, deployment } = kubernetes;
    return [`namespace=${promqlText(namespace)},pod=~${promqlText(`${promqlPattern(deployment)}${podEnd}`)}`];
  }
  const pattern = promqlPattern(name);
  return [
    `pod=~${promqlText(`${pattern}${podEnd}`)}`,
    `container=${promqlText(name)}`,
    `container_label_com_docker_compose_service=${promqlText(name)}`,
    `name=~${promqlText(`(?:.+[-_])?${pattern}(?:[-_][0-9]+)?`)}`,
  ];
}

/** The matcher of what runs a service: its Deployment, StatefulSet or autoscaler, by the label that the resource is told by. */
export function workloadMatcher({ name, kubernetes }: Named, { by }: Pick<Resource, 'by'>): string {
  const label = by.at(-1) ?? 'deployment';
  if (kubernetes === undefined) return `${label}=${promqlText(name)}`;
  return `namespace=${promqlText(kubernetes.namespace)},${label}=${promqlText(kubernetes.deployment)}`;
}
