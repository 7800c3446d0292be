import type { ConfigurationFormat } from '../configurationFormat.ts';
import { yamlFile } from '../readers/yamlFile.ts';
import type { Plain } from '../structuralDifferences.ts';
import type { FileComparison } from '../structure/comparedFile.ts';
import { comparedFile } from '../structure/comparedFile.ts';
import { isEnvironment, mapValues, variableOf, withEnvironmentRecords } from '../structure/environmentRecords.ts';
import { withImageVersions } from '../structure/imageVersions.ts';
import { leafText } from '../structure/leafText.ts';
import { isLeaf, isList, isRecord } from '../structure/plainKinds.ts';
import { subjectOfNames } from '../structure/spot.ts';

/** Compose files: services by name, variables by name in either form. */
export const compose: ConfigurationFormat = {
  kind: 'compose',
  name: 'Compose file',
  fits: (path) =>
    /(?:^|\/)(?:(?:docker|podman)-)?(?:compose|stack)(?:[._-][\w.-]+)?\.ya?ml$/i.test(path) ||
    /(?:^|\/)[\w.-]+\.compose\.ya?ml$/i.test(path),
  differences: (versions) => comparedFile(versions, comparison).map(withImageVersions),
};

const comparison: FileComparison = {
  read: yamlFile,
  shaped,
  subjectOf: subject,
  noteOf: (names) => (variableOf(names) === undefined ? undefined : names[1]),
  isOpenAt: (names) => isEnvironment(names) || names.length === 1,
};

/** Without templates (`x-…`): what they bring is seen in the services that they are merged into. */
function shaped(value: Plain): Plain {
  if (!isRecord(value)) return value;
  const own = Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')));
  const { services } = own;
  return withEnvironmentRecords({
    ...own,
    ...(isRecord(services) && { services: mapValues(services, (service) => shapedService(service)) }),
  });
}

/** Services with the lists that may be written as records, and ports that may be numbers, in one form. */
function shapedService(service: Plain): Plain {
  if (!isRecord(service)) return service;
  return mapValues(service, (value, key) => {
    if ((key === 'ports' || key === 'expose') && isList(value)) return value.map(asText);
    if (key === 'labels' || key === 'sysctls' || key === 'extra_hosts') return asRecord(value);
    if ((key === 'depends_on' || key === 'networks') && isList(value)) return dependencies(value);
    return value;
  });
}

function asText(value: Plain): Plain {
  return isLeaf(value) ? leafText(value) : value;
}

function asRecord(value: Plain): Plain {
  if (isRecord(value)) return mapValues(value, asText);
  if (!isList(value) || !value.every((item) => typeof item === 'string')) return value;
  return Object.fromEntries(
    value.map((item) => {
      const [, key = item, text = ''] = /^([^=:]+)[=:]([\s\S]*)$/.exec(item) ?? [];
      return [key, text];
    }),
  );
}

/** `depends_on: [db]` is short for a record. */
function dependencies(list: readonly Plain[]): Plain {
  if (!list.every((item) => typeof item === 'string')) return list;
  return Object.fromEntries(list.map((name) => [name, {}]));
}

function subject(names: readonly string[]): string | undefined {
  const [first, service, ...inner] = names;
  const variable = variableOf(names);
  if (first !== 'services' || service === undefined) return undefined;
  if (inner.length === 0) return `service ${service}`;
  if (variable !== undefined) return `env ${variable}`;
  if (inner.length === 1 && inner[0] === 'image') return `image ${service}`;
  return subjectOfNames([service, ...inner]);
}
