import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import type { KubernetesResource } from '../readers/kubernetesResources.ts';
import { kubernetesResources } from '../readers/kubernetesResources.ts';
import { structuralDifferences } from '../structuralDifferences.ts';
import { embeddedLine, withEmbeddedFiles } from '../structure/embeddedFiles.ts';
import { withImageVersions } from '../structure/imageVersions.ts';
import { containersOf, resourceNaming, shapedResource } from '../structure/kubernetesShape.ts';
import { isRecord } from '../structure/plainKinds.ts';
import { textAt, valueAt } from '../structure/valueAt.ts';

/** Folders that hold manifests, where no content is at hand to tell. */
const folders = /(?:^|\/)(?:k8s|kubernetes|manifests)\/.*\.ya?ml$/i;

const endings = /\.(?:ya?ml|json)$/i;

/** Kubernetes manifests, one or several resources in a file: told by resource, containers by name, Secrets as changed only. */
export const kubernetes: ConfigurationFormat = {
  kind: 'kubernetes',
  name: 'Kubernetes manifest',
  fits: (path, text) => (text === undefined ? folders.test(path) : endings.test(path) && isManifest(text)),
  mayFit: (path) => endings.test(path),
  differences,
};

function isManifest(text: string): boolean {
  const isYaml = /^(?:- )?["']?apiVersion["']?:[ \t]/m.test(text) && /^["']?kind["']?:[ \t]/m.test(text);
  return isYaml || (/^\s*\{/.test(text) && /"apiVersion"\s*:/.test(text) && /"kind"\s*:/.test(text));
}

function differences({ path, before, after }: FileVersions): readonly Difference[] {
  if (before === after) return [];
  const earlier = new Map(resources(before, path).map((resource) => [resource.key, resource]));
  const later = resources(after, path);
  const told = later.flatMap((is) => {
    const was = earlier.get(is.key);
    earlier.delete(is.key);
    return was ? within(was, is, before ?? '', after ?? '') : [presence('added', is)];
  });
  return [...told, ...[...earlier.values()].map((was) => presence('removed', was))];
}

function resources(text: string | undefined, path: string): readonly KubernetesResource[] {
  return text === undefined ? [] : kubernetesResources(text, path);
}

/** `Deployment shop added: registry/shop:1.5.0` */
function presence(kind: 'added' | 'removed', { title, value, lineOf }: KubernetesResource): Difference {
  const images = containersOf(value).flatMap((container) => textAt(container, 'image') ?? []);
  const place = { subject: title, line: lineOf([]) };
  const text = images.join(', ');
  return kind === 'added' ? { kind, after: text, ...place } : { kind, before: text, ...place };
}

function within(was: KubernetesResource, is: KubernetesResource, before: string, after: string): readonly Difference[] {
  const [earlier, later] = withFiles(shapedResource(was.value), shapedResource(is.value));
  return structuralDifferences(earlier, later, {
    ...resourceNaming(is),
    lineBefore: (place) => embeddedLine(before, place, (at) => valueAt(was.value, ...at), was.lineOf),
    lineAfter: (place) => embeddedLine(after, place, (at) => valueAt(is.value, ...at), is.lineOf),
  }).map(withImageVersions);
}

/** Files in the data of a ConfigMap are compared by what they say. */
function withFiles(
  was: ReturnType<typeof shapedResource>,
  is: ReturnType<typeof shapedResource>,
): readonly [typeof was, typeof is] {
  if (textAt(is, 'kind') !== 'ConfigMap' || !isRecord(was) || !isRecord(is)) return [was, is];
  const [before, after] = withEmbeddedFiles(was['data'], is['data']);
  return [
    { ...was, data: before },
    { ...is, data: after },
  ];
}
