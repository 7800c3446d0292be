import type { KubernetesResource } from '../../../changes/configuration/readers/kubernetesResources.ts';
import { isList, isRecord } from '../../../changes/configuration/structure/plainKinds.ts';
import { textAt, valueAt } from '../../../changes/configuration/structure/valueAt.ts';
import type { Fact } from '../facts.ts';
import { portOf, scraping, textsAt } from './podFacts.ts';

/** The hosts of an Ingress that lead to a Service of the cluster with all their paths. */
export function ingressFacts({ value, lineOf }: KubernetesResource, path: string): readonly Fact[] {
  const rules = valueAt(value, 'spec', 'rules');
  if (!isList(rules)) return [];
  const tls = valueAt(value, 'spec', 'tls');
  const secured = new Set(isList(tls) ? tls.flatMap((one) => listed(valueAt(one, 'hosts'))) : []);
  const namespace = textAt(value, 'metadata', 'namespace');
  return rules.flatMap((rule, index): Fact[] => {
    const host = textAt(rule, 'host');
    const paths = valueAt(rule, 'http', 'paths');
    if (host === undefined || !isList(paths)) return [];
    const root = paths.find((one) => isRecord(one) && (textAt(one, 'path') ?? '/') === '/');
    const backend = textAt(root, 'backend', 'service', 'name') ?? textAt(root, 'backend', 'serviceName');
    if (backend === undefined) return [];
    const port =
      textAt(root, 'backend', 'service', 'port', 'number') ??
      textAt(root, 'backend', 'service', 'port', 'name') ??
      textAt(root, 'backend', 'servicePort');
    return [
      {
        ...{ kind: 'ingress', host, url: `${secured.has(host) ? 'https' : 'http'}://${host}`, backend },
        ...(port === undefined ? {} : { port }),
        ...(namespace === undefined ? {} : { namespace }),
        place: { path, line: lineOf(['spec', 'rules', String(index), 'host']) },
      },
    ];
  });
}

/** A Service that selects pods, with its ports. */
export function clusterServiceFacts({ value, lineOf }: KubernetesResource, path: string): readonly Fact[] {
  const name = textAt(value, 'metadata', 'name');
  const selector = textsAt(value, 'spec', 'selector');
  if (name === undefined || selector === undefined) return [];
  const namespace = textAt(value, 'metadata', 'namespace');
  const metrics = scraping({ value, lineOf }, ['metadata', 'annotations'], path);
  const ports = valueAt(value, 'spec', 'ports');
  return [
    {
      ...{ kind: 'clusterService', name, selector },
      ports: (isList(ports) ? ports : []).flatMap((one) => {
        const port = portOf(textAt(one, 'port'));
        if (port === undefined) return [];
        const called = textAt(one, 'name');
        const target = textAt(one, 'targetPort') ?? String(port);
        return [{ port, target, ...(called === undefined ? {} : { name: called }) }];
      }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(metrics === undefined ? {} : { metrics }),
      place: { path, line: lineOf(['metadata', 'name']) },
    },
  ];
}

function listed(value: Parameters<typeof isList>[0]): readonly string[] {
  return isList(value) ? value.filter((one) => typeof one === 'string') : [];
}
