import { differingText } from '../../changes/deployed/differingServices.ts';
import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { Verdict } from '../../incident/words.ts';
import { cameAfterImpact } from './afterImpact.ts';
import type { ConfigurationComparison, ConfigurationFile, ConfigurationSight } from './configurationSight.ts';
import { doubtsOf, isStale } from '../window/sightDoubts.ts';
import { tellingDifferences } from './tellingDifferences.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** What check 2 found beside the differences of files: a variable that is read and set nowhere, a host name that resolves anew. */
export interface ConfigurationFinding {
  /** A sentence or less; strangers' text in it is as they wrote it. */
  readonly text: string;
  readonly source: 'environment' | 'host';
  /** False for what is worth telling and accuses nobody. */
  readonly isSuspicious: boolean;
  readonly repository?: string;
  /** Where in the repository: relative path and line, counted from 1. */
  readonly path?: string;
  readonly line?: number;
  /** The newest commit that brought it. */
  readonly commit?: CommitId;
}

/** The result of check 2. */
export interface ConfigurationResult {
  readonly verdict: Verdict;
  /** A few sentences for people; what strangers wrote in it was made harmless for a line of text. */
  readonly summary: string;
}

/** So many differences are told in the sentence. */
const told = 3;
const onlyRepository = 'Repository only: there is no source for live flags or cluster configuration.';

/**
 * Judges the configuration of a window: any difference in what runs is *suspicious*, unless it came after impact began: that
 * is told apart. None is *unknown*, never *ok*: live flags
 * and the configuration of clusters change without the repository. So is every sight older than 15 minutes.
 */
export function judgeConfiguration(
  sights: readonly ConfigurationSight[],
  findings: readonly ConfigurationFinding[],
  now: IsoTime,
): ConfigurationResult {
  const seen = sights.filter((sight) => sight.kind === 'seen');
  const blind = sights.flatMap((sight) => (sight.kind === 'none' ? [sight.reason] : []));
  const running = seen.flatMap(({ deployed }) => deployed?.files ?? []);
  const files = running.filter((file) => !cameAfterImpact(file));
  const later = running.filter(cameAfterImpact);
  const pending = seen.flatMap((sight) => sight.pending?.files ?? []);
  const suspicious = findings.filter(({ isSuspicious }) => isSuspicious);
  if (seen.length === 0) return { verdict: 'unknown', summary: [...blind, ...findingTexts(suspicious)].join(' ') };
  const parts = [
    files.length === 0 ? nothing(seen, later.length > 0) : `${differing(files)}.`,
    ...(later.length === 0 ? [] : [`After impact began: ${counted(differencesIn(later), 'difference')}.`]),
    ...findingTexts(suspicious),
    ...(pending.length === 0 ? [] : [`Not deployed yet: ${counted(differencesIn(pending), 'difference')}.`]),
    ...limits(seen, now),
    ...blind,
    onlyRepository,
  ];
  return { verdict: points(seen, suspicious, now) ? 'suspicious' : 'unknown', summary: parts.join(' ') };
}

/** What a fresh sight shows points somewhere, and so does what was resolved just now. */
function points(seen: readonly Seen[], suspicious: readonly ConfigurationFinding[], now: IsoTime): boolean {
  const fresh = seen.filter(({ ref }) => !isStale(ref, now));
  if (fresh.some(({ deployed }) => deployed?.files.some((file) => !cameAfterImpact(file)))) return true;
  return suspicious.some(({ source }) => fresh.length > 0 || source === 'host');
}

type Seen = Extract<ConfigurationSight, { kind: 'seen' }>;

function differing(files: readonly ConfigurationFile[]): string {
  const telling = tellingDifferences(files, told);
  const more = differencesIn(files) - telling.length;
  const rest = more === 0 ? '' : `, and ${counted(more, 'more difference')} in ${counted(files.length, 'file')}`;
  return `${telling.join('; ')}${rest}`;
}

function nothing(seen: readonly Seen[], hasLater: boolean): string {
  if (hasLater) return 'No configuration file of this window is known to have changed in meaning before impact began.';
  const silent = seen.reduce((sum, { deployed }) => sum + (deployed?.silent ?? 0), 0);
  const formatting =
    silent === 0 ? '' : `, though ${counted(silent, 'file')} ${silent === 1 ? 'does' : 'do'} in order or formatting`;
  return `No configuration file of this window differs in meaning${formatting}.`;
}

function findingTexts(findings: readonly ConfigurationFinding[]): readonly string[] {
  const texts = findings.slice(0, told).map(({ text }) => `${redactedLine(text, 160).replace(/\.$/, '')}.`);
  const more = findings.length - texts.length;
  return more === 0 ? texts : [...texts, `And ${counted(more, 'more finding')}.`];
}

/** Why the sight is not whole and fresh. */
function limits(seen: readonly Seen[], now: IsoTime): readonly string[] {
  const texts = seen.flatMap((sight) => [
    ...doubtText(doubtsOf(sight, now)),
    ...differingText(sight.running),
    ...(sight.running.kind === 'unknown' ? [`What runs is unknown, the head of ${sight.ref.name} is assumed.`] : []),
    ...partial(sight.deployed),
  ]);
  return [...new Set(texts)];
}

function doubtText(doubts: readonly string[]): readonly string[] {
  return doubts.length === 0 ? [] : [`But ${doubts.join('; and ')}.`];
}

function partial(comparison: ConfigurationComparison | undefined): readonly string[] {
  if (comparison === undefined) return [];
  return [
    ...(comparison.leftOut === 0
      ? []
      : [`${counted(comparison.leftOut, 'more file')} that may be configuration were not read.`]),
    ...(comparison.hasRenames ? [] : ['In this partial clone a renamed file reads as removed and added.']),
  ];
}

function differencesIn(files: readonly ConfigurationFile[]): number {
  return files.reduce((sum, { differences, more }) => sum + differences.length + more, 0);
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
