import type { KubernetesResource } from '../readers/kubernetesResources.ts';
import type { Plain, PlainRecord, StructureOptions } from '../structuralDifferences.ts';
import { embeddedNames } from './embeddedFiles.ts';
import { isEnvironment, variableOf, withEnvironmentRecords } from './environmentRecords.ts';
import { leafText } from './leafText.ts';
import { isLeaf, isList, isRecord } from './plainKinds.ts';
import { quantity } from './quantity.ts';
import { subjectOfNames } from './spot.ts';
import { valueAt } from './valueAt.ts';

/** What the cluster writes into a resource and nobody configures. */
const written = ['managedFields', 'creationTimestamp', 'resourceVersion', 'generation', 'uid', 'selfLink'];

/** A resource in one form: variables by name, a Secret's data as the text it stands for, nothing that the cluster writes. */
export function shapedResource(value: Plain): Plain {
  if (!isRecord(value)) return value;
  const { status: _status, metadata, ...rest } = value;
  const shaped = withEnvironmentRecords(value['kind'] === 'Secret' ? secretData(rest) : rest);
  return { ...(isRecord(metadata) && { metadata: without(metadata, written) }), ...(shaped as PlainRecord) };
}

function without(record: PlainRecord, keys: readonly string[]): PlainRecord {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/** `data` is Base64, `stringData` overrides it: both as one, so that only what they stand for is compared. */
function secretData({ data, stringData, ...rest }: PlainRecord): PlainRecord {
  if (!isRecord(data) && !isRecord(stringData)) return rest;
  const decoded = isRecord(data) ? Object.entries(data).map(([key, text]) => [key, decodedText(text)]) : [];
  return { ...rest, data: { ...Object.fromEntries(decoded), ...(isRecord(stringData) && stringData) } as PlainRecord };
}

function decodedText(text: Plain): Plain {
  return typeof text === 'string' ? Buffer.from(text, 'base64').toString('latin1') : text;
}

const podSpecs = [[], ['template', 'spec'], ['jobTemplate', 'spec', 'template', 'spec']];
const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

/** The containers of whatever runs pods. */
export function containersOf(value: Plain): readonly Plain[] {
  const lists = podSpecs.flatMap((place) => containerLists.map((list) => valueAt(value, 'spec', ...place, list)));
  return lists.flatMap((list) => (isList(list) ? list : []));
}

/** How differences within a resource are called, noted and kept secret. */
export function resourceNaming({ title, kind, value }: KubernetesResource): StructureOptions {
  const severalContainers = containersOf(value).length > 1;
  return {
    subjectOf: subject,
    noteOf: (names) => {
      const container = variableOf(names) !== undefined && severalContainers ? containerIn(names) : undefined;
      return container === undefined ? title : `${title}, container ${container}`;
    },
    isOrderedAt: (names) => names.at(-1) === 'initContainers',
    isSameAt: (names, before, after) => names.includes('resources') && isSameQuantity(before, after),
    isOpenAt: (names) =>
      isEnvironment(names) || /^(?:data|stringData|labels|annotations|limits|requests)$/.test(names.at(-1) ?? ''),
    isSecretAt: ([first, second]) =>
      (kind === 'Secret' && first === 'data') || (kind === 'SealedSecret' && second === 'encryptedData'),
  };
}

function isSameQuantity(before: Plain, after: Plain): boolean {
  if (!isLeaf(before) || !isLeaf(after)) return false;
  const amount = quantity(leafText(before));
  return amount !== undefined && amount === quantity(leafText(after));
}

function containerIn(names: readonly string[]): string | undefined {
  const list = names.findIndex((name) => containerLists.includes(name));
  return list < 0 ? undefined : names[list + 1]?.slice(1, -1);
}

function subject(names: readonly string[]): string {
  const file = embeddedNames(names);
  if (file) return `${file.file} ${subjectOfNames(file.names)}`;
  const variable = variableOf(names);
  if (variable !== undefined) return `env ${variable}`;
  const container = containerIn(names);
  if (container !== undefined && names.at(-1) === 'image') return `image ${container}`;
  if (names[0] === 'data' && names.length > 1) return subjectOfNames(names.slice(1));
  return subjectOfNames(names).replace(/^spec\.(?:jobTemplate\.spec\.)?(?:template\.spec\.)?(?=.)/, '');
}
