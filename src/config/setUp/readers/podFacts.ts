import type { KubernetesResource } from '../../../changes/configuration/readers/kubernetesResources.ts';
import { isList, isRecord } from '../../../changes/configuration/structure/plainKinds.ts';
import { textAt, valueAt } from '../../../changes/configuration/structure/valueAt.ts';
import type { Fact, FactOf, FilePlace } from '../facts.ts';

type Manifest = Pick<KubernetesResource, 'value' | 'lineOf'>;
const template = ['spec', 'template'];

/** The pods of a workload: what a Service selects them by, their ports, and what Prometheus reads of them. */
export function podFacts(service: string, { value, lineOf }: Manifest, path: string): readonly Fact[] {
  const labels = textsAt(value, ...template, 'metadata', 'labels');
  const namespace = textAt(value, 'metadata', 'namespace');
  const metrics = scraping({ value, lineOf }, [...template, 'metadata', 'annotations'], path);
  return [
    ...(metrics === undefined ? [] : [{ kind: 'metrics' as const, service, ...metrics }]),
    ...(labels === undefined
      ? []
      : [
          {
            ...{ kind: 'pods' as const, service, labels, ports: portsOf(value) },
            ...(namespace === undefined ? {} : { namespace }),
            place: { path, line: lineOf(['metadata', 'name']) },
          },
        ]),
  ];
}

/** The annotations that Prometheus configurations commonly look for; undefined where they ask for nothing. */
export function scraping(
  { value, lineOf }: Manifest,
  annotations: readonly string[],
  path: string,
): (Pick<FactOf<'metrics'>, 'path' | 'port'> & { readonly place: FilePlace }) | undefined {
  if (!['true', true].includes(valueAt(value, ...annotations, 'prometheus.io/scrape') as string | boolean)) {
    return undefined;
  }
  const own = textAt(value, ...annotations, 'prometheus.io/path');
  const port = portOf(textAt(value, ...annotations, 'prometheus.io/port'));
  const key = own === undefined ? 'prometheus.io/scrape' : 'prometheus.io/path';
  return {
    path: own ?? '/metrics',
    ...(port === undefined ? {} : { port }),
    place: { path, line: lineOf([...annotations, key]) },
  };
}

/** The texts of a record by name; undefined where there are none. */
export function textsAt(
  value: Manifest['value'],
  ...place: readonly string[]
): Readonly<Record<string, string>> | undefined {
  const found = valueAt(value, ...place);
  if (!isRecord(found)) return undefined;
  const texts = Object.keys(found).flatMap((name) => {
    const text = textAt(found, name);
    return text === undefined ? [] : [[name, text] as const];
  });
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

/** The number of a port; undefined for anything else, a port's name too. */
export function portOf(text: string | undefined): number | undefined {
  const port = Number(text);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

function portsOf(value: Manifest['value']): FactOf<'pods'>['ports'] {
  const containers = valueAt(value, ...template, 'spec', 'containers');
  return (isList(containers) ? containers : []).flatMap((container) => {
    const ports = valueAt(container, 'ports');
    return (isList(ports) ? ports : []).flatMap((one) => {
      const [name, port] = [textAt(one, 'name'), portOf(textAt(one, 'containerPort'))];
      return name === undefined || port === undefined ? [] : [{ name, port }];
    });
  });
}
