import type { ConfigurationFormat } from '../configurationFormat.ts';
import { yamlFile } from '../readers/yamlFile.ts';
import type { Plain, PlainRecord } from '../structuralDifferences.ts';
import type { FileComparison } from '../structure/comparedFile.ts';
import { comparedFile } from '../structure/comparedFile.ts';
import { mapValues } from '../structure/environmentRecords.ts';
import { withImageVersions } from '../structure/imageVersions.ts';
import { isList, isRecord } from '../structure/plainKinds.ts';
import { subjectOfNames } from '../structure/spot.ts';
import { patchContent } from '../structure/patchContent.ts';

const yaml = /\.ya?ml$/i;

/** Kustomizations: images, generated ConfigMaps and Secrets by key, replicas, patches by what they say. */
export const kustomize: ConfigurationFormat = {
  kind: 'kustomize',
  name: 'Kustomization',
  fits: (path, text) =>
    /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path) ||
    (text !== undefined && yaml.test(path) && /^apiVersion:\s*["']?kustomize\.config\.k8s\.io\//m.test(text)),
  mayFit: (path) => yaml.test(path),
  differences: (versions) => comparedFile(versions, comparison).map(withImageVersions),
};

const generators = /^(?:configMap|secret)Generator$/;

const comparison: FileComparison = {
  read: yamlFile,
  shaped: (value) => (isRecord(value) ? mapValues(value, shaped) : value),
  subjectOf: subject,
  isOpenAt: (names) => names.length === 1 || names.at(-1) === 'literals',
  isSecretAt: ([list, , field]) => list === 'secretGenerator' && field === 'literals',
};

/** Literals as records, patches as what they say. */
function shaped(value: Plain, key: string): Plain {
  if (!isList(value)) return value;
  if (generators.test(key)) return value.map((item) => (isRecord(item) ? mapValues(item, literals) : item));
  return key === 'patches' || key.startsWith('patches') ? value.map(patchContent) : value;
}

function literals(value: Plain, key: string): Plain {
  if (key !== 'literals' || !isList(value)) return value;
  const record: Record<string, Plain> = Object.create(null) as PlainRecord;
  for (const item of value) {
    const [, name, text] = typeof item === 'string' ? (/^([^=]+)=([\s\S]*)$/.exec(item) ?? []) : [];
    if (name === undefined) return value;
    record[name] = text;
  }
  return record;
}

function subject(names: readonly string[]): string | undefined {
  const [list = '', member = '', ...inner] = names;
  const name = member.slice(1, -1);
  if (list === 'images') {
    const isVersion = inner[0] === 'newTag' || inner[0] === 'digest' || inner.length === 0;
    return isVersion ? `image ${shortName(name)}` : `image ${shortName(name)} ${subjectOfNames(inner)}`;
  }
  if (list === 'replicas' && name !== '') return `replicas ${name}`;
  if (generators.test(list) && name !== '') {
    const owner = `${list.replace('Generator', '')} ${name}`;
    return inner[0] === 'literals' ? `${owner} ${inner.slice(1).join('.')}` : `${owner} ${subjectOfNames(inner)}`;
  }
  return undefined;
}

/** `registry.example.org/shop/api` is called `api`. */
function shortName(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
