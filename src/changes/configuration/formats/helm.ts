import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import { unreadableAt } from '../readers/unreadableAt.ts';
import { yamlFile } from '../readers/yamlFile.ts';
import type { FileComparison } from '../structure/comparedFile.ts';
import { comparedFile } from '../structure/comparedFile.ts';
import { isEnvironment, variableOf, withEnvironmentRecords } from '../structure/environmentRecords.ts';
import { withImageVersions } from '../structure/imageVersions.ts';
import { subjectOfNames } from '../structure/spot.ts';

const chart = /(?:^|\/)(?:Chart|requirements)\.ya?ml$/;
const chartLock = /(?:^|\/)Chart\.lock$/;
const values =
  /(?:^|\/)(?:values(?:[._-][\w.-]+)?|[\w.-]+[._-]values)\.ya?ml$|(?:^|\/)(?:helm|charts?)\/.*(?:values|env|environments)\/[^/]+\.ya?ml$/i;
const template = /(?:^|\/)templates\/.*\.(?:ya?ml|tpl)$/;

/** Helm charts and their values. Templates mean something only with values, so that they are told line by line. */
export const helm: ConfigurationFormat = {
  kind: 'helm',
  name: 'Helm chart',
  fits: (path, text) => chart.test(path) || chartLock.test(path) || values.test(path) || isTemplate(path, text),
  mayFit: (path) => template.test(path),
  differences,
};

function isTemplate(path: string, text: string | undefined): boolean {
  return template.test(path) && (text === undefined ? /(?:^|\/)charts?\//.test(path) : text.includes('{{'));
}

function differences(versions: FileVersions): readonly Difference[] {
  if (template.test(versions.path))
    throw unreadableAt(templateLine(versions), 'a template means something only with its values');
  const isChart = chart.test(versions.path) || chartLock.test(versions.path);
  return comparedFile(versions, isChart ? chartComparison : valuesComparison).map(withImageVersions);
}

function templateLine({ before, after }: FileVersions): number {
  const text = after ?? before ?? '';
  return text.slice(0, Math.max(0, text.indexOf('{{'))).split('\n').length;
}

const chartComparison: FileComparison = {
  read: yamlFile,
  isOpenAt: ([, ...inner]) => inner.length === 0,
  subjectOf: (names) => {
    const [list, member, field] = names;
    if (list !== 'dependencies' || member === undefined || names.length > 3) return undefined;
    const dependency = `dependency ${member.slice(1, -1)}`;
    return field === undefined || field === 'version' ? dependency : `${dependency} ${field}`;
  },
};

const valuesComparison: FileComparison = {
  read: yamlFile,
  shaped: withEnvironmentRecords,
  isOpenAt: isEnvironment,
  subjectOf: valuesSubject,
  noteOf: (names) => {
    const parents = names.slice(0, -2);
    return variableOf(names) === undefined || parents.length === 0 ? undefined : subjectOfNames(parents);
  },
};

/** `api.image.tag` is the image of `api`, whatever else is said of it. */
function valuesSubject(names: readonly string[]): string | undefined {
  const variable = variableOf(names);
  if (variable !== undefined) return `env ${variable}`;
  const [component, image, field] = names.slice(-3);
  const isImage = image === 'image' && (field === 'tag' || field === 'digest');
  return isImage && component !== undefined && component !== 'global' ? `image ${component}` : undefined;
}
