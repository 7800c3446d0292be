import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import { unreadableAt } from '../readers/unreadableAt.ts';
import { yamlFile } from '../readers/yamlFile.ts';
import type { PlainRecord } from '../structuralDifferences.ts';
import type { FileComparison } from '../structure/comparedFile.ts';
import { comparedFile } from '../structure/comparedFile.ts';
import { isEnvironment, variableOf, withEnvironmentRecords } from '../structure/environmentRecords.ts';
import { withImageVersions } from '../structure/imageVersions.ts';
import { subjectOfNames } from '../structure/spot.ts';
import { textAt } from '../structure/valueAt.ts';

const yamlPaths =
  /(?:^|\/)(?:\.github\/workflows\/[^/]+\.ya?ml|\.github\/actions\/.+\.ya?ml|action\.ya?ml|\.?gitlab-ci(?:[._-][\w.-]+)?\.ya?ml|\.gitlab\/(?:.*\/)?[^/]+\.ya?ml|\.circleci\/[^/]+\.ya?ml|\.?azure-pipelines?(?:[._-][\w.-]+)?\.ya?ml|\.azuredevops\/(?:.*\/)?[^/]+\.ya?ml|\.azure-pipelines\/(?:.*\/)?[^/]+\.ya?ml|bitbucket-pipelines\.ya?ml|\.(?:gitea|forgejo)\/workflows\/[^/]+\.ya?ml|\.drone\.ya?ml|\.woodpecker(?:\/[^/]+)?\.ya?ml|\.travis\.ya?ml|\.buildkite\/(?:.*\/)?[^/]+\.ya?ml|cloudbuild(?:[._-][\w.-]+)?\.ya?ml|buildspec(?:[._-][\w.-]+)?\.ya?ml|appspec\.ya?ml|skaffold\.ya?ml)$/i;
const programs = /(?:^|\/)Jenkinsfile(?:[._-][\w.-]+)?$/;

/** Workflows of CI/CD: GitHub, GitLab, CircleCI, Azure and others; steps by id, name or what they use. */
export const workflow: ConfigurationFormat = {
  kind: 'workflow',
  name: 'CI/CD workflow',
  fits: (path) => yamlPaths.test(path) || programs.test(path),
  differences,
};

function differences(versions: FileVersions): readonly Difference[] {
  if (programs.test(versions.path)) throw unreadableAt(1, 'a Jenkinsfile is a program');
  return comparedFile(versions, comparison).map(withUsedVersions).map(withImageVersions);
}

const comparison: FileComparison = {
  read: yamlFile,
  shaped: withEnvironmentRecords,
  identityOf: (names, member) => (stepLists.test(names.at(-1) ?? '') ? stepIdentity(member) : undefined),
  isOrderedAt: (names) => /^(?:steps|stages)$/.test(names.at(-1) ?? ''),
  subjectOf: subject,
  noteOf: note,
  isOpenAt: (names) => isEnvironment(names) || /^(?:jobs|steps|with|orbs)$/.test(names.at(-1) ?? ''),
};

const stepLists = /^(?:steps|tasks|stages|jobs)$/;
/** What says which step it is: in GitHub's, Azure's and others' words. */
const identifying = [
  'id',
  'name',
  'displayName',
  'label',
  'job',
  'stage',
  'task',
  'uses',
  'run',
  'script',
  'bash',
  'checkout',
];

function stepIdentity(member: PlainRecord): string | undefined {
  const field = identifying.find((key) => textAt(member, key) !== undefined);
  const text = field === undefined ? undefined : textAt(member, field);
  // `actions/checkout@v4` stays what it is when its version changes; of a script the first line tells.
  return field === 'uses' || field === 'task' ? text?.split('@', 1)[0] : text?.split('\n', 1)[0];
}

function subject(names: readonly string[]): string | undefined {
  const variable = variableOf(names);
  if (variable !== undefined) return `env ${variable}`;
  const last = names.at(-1) ?? '';
  if (last === 'image' || (last === 'name' && names.at(-2) === 'image')) return 'image';
  if (names[0] === 'orbs' && names.length === 2) return `orb ${last}`;
  const step = names.findLastIndex((name, index) => isNamedStep(name, names[index - 1] ?? ''));
  if (last === 'uses' && names.at(-2)?.startsWith('[') === true) return 'uses';
  if (step < 0) return names[0] === 'jobs' && names.length > 2 ? subjectOfNames(names.slice(2)) : undefined;
  const inner = names.slice(step + 1);
  const name = (names[step] ?? '').slice(1, -1);
  const [kind] = (names[step - 1] ?? '').split(/s$/);
  if (inner.length === 0) return `${kind} ${name}`;
  return inner.length === 1 && inner[0] === 'uses' ? 'uses' : `${name} ${subjectOfNames(inner)}`;
}

/** Steps that only have a position are called by their path. */
function isNamedStep(name: string, list: string): boolean {
  return stepLists.test(list) && name.startsWith('[') && !/^\[\d*\]$/.test(name);
}

/** `job build`, where the subject leaves it out. */
function note(names: readonly string[]): string | undefined {
  const job = names[0] === 'jobs' ? names[1]?.replace(/^\[(.*)\]$/, '$1') : undefined;
  if (job !== undefined && names.length > 2) return [`job ${job}`, ...stepOfVariable(names)].join(', ');
  const isVariable = variableOf(names) !== undefined && names.length > 2;
  const isImage = names.length > 1 && names[0] !== 'image' && names.includes('image');
  return names[0] !== 'jobs' && (isVariable || isImage) ? `job ${names[0] ?? ''}` : undefined;
}

/** Which step sets a variable, when a step does. */
function stepOfVariable(names: readonly string[]): readonly string[] {
  const step = names.findLastIndex((name, index) => isNamedStep(name, names[index - 1] ?? ''));
  return step < 0 || variableOf(names) === undefined ? [] : [`step ${names[step]?.slice(1, -1) ?? ''}`];
}

/** `uses actions/checkout: v4 → v5` when only the version of what is used changed. */
function withUsedVersions(difference: Difference): Difference {
  if (difference.kind !== 'changed' || difference.subject !== 'uses') return difference;
  const [before = '', was = ''] = difference.before.split('@');
  const [after = '', is = ''] = difference.after.split('@');
  if (before !== after) return difference;
  return { ...difference, subject: `uses ${after}`, before: shortVersion(was), after: shortVersion(is) };
}

/** Of a commit the first twelve digits. */
function shortVersion(version: string): string {
  return /^[\da-f]{40}$/.test(version) ? version.slice(0, 12) : version;
}
