import type { KubernetesResource } from '../../../changes/configuration/readers/kubernetesResources.ts';
import { kubernetesResources } from '../../../changes/configuration/readers/kubernetesResources.ts';
import { isList } from '../../../changes/configuration/structure/plainKinds.ts';
import { textAt, valueAt } from '../../../changes/configuration/structure/valueAt.ts';
import type { Fact, FactReader, FilePlace } from '../facts.ts';
import { clusterServiceFacts, ingressFacts } from './ingressFacts.ts';
import { podFacts } from './podFacts.ts';

const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** What Kubernetes manifests say: workloads with their probes and annotations, Services, and the hosts of Ingresses. */
export const kubernetesFacts: FactReader = (path, text) => {
  if (!/^[ \t]*"?apiVersion"?:/m.test(text) || !/^[ \t]*"?kind"?:/m.test(text)) return [];
  return kubernetesResources(text, path).flatMap((resource) => {
    if (workloads.has(resource.kind)) return workload(resource, path);
    if (resource.kind === 'Service') return clusterServiceFacts(resource, path);
    return resource.kind === 'Ingress' ? ingressFacts(resource, path) : [];
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
    ...podFacts(name, { value, lineOf }, path),
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
