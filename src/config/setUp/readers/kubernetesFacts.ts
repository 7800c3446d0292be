import type { KubernetesResource } from '../../../changes/configuration/readers/kubernetesResources.ts';
import { kubernetesResources } from '../../../changes/configuration/readers/kubernetesResources.ts';
import { isList, isRecord } from '../../../changes/configuration/structure/plainKinds.ts';
import { textAt, valueAt } from '../../../changes/configuration/structure/valueAt.ts';
import type { Fact, FactReader, FilePlace } from '../facts.ts';

const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** What Kubernetes manifests say: workloads with their probes and annotations, and the hosts of Ingresses. */
export const kubernetesFacts: FactReader = (path, text) => {
  if (!/^[ \t]*"?apiVersion"?:/m.test(text) || !/^[ \t]*"?kind"?:/m.test(text)) return [];
  return kubernetesResources(text, path).flatMap((resource) => {
    if (workloads.has(resource.kind)) return workload(resource, path);
    return resource.kind === 'Ingress' ? ingress(resource, path) : [];
  });
};

function workload({ kind, value, lineOf }: KubernetesResource, path: string): readonly Fact[] {
  const name = textAt(value, 'metadata', 'name');
  const containers = valueAt(value, 'spec', 'template', 'spec', 'containers');
  if (name === undefined || !isList(containers)) return [];
  const at = (...place: readonly string[]): FilePlace => ({ path, line: lineOf(place) });
  const namespace = textAt(value, 'metadata', 'namespace');
  const deployment: Fact[] =
    kind === 'Deployment'
      ? [
          {
            ...{ kind: 'deployment', service: name, deployment: name, place: at('metadata', 'name') },
            ...(namespace === undefined ? {} : { namespace }),
          },
        ]
      : [];
  return [
    { kind: 'service', service: name, by: 'kubernetes', place: at('metadata', 'name') },
    ...deployment,
    ...containers.flatMap((_, index) => probes(name, { value, lineOf }, String(index), path)),
    ...scraped(name, { value, lineOf }, path),
  ];
}

function probes(
  service: string,
  { value, lineOf }: Pick<KubernetesResource, 'value' | 'lineOf'>,
  index: string,
  path: string,
): readonly Fact[] {
  return ['livenessProbe', 'readinessProbe'].flatMap((probe) => {
    const place = ['spec', 'template', 'spec', 'containers', index, probe, 'httpGet', 'path'];
    const asked = textAt(value, ...place);
    if (asked?.startsWith('/') !== true) return [];
    return [{ kind: 'health', service, path: asked, by: 'probe', place: { path, line: lineOf(place) } }];
  });
}

/** The annotations that Prometheus configurations commonly look for. */
function scraped(
  service: string,
  { value, lineOf }: Pick<KubernetesResource, 'value' | 'lineOf'>,
  path: string,
): readonly Fact[] {
  const annotations = ['spec', 'template', 'metadata', 'annotations'];
  if (!['true', true].includes(valueAt(value, ...annotations, 'prometheus.io/scrape') as string | boolean)) return [];
  const own = textAt(value, ...annotations, 'prometheus.io/path');
  const key = own === undefined ? 'prometheus.io/scrape' : 'prometheus.io/path';
  return [{ kind: 'metrics', service, path: own ?? '/metrics', place: { path, line: lineOf([...annotations, key]) } }];
}

/** A host that leads to a service of the cluster with all its paths. */
function ingress({ value, lineOf }: KubernetesResource, path: string): readonly Fact[] {
  const rules = valueAt(value, 'spec', 'rules');
  if (!isList(rules)) return [];
  const tls = valueAt(value, 'spec', 'tls');
  const secured = new Set(isList(tls) ? tls.flatMap((one) => listed(valueAt(one, 'hosts'))) : []);
  return rules.flatMap((rule, index): Fact[] => {
    const host = textAt(rule, 'host');
    const paths = valueAt(rule, 'http', 'paths');
    if (host === undefined || !isList(paths)) return [];
    const root = paths.find((one) => isRecord(one) && (textAt(one, 'path') ?? '/') === '/');
    const service = textAt(root, 'backend', 'service', 'name') ?? textAt(root, 'backend', 'serviceName');
    if (service === undefined) return [];
    const place = { path, line: lineOf(['spec', 'rules', String(index), 'host']) };
    const url = `${secured.has(host) ? 'https' : 'http'}://${host}`;
    return [
      { kind: 'url', service, url, where: 'cluster', place },
      { kind: 'host', service, host, place },
    ];
  });
}

function listed(value: Parameters<typeof isList>[0]): readonly string[] {
  return isList(value) ? value.filter((one) => typeof one === 'string') : [];
}
