import picomatch from 'picomatch';
import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import { UnreadableConfiguration } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import { entryDifferences } from '../entryDifferences.ts';
import type { Flag } from '../readers/flags/flag.ts';
import { flagdFlags } from '../readers/flags/flagd.ts';
import { launchDarklyFlags } from '../readers/flags/launchDarkly.ts';
import { isEnvironment, plainFlags } from '../readers/flags/plainFlags.ts';
import { unleashFlags } from '../readers/flags/unleash.ts';
import { valueReader } from '../readers/valueReader.ts';
import type { Plain } from '../structuralDifferences.ts';
import { isList, isRecord } from '../structure/plainKinds.ts';
import { valueAt } from '../structure/valueAt.ts';

/** Feature flags: flagd, Unleash, LaunchDarkly, OpenFeature, and files that their names give away. */
export const featureFlags: ConfigurationFormat = {
  kind: 'featureFlags',
  name: 'Feature flags',
  fits: (path, text) =>
    valueReader(path) !== undefined &&
    !isSchema(path, text) &&
    (hasName(path) || (text !== undefined && hasShape(text))),
  mayFit: (path) => valueReader(path) !== undefined,
  differences,
};

/** The same format for the files that a team names, as globs relative to the repository's root. */
export function featureFlagsAt(globs: readonly string[]): ConfigurationFormat {
  const isNamed = picomatch([...globs], { dot: true });
  const { kind, name } = featureFlags;
  const fits = (path: string): boolean => globs.length > 0 && valueReader(path) !== undefined && isNamed(path);
  return { kind, name, fits, differences };
}

function hasName(path: string): boolean {
  const name =
    /(^|\/)(?:feature[-_.]?(?:flags?|toggles?)|flags|toggles)(?:[.-][\w-]{1,60})?\.(?:json[c5]?|ya?ml|toml|properties)$|\.flagd\.(?:json|ya?ml)$/i;
  return (
    name.test(path) ||
    /(^|\/)(?:feature[-_]?(?:flags|toggles)|flagd|launchdarkly|unleash)\/[^/]{1,100}\.(?:json[c5]?|ya?ml|toml)$/i.test(
      path,
    )
  );
}

/** A schema of flags holds none. */
function isSchema(path: string, text: string | undefined): boolean {
  return (
    /(^|\/)schemas?\//i.test(path) ||
    (text !== undefined && /"\$schema":\s{0,20}"https?:\/\/json-schema\.org/.test(text))
  );
}

/** Words that only these formats use together. */
function hasShape(text: string): boolean {
  const has = (word: string): boolean => text.includes(`"${word}"`) || text.includes(`${word}:`);
  return (
    (has('defaultVariant') && has('variants')) ||
    (has('featureStrategies') && has('features')) ||
    (has('fallthrough') && has('variations')) ||
    has('flagValues') ||
    (has('flagType') && has('defaultValue'))
  );
}

function differences(versions: FileVersions): readonly Difference[] {
  try {
    return compared(versions);
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableConfiguration('line 1: nested too deeply');
    throw error;
  }
}

function compared({ path, before, after }: FileVersions): readonly Difference[] {
  const environment = environmentOf(path);
  const was = flagsOf(before, path);
  const is = flagsOf(after, path);
  const earlier = new Map(was.flags.map((flag) => [flag.name, flag]));
  const later = is.flags;
  const told = later.flatMap((flag) => {
    const found = earlier.get(flag.name);
    earlier.delete(flag.name);
    return found === undefined ? presence('added', flag) : entryDifferences(found.aspects, flag.aspects);
  });
  const all = [...told, ...[...earlier.values()].flatMap((flag) => presence('removed', flag))];
  return all.map((one) => ({
    ...one,
    line: (one.kind === 'removed' ? was : is).lineAt(one.line ?? 0),
    ...(one.note === undefined && environment !== undefined ? { note: environment } : {}),
  }));
}

/** A flag that came or went is told by whether it is on, not by all that decides it. */
function presence(kind: 'added' | 'removed', flag: Flag): readonly Difference[] {
  const main = flag.aspects.filter(({ isMain }) => isMain);
  if (main.length === 0 && flag.aspects.length > 0 && flag.name.startsWith('$'))
    return kind === 'added' ? entryDifferences([], flag.aspects) : entryDifferences(flag.aspects, []);
  if (main.length > 0) return kind === 'added' ? entryDifferences([], main) : entryDifferences(main, []);
  const place = { subject: `flag ${flag.name}`, line: flag.line };
  return [kind === 'added' ? { kind, after: '', ...place } : { kind, before: '', ...place }];
}

interface ReadFlags {
  readonly flags: readonly Flag[];
  /** The line of what the flags have as theirs. */
  lineAt(index: number): number;
}

/** Lines are looked up of what differs alone: finding one takes longer than reading the file. */
function flagsOf(text: string | undefined, path: string): ReadFlags {
  if (text === undefined) return { flags: [], lineAt: () => 1 };
  const read = valueReader(path);
  if (read === undefined) throw new UnreadableConfiguration('line 1: no format that holds flags');
  const { value, lineOf } = read(text);
  const places: (readonly string[])[] = [];
  const flags = readerOf(value)(value, (place) => places.push(place) - 1);
  return { flags, lineAt: (index) => lineOf(places[index] ?? []) };
}

function readerOf(value: Plain): typeof plainFlags {
  const flags = valueAt(value, 'flags');
  const [first] = isList(flags) ? flags : isRecord(flags) ? Object.values(flags) : [];
  if (isRecord(valueAt(value, 'spec', 'flagSpec', 'flags'))) return flagdFlags;
  if (
    isRecord(flags) &&
    (valueAt(first, 'defaultVariant') !== undefined ||
      valueAt(first, 'variants') !== undefined ||
      valueAt(first, 'flagType') !== undefined)
  )
    return flagdFlags;
  const features = valueAt(value, 'features');
  if (
    isList(features) &&
    (valueAt(value, 'featureStrategies') !== undefined ||
      features.some((one) => valueAt(one, 'strategies') !== undefined || valueAt(one, 'environments') !== undefined))
  )
    return unleashFlags;
  const items = valueAt(value, 'items');
  const sample = isList(items) ? items[0] : first;
  const isLaunchDarkly = (one: Plain): boolean =>
    valueAt(one, 'variations') !== undefined || (isRecord(one) && isRecord(valueAt(one, 'environments')));
  return isLaunchDarkly(sample) || isLaunchDarkly(value) || isRecord(valueAt(value, 'flagValues'))
    ? launchDarklyFlags
    : plainFlags;
}

/** The environment that a path names: `flags/prod.yaml`, `env/staging/flags.json`, `flags.prod.json`. */
function environmentOf(path: string): string | undefined {
  return path
    .split(/[/.]/)
    .reverse()
    .find((part) => isEnvironment(part));
}
