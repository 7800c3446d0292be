import { setImmediate } from 'node:timers/promises';
import { isConfigurationPath, mayBeConfiguration } from '../../changes/configuration/classifyConfiguration.ts';
import type { CompareFiles } from '../../changes/configuration/compareInTurns.ts';
import type { ComparedFile, ReadVersions } from '../../changes/configuration/compareVersions.ts';
import type { ConfigurationFormat } from '../../changes/configuration/configurationFormat.ts';
import type { FormatOptions } from '../../changes/configuration/configurationFormats.ts';
import { configurationFormats } from '../../changes/configuration/configurationFormats.ts';
import { comparedSubmodule } from '../../changes/configuration/submoduleDifference.ts';
import type { ChangedVersions, ReadsVersions, VersionRange } from '../../changes/configuration/readsVersions.ts';
import type { Arrival } from '../../changes/history/windowChanges.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import { commitsTouching } from './commitsTouching.ts';
import type { Reading } from './readBothVersions.ts';
import { besideOf, readBothVersions } from './readBothVersions.ts';
import type { RememberedComparisons } from './rememberedComparisons.ts';
import type { ConfigurationComparison, ConfigurationFile, ConfigurationSight } from './configurationSight.ts';

/** What check 2 reads and compares with. */
export interface ConfigurationTools {
  readonly versions: ReadsVersions;
  readonly compare: CompareFiles;
  /** Absent: everything is read and compared each time. */
  readonly remembered?: RememberedComparisons;
}

/** What a team says of a folder's files. */
export interface ConfigurationWish extends FormatOptions {
  /** Names of the services that a path belongs to. */
  readonly servicesOf: (path: string) => readonly string[];
}

/** More configuration files than this are said, not read. */
const mostFiles = 2000;

/**
 * Reads what check 2 judges: the configuration of what runs against what ran before the window, and what waits to be
 * deployed against what runs. That it cannot be read is a sight too: its reason says so. Throws IncidentError `cancelled` only.
 */
export async function lookAtConfiguration(
  tools: ConfigurationTools,
  sight: ChangesSight,
  wish: ConfigurationWish,
  signal?: AbortSignal,
): Promise<ConfigurationSight> {
  if (sight.kind === 'none') return sight;
  const { folder, window, changes } = sight;
  const { repository, ref, running, base, head, isShallow, isCut } = changes;
  const compare = (range: VersionRange, arrivals: readonly Arrival[]) =>
    compareCommits(tools, repository, range, { arrivals, wish, signal });
  const arrivals = changes.groups.flatMap((group) => group.arrivals);
  const newest = changes.pending[0]?.commit.id;
  try {
    const [deployed, pending] = await Promise.all([
      head === undefined || arrivals.length === 0 ? undefined : compare({ from: base, to: head }, arrivals),
      newest === undefined || newest === head ? undefined : compare({ from: head, to: newest }, changes.pending),
    ]);
    return { kind: 'seen', folder, repository, window, ref, running, isShallow, isCut, deployed, pending };
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return { kind: 'none', folder, reason: [error.message, error.hint].filter(Boolean).join(' ') };
  }
}

interface Comparing {
  /** Newest first. */
  readonly arrivals: readonly Arrival[];
  readonly wish: ConfigurationWish;
  readonly signal: AbortSignal | undefined;
}

async function compareCommits(
  tools: ConfigurationTools,
  repository: string,
  range: VersionRange,
  { arrivals, wish, signal }: Comparing,
): Promise<ConfigurationComparison> {
  const { files: changed, hasRenames } = await tools.versions.versionsBetween(repository, range, signal);
  const formats = configurationFormats(wish);
  const all = await configurationAmong(changed, formats);
  const candidates = all.slice(0, mostFiles);
  const compared = await compareAll(tools, { repository, range, files: candidates, formats, signal }, wish);
  const touching = commitsTouching(arrivals);
  const files = candidates.flatMap(({ path, oldPath, status }, index): ConfigurationFile[] => {
    const result = compared[index];
    if (result === undefined || result.differences.length === 0) return [];
    const names = oldPath === undefined || status === 'copied' ? [path] : [path, oldPath];
    const services = [...new Set(names.flatMap((name) => wish.servicesOf(name)))];
    return [
      { path, ...(oldPath === undefined ? {} : { oldPath }), status, ...result, commits: touching(names), services },
    ];
  });
  const none = compared.filter((result) => result?.isOther === true).length;
  return {
    ...range,
    files,
    silent: candidates.length - files.length - none,
    others: changed.length - all.length + none,
    leftOut: all.length - candidates.length,
    hasRenames,
  };
}

/** Large merges change a hundred thousand files: others have their turn in between. */
const filesPerTurn = 500;

/** What its path gives away comes first, what only the content may tell behind it: how much is read has its limits. */
async function configurationAmong(
  files: readonly ChangedVersions[],
  formats: readonly ConfigurationFormat[],
): Promise<readonly ChangedVersions[]> {
  const found: ChangedVersions[] = [];
  const possible: ChangedVersions[] = [];
  for (const [index, file] of files.entries()) {
    if (index % filesPerTurn === filesPerTurn - 1) await setImmediate();
    const names = file.oldPath === undefined ? [file.path] : [file.path, file.oldPath];
    if (file.kind === 'submodule' || names.some((name) => isConfigurationPath(name, formats))) found.push(file);
    else if (names.some((name) => mayBeConfiguration(name, formats))) possible.push(file);
  }
  return [...found, ...possible];
}

/** In the order of the files; what was compared before is not read again. */
async function compareAll(
  { versions, compare, remembered }: ConfigurationTools,
  reading: Omit<Reading, 'versions'>,
  wish: ConfigurationWish,
): Promise<readonly (ComparedFile | undefined)[]> {
  const keys = remembered === undefined ? [] : reading.files.map((file) => keyOf(file, reading, wish));
  const known = reading.files.map((file, index) =>
    file.kind === 'submodule' ? comparedSubmodule(file) : remembered?.get(keys[index] ?? ''),
  );
  const files = reading.files.filter((_file, index) => known[index] === undefined);
  const read: ReadVersions[] = [];
  const compared = await compare(noting(readBothVersions({ ...reading, versions, files }), read), wish, reading.signal);
  const results = new Map(read.map((one, index) => [one.path, [one, compared[index]] as const]));
  return known.map((before, index) => {
    if (before !== undefined) return before;
    const [one, result] = results.get(reading.files[index]?.path ?? '') ?? [];
    if (one !== undefined && result !== undefined) remembered?.keep(keys[index] ?? '', one, result);
    return result;
  });
}

async function* noting<T>(source: AsyncIterable<T>, into: T[]): AsyncGenerator<T, void> {
  for await (const one of source) {
    into.push(one);
    yield one;
  }
}

/** What is read beside a file is of the later commit, whose id says which content that is. */
function keyOf(
  { status, path, oldPath, kind, before, after }: ChangedVersions,
  { range, formats }: Pick<Reading, 'range' | 'formats'>,
  { featureFlags, zoneFiles }: FormatOptions,
): string {
  const beside = besideOf(path, formats).length === 0 ? '' : range.to;
  return JSON.stringify([status, path, oldPath, kind, before, after, beside, featureFlags, zoneFiles]);
}
