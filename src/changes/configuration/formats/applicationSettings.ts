import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import { valueReader } from '../readers/valueReader.ts';
import { isSettingsPath } from '../settingsPaths.ts';
import type { Plain, PlainRecord, StructureOptions } from '../structuralDifferences.ts';
import { comparedFile } from '../structure/comparedFile.ts';
import { isRecord } from '../structure/plainKinds.ts';
import { memberName, subjectOfNames } from '../structure/spot.ts';
import { textAt } from '../structure/valueAt.ts';

/** Settings of applications in YAML, JSON, TOML, INI and `.properties`; what of a package's manifest decides how it runs. */
export const applicationSettings: ConfigurationFormat = {
  kind: 'application',
  name: 'Application settings',
  fits: (path) => manifestFields(path) !== undefined || isSettingsPath(path),
  differences,
};

function differences(versions: FileVersions): readonly Difference[] {
  const fields = manifestFields(versions.path);
  const read = valueReader(versions.path);
  if (!read) return [];
  return comparedFile(versions, {
    read,
    shaped: (value) => (fields === undefined ? value : onlyFields(value, fields)),
    ...(fields === undefined ? profiles : { isOpenAt: () => true }),
  });
}

/**
 * What tells in the manifests of packages. Dependencies are told by lock files; names, authors and the settings of linters
 * change nothing that runs.
 */
const manifests: Readonly<Record<string, readonly string[]>> = {
  'package.json': [
    ...['type', 'main', 'module', 'browser', 'exports', 'bin', 'scripts', 'engines', 'packageManager', 'config'],
    ...['overrides', 'resolutions', 'workspaces'],
  ],
  'composer.json': ['scripts', 'config', 'autoload'],
  'Cargo.toml': ['package.edition', 'package.rust-version', 'features', 'profile', 'bin', 'patch', 'replace'],
  'pyproject.toml': ['build-system', 'project.requires-python', 'project.scripts', 'tool.poetry.scripts'],
};

function manifestFields(path: string): readonly string[] | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const isOwn = !/(?:^|\/)(?:node_modules|vendor|tests?|__\w+__|fixtures?|testdata|examples?)\//.test(path);
  return isOwn && Object.hasOwn(manifests, name) ? manifests[name] : undefined;
}

function onlyFields(value: Plain, fields: readonly string[]): Plain {
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).flatMap(([key, item]): [string, Plain][] => {
    if (fields.includes(key)) return [[key, item]];
    const inner = fields.filter((field) => field.startsWith(`${key}.`)).map((field) => field.slice(key.length + 1));
    return inner.length === 0 ? [] : [[key, onlyFields(item, inner)]];
  });
  return Object.fromEntries(kept);
}

/** The documents of Spring's YAML are known by the profile that they are for. */
const profiles: Pick<StructureOptions, 'identityOf' | 'subjectOf' | 'noteOf'> = {
  identityOf: (names, member) => (names.length === 0 ? profileOf(member) : undefined),
  subjectOf: (names) => (isProfile(names[0]) && names.length > 1 ? subjectOfNames(names.slice(1)) : undefined),
  noteOf: ([first]) => (isProfile(first) && first !== memberName(everyProfile) ? first?.slice(1, -1) : undefined),
};

const everyProfile = 'profile any';

function profileOf(document: PlainRecord): string | undefined {
  const profile =
    textAt(document, 'spring', 'config', 'activate', 'on-profile') ??
    textAt(document, 'spring.config.activate.on-profile') ??
    textAt(document, 'spring', 'profiles');
  if (profile !== undefined) return `profile ${profile}`;
  return isRecord(document['spring']) || !('name' in document || 'id' in document) ? everyProfile : undefined;
}

function isProfile(name: string | undefined): boolean {
  return name?.startsWith('[profile ') === true;
}
