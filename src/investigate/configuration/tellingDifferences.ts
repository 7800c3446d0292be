import type { ConfigurationKind } from '../../changes/configuration/configurationFormat.ts';
import type { Difference } from '../../changes/configuration/difference.ts';
import { differenceText } from '../../changes/configuration/difference.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { ConfigurationFile } from './configurationSight.ts';

/** How likely a difference of a kind is to break what runs: what is in force at once before what a build may pick up. */
const weights: Readonly<Record<ConfigurationKind, number>> = {
  featureFlags: 90,
  migration: 85,
  environment: 80,
  dns: 80,
  application: 70,
  kubernetes: 70,
  helm: 70,
  kustomize: 70,
  webServer: 70,
  compose: 55,
  terraform: 65,
  docker: 55,
  structured: 50,
  submodule: 45,
  lockFile: 40,
  workflow: 25,
};
const asLinesWeight = 15;
/** What nobody runs in production, as a rule. */
const aside = /(?:^|\/)(?:tests?|__tests__|testdata|fixtures?|specs?|e2e|examples?|samples?|docs?|benchmarks?)\//i;
const asideWeight = -60;

/** Notes and values that outages are known for. */
const alarming =
  /irreversible|destroy|drops? |major|secret|password|replicas|timeout|limit|pool|memory|url|host|port|\bttl\b/i;

/** The differences that most likely matter, in a few words each with their file, the most telling first. */
export function tellingDifferences(files: readonly ConfigurationFile[], max: number): readonly string[] {
  const newest = files.reduce((latest, { commits }) => greater(latest, commits[0]?.reachedAt ?? ''), '');
  const weighed = files.map((file) => ({ file, differences: weighedDifferences(file, newest) }));
  const ofFile = ({ file, differences }: (typeof weighed)[number]) => differences.map((one) => ({ file, ...one }));
  const all = weighed.map(ofFile);
  // Not more than one of a file while others have something to tell, or one long list would hide them.
  const first = heaviest(all.flatMap((differences) => differences.slice(0, 1)));
  const rest = first.length >= max ? [] : heaviest(all.flatMap((differences) => differences.slice(1)));
  return [...first, ...rest].slice(0, max).map(({ file, difference }) => shortText(file, difference));
}

/** Files that most likely matter first; those of equal weight as they were. */
export function byTelling(files: readonly ConfigurationFile[]): readonly ConfigurationFile[] {
  return heaviest(files.map((file) => ({ file, weight: weighedDifferences(file, '')[0]?.weight ?? 0 }))).map(
    ({ file }) => file,
  );
}

interface Weighed {
  readonly difference: Difference;
  readonly weight: number;
}

function weighedDifferences(file: ConfigurationFile, newest: string): readonly Weighed[] {
  return heaviest(file.differences.map((difference) => ({ difference, weight: weightOf(file, difference, newest) })));
}

function heaviest<T extends { readonly weight: number }>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => b.weight - a.weight);
}

function weightOf(
  { path, format, insteadBecause, commits }: ConfigurationFile,
  difference: Difference,
  newest: string,
): number {
  const byKind = format === undefined || insteadBecause !== undefined ? asLinesWeight : weights[format.kind];
  const isAlarming = alarming.test(difference.kind === 'told' ? difference.text : difference.subject);
  const isNoted = difference.note !== undefined && alarming.test(difference.note);
  const isNewest = newest !== '' && commits[0]?.reachedAt === newest;
  return [
    byKind,
    isAlarming ? 12 : 0,
    isNoted ? 20 : 0,
    isNewest ? 6 : 0,
    difference.kind === 'added' ? -8 : 0,
    aside.test(path) ? asideWeight : 0,
  ].reduce((sum, part) => sum + part);
}

function shortText({ path }: ConfigurationFile, difference: Difference): string {
  return `${plainLine(differenceText(difference), 100)} (${plainLine(path, 60)})`;
}

function greater(a: string, b: string): string {
  return a > b ? a : b;
}
