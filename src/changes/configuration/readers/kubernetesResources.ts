import type { Plain } from '../structuralDifferences.ts';
import { isList, isRecord } from '../structure/plainKinds.ts';
import { textAt, valueAt } from '../structure/valueAt.ts';
import { jsonValue } from './jsonValue.ts';
import { unreadableAt } from './unreadableAt.ts';
import { yamlDocuments } from './yamlDocuments.ts';

/** One resource of a manifest. */
export interface KubernetesResource {
  /** The same in both versions: kind, namespace and name. */
  readonly key: string;
  /** `Deployment shop`, `Deployment prod/shop` where a namespace is given. */
  readonly title: string;
  readonly kind: string;
  readonly value: Plain;
  lineOf(place: readonly string[]): number;
}

/** The resources of a manifest, those of lists one by one. Throws UnreadableConfiguration for what is none. */
export function kubernetesResources(text: string, path: string): readonly KubernetesResource[] {
  const documents = path.endsWith('.json') ? [jsonValue(text)] : yamlDocuments(text);
  const counts = new Map<string, number>();
  return documents.flatMap(({ value, lineOf }) => {
    const items = valueAt(value, 'items');
    if (!textAt(value, 'kind')?.endsWith('List') || !isList(items)) return [resource(value, lineOf, counts)];
    return items.map((item, index) => resource(item, (place) => lineOf(['items', String(index), ...place]), counts));
  });
}

function resource(
  value: Plain,
  lineOf: (place: readonly string[]) => number,
  counts: Map<string, number>,
): KubernetesResource {
  const kind = textAt(value, 'kind');
  if (!isRecord(value) || kind === undefined)
    throw unreadableAt(lineOf([]), 'a document that is no Kubernetes resource');
  const name = textAt(value, 'metadata', 'name') ?? textAt(value, 'metadata', 'generateName') ?? 'without a name';
  const namespace = textAt(value, 'metadata', 'namespace');
  const title = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  // A name that stands twice: what stands later belongs together.
  const count = (counts.get(title) ?? 0) + 1;
  counts.set(title, count);
  return { key: `${title} ${count}`, title, kind, value, lineOf };
}
