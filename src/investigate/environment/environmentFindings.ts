import type { FileReads, ReadChange, ReadPlace } from '../../changes/environment/comparedReads.ts';
import { comparedReads } from '../../changes/environment/comparedReads.ts';
import { isVariableName } from '../../changes/environment/environmentRead.ts';
import { handsOverEnvironment, mayReadEnvironment } from '../../changes/environment/environmentReads.ts';
import type { EnvironmentSetting, SettingReach } from '../../changes/environment/environmentSetting.ts';
import { settingReach } from '../../changes/environment/environmentSetting.ts';
import type { Mention } from '../../changes/environment/readsRepository.ts';
import type { ChangedVersions, WantedContent } from '../../changes/configuration/readsVersions.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import { commitsBringing } from './environmentCommits.ts';
import { readsInTurns } from './environmentScan.ts';
import type { EnvironmentFinding, EnvironmentSight } from './environmentSight.ts';
import { placesText } from './environmentText.ts';
import type { EnvironmentTools, Looking } from './environmentTools.ts';

const mostFiles = 2000;
const mostVariables = 200;
/** Of places that are kept of one variable. */
const mostPlaces = 20;
/** A longer file of code was made by a program. */
const largestFileBytes = 256 * 1024;
const wholeSetWords = ['envFrom', 'env_file'];

/**
 * Which environment variables the code that runs now reads and the code before the window did not, and the other way round;
 * each held against where the repository sets it. That it cannot be told is a sight too: its reason says so. Values are
 * not read. Throws IncidentError `cancelled` only.
 */
export async function environmentFindings(
  tools: EnvironmentTools,
  sight: ChangesSight,
  signal?: AbortSignal,
): Promise<EnvironmentSight> {
  if (sight.kind === 'none') return { kind: 'none', reason: sight.reason };
  const { repository, base, head, groups } = sight.changes;
  const arrivals = groups.flatMap((group) => group.arrivals);
  if (head === undefined || arrivals.length === 0) return nothing(repository);
  try {
    const looking: Looking = { ...tools, directory: repository, base, head, signal };
    const { files, gaps } = await changedCode(looking);
    const changes = comparedReads(files);
    const candidates = changes.slice(0, mostVariables);
    if (candidates.length === 0) return { ...nothing(repository), files: files.length, gaps };
    const { confirmed, mentions, isCut } = await confirm(looking, candidates, files);
    const bringing = await commitsBringing(looking, confirmed, arrivals);
    const findings = confirmed.map((change) => findingOf(change, mentions, bringing(change)));
    return {
      ...{ kind: 'seen', repository, findings, files: files.length, wholeSets: wholeSetsOf(mentions) },
      gaps: [
        ...gaps,
        ...(changes.length > mostVariables
          ? [`Only ${mostVariables} of ${changes.length} variables were looked up.`]
          : []),
        ...(isCut
          ? ['The variables are mentioned in more places than were read: some that set them may be missing.']
          : []),
      ],
    };
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return { kind: 'none', reason: [error.message, error.hint].filter(Boolean).join(' ') };
  }
}

function nothing(repository: string): Extract<EnvironmentSight, { kind: 'seen' }> {
  return { kind: 'seen', repository, findings: [], files: 0, wholeSets: [], gaps: [] };
}

/** The changed files of code, with what both of their versions read. */
async function changedCode(looking: Looking): Promise<{ files: readonly FileReads[]; gaps: readonly string[] }> {
  const { versions, directory, base, head, signal } = looking;
  const range = { from: base, to: head };
  const { files } = await versions.versionsBetween(directory, range, signal);
  const all = files.filter(
    ({ kind, path, oldPath }) => kind === 'file' && [path, oldPath ?? path].some(mayReadEnvironment),
  );
  const code = all.slice(0, mostFiles);
  const wanted = code.flatMap(({ before, after }): WantedContent[] =>
    [before, after].flatMap((blob) => (blob === undefined ? [] : [{ blob }])),
  );
  const options = { fileBytes: largestFileBytes, ...(signal === undefined ? {} : { signal }) };
  const contents = await versions.contents(directory, range, wanted, options);
  const unread = contents.filter(({ kind }) => kind === 'tooLarge' || kind === 'notFetched').length;
  const asked: { path: string; text: string }[] = [];
  let at = 0;
  const ask = (path: string, blob: string | undefined) => {
    const content = blob === undefined ? undefined : contents[at++];
    asked.push({ path, text: content?.kind === 'text' ? content.text : '' });
  };
  for (const { path, oldPath, before, after } of code) {
    ask(oldPath ?? path, before);
    ask(path, after);
  }
  const reads = await readsInTurns(asked, signal);
  return {
    files: code.map((file, index) => ({
      ...namesOf(file),
      before: reads[index * 2] ?? [],
      after: reads[index * 2 + 1] ?? [],
    })),
    gaps: [
      ...(all.length > mostFiles
        ? [`Only ${mostFiles} of ${all.length} changed files of code were read for variables.`]
        : []),
      ...(unread > 0
        ? [`${unread} changed files of code were not read for variables: too large, or not in this partial clone.`]
        : []),
      ...handedOver(asked.filter((_side, index) => index % 2 === 1)),
    ],
  };
}

/** A sentence for the files whose reads cannot be told. */
function handedOver(files: readonly { readonly path: string; readonly text: string }[]): readonly string[] {
  const places = files.flatMap(({ path, text }): ReadPlace[] => {
    const line = handsOverEnvironment(path, text);
    return line === undefined ? [] : [{ path, line }];
  });
  if (places.length === 0) return [];
  return [
    `The environment is handed over whole in ${placesText(places)}: which variables are read there was not seen.`,
  ];
}

function namesOf({ path, oldPath }: ChangedVersions): Pick<FileReads, 'path' | 'oldPath'> {
  return oldPath === undefined ? { path } : { path, oldPath };
}

interface Confirmed {
  readonly confirmed: readonly ReadChange[];
  /** Of the later commit. */
  readonly mentions: readonly Mention[];
  readonly isCut: boolean;
}

/** Leaves out what files that did not change read as well: that is neither new nor gone. */
async function confirm(
  looking: Looking,
  changes: readonly ReadChange[],
  files: readonly FileReads[],
): Promise<Confirmed> {
  const { repository, directory, head, signal } = looking;
  const names = changes.map(({ name }) => name).filter(isVariableName);
  const { found, isCut } = await repository.mentions(directory, head, [...names, ...wholeSetWords], { signal });
  const changed = new Set(files.map(({ path }) => path));
  // An unchanged file is the same in both commits: the later one tells of both.
  const others = [...new Set(found.map(({ path }) => path))].filter(
    (path) => !changed.has(path) && mayReadEnvironment(path),
  );
  const options = { fileBytes: largestFileBytes, ...(signal === undefined ? {} : { signal }) };
  const contents = await looking.versions.contents(
    directory,
    { from: looking.base, to: head },
    others.map((path) => ({ path })),
    options,
  );
  const asked = others.map((path, index) => {
    const content = contents[index];
    return { path, text: content?.kind === 'text' ? content.text : '' };
  });
  const elsewhere = new Set((await readsInTurns(asked, signal)).flatMap((reads) => reads.map(({ name }) => name)));
  return { confirmed: changes.filter(({ name }) => !elsewhere.has(name)), mentions: found, isCut };
}

/** The furthest first. */
const reaches: readonly SettingReach[] = ['set', 'code', 'build', 'ci', 'local', 'documented'];

function findingOf(
  change: ReadChange,
  mentions: readonly Mention[],
  commits: EnvironmentFinding['commits'],
): EnvironmentFinding {
  const word = new RegExp(String.raw`\b${change.name}\b`);
  const settings = mentions.flatMap(({ path, line, text }): EnvironmentSetting[] => {
    const reach = word.test(text) ? settingReach(path, text, change.name) : undefined;
    return reach === undefined ? [] : [{ path, line, reach }];
  });
  const standing = reaches.find((reach) => settings.some((setting) => setting.reach === reach)) ?? 'nowhere';
  const ordered = [...settings].sort((a, b) => reaches.indexOf(a.reach) - reaches.indexOf(b.reach));
  return {
    ...change,
    reads: change.reads.slice(0, mostPlaces),
    settings: ordered.slice(0, mostPlaces),
    standing,
    commits,
  };
}

function wholeSetsOf(mentions: readonly Mention[]): readonly ReadPlace[] {
  return mentions
    .filter(({ path, text }) => /\.(?:ya?ml|tpl)$/i.test(path) && /^\s*(?:-\s+)?(?:envFrom|env_file)\s*:/.test(text))
    .slice(0, mostPlaces)
    .map(({ path, line }) => ({ path, line }));
}
