import { formatDuration } from '../documents/timeText.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../incident/isoTime.ts';
import type { Verdict } from '../incident/words.ts';
import type { ChangeWindow } from './changeWindow.ts';
import { widerWindows } from './changeWindow.ts';
import { commitLabel } from './commitLabel.ts';
import type { Commit, DeployRef, Fetched, History } from './readsHistory.ts';

/** What could be seen of the history of the folder's repository. */
export type HistorySight =
  | { readonly kind: 'seen'; readonly ref: DeployRef; readonly history: History; readonly isShallow: boolean }
  /** `reason`: a sentence. */
  | { readonly kind: 'none'; readonly reason: string };

/** A commit of the window; `afterImpactStart` is false as long as impact start is unknown. */
export interface WindowCommit extends Commit {
  readonly afterImpactStart: boolean;
}

/** The result of check 1. */
export interface RecentCommits {
  readonly verdict: Verdict;
  /** One or two sentences for people; what strangers wrote in it was made harmless for a line of text. */
  readonly summary: string;
  /** Newest first. */
  readonly commits: readonly WindowCommit[];
  /** Longer windows to propose, in minutes; empty unless there was nothing in this one. */
  readonly widerWindows: readonly number[];
}

/** A remote seen longer ago than that may have moved on: nothing is *ok* on such a sight. */
const freshMs = 15 * minuteMs;

/**
 * Judges the commits of a change window: any are *suspicious*; none is *ok* only where the sight is whole and fresh,
 * else *unknown* with the reason.
 */
export function judgeRecentCommits(sight: HistorySight, window: ChangeWindow): RecentCommits {
  if (sight.kind === 'none') return { verdict: 'unknown', summary: sight.reason, commits: [], widerWindows: [] };
  const { ref, history } = sight;
  if (history.nothing === 'unbornBranch') {
    return { verdict: 'unknown', summary: `${ref.name} has no commit yet.`, commits: [], widerWindows: [] };
  }
  const commits = history.commits
    .filter(({ committedAt }) => committedAt >= window.from)
    .map((commit) => ({ ...commit, afterImpactStart: isAfterImpact(commit, window) }));
  const doubts = doubtsOf(sight, window.to);
  if (commits.length > 0) {
    const summary = `${found(commits, sight, window)} ${sightText(ref, window.to, doubts)}`;
    return { verdict: 'suspicious', summary, commits, widerWindows: [] };
  }
  const summary = `No commits ${reached(ref)} ${during(window)}. ${sightText(ref, window.to, doubts)}`;
  const verdict = doubts.length === 0 ? 'ok' : 'unknown';
  return { verdict, summary, commits, widerWindows: widerWindows(window.minutes) };
}

function isAfterImpact({ committedAt }: Commit, { origin }: ChangeWindow): boolean {
  return origin.kind === 'impactStart' && committedAt > origin.at;
}

function found(
  commits: readonly WindowCommit[],
  { ref, history }: { ref: DeployRef; history: History },
  window: ChangeWindow,
): string {
  const [newest] = commits;
  const people = new Set(commits.map(({ email, author }) => (email || author).toLowerCase())).size;
  const count = `${commits.length}${history.isCut ? ' or more' : ''} ${plural(commits.length, 'commit', 'commits')}`;
  const after = commits.filter(({ afterImpactStart }) => afterImpactStart).length;
  const later = after === 0 ? '' : `, ${after === commits.length ? 'all' : after} of them after impact began`;
  const latest = newest ? `; newest ${ageText(newest.committedAt, window.to)} (${commitLabel(newest)})` : '';
  return `${count} by ${people} ${plural(people, 'person', 'people')} ${reached(ref)} ${during(window)}${later}${latest}.`;
}

function reached({ kind, name }: DeployRef): string {
  return kind === 'local' ? `on ${name}` : `reached ${name}`;
}

/** "in the 4 h before impact began and the 38 min since" */
function during({ minutes, origin, to }: ChangeWindow): string {
  const length = formatDuration(minutes * minuteMs);
  const sinceMs = wholeMinutes(epochMsOf(to) - epochMsOf(origin.at));
  if (sinceMs === 0) return `in the last ${length}`;
  const began = origin.kind === 'impactStart' ? 'impact began' : 'detection';
  return `in the ${length} before ${began} and the ${formatDuration(sinceMs)} since`;
}

/** Why the sight is not whole and fresh; each the rest of "but …". */
function doubtsOf({ ref, history, isShallow }: Extract<HistorySight, { kind: 'seen' }>, now: IsoTime): string[] {
  return [
    ...fetchDoubts(ref, now),
    ...(isShallow ? ['this is a shallow clone, so older commits are missing'] : []),
    ...(history.isCut ? ['there are more commits than were looked through'] : []),
  ];
}

function fetchDoubts({ kind, hasRemote, name, fetched }: DeployRef, now: IsoTime): string[] {
  if (kind === 'local') {
    const why = hasRemote ? 'no branch of the remote was ever fetched' : 'there is no remote';
    return [`${why}, so only ${name} of this clone can be seen`];
  }
  if (fetched.kind === 'unknown') return [`when ${name} was last fetched is unknown: ${fetched.reason}`];
  const ageMs = epochMsOf(now) - epochMsOf(fetched.at);
  if (ageMs > freshMs) return [`${name} was ${lastSeen(fetched, now)}, so newer ones may be missing`];
  return ageMs < -minuteMs ? [`${name} was fetched in the future, so one of the clocks is wrong`] : [];
}

function sightText({ kind, fetched }: DeployRef, now: IsoTime, doubts: readonly string[]): string {
  if (doubts.length > 0) return `But ${doubts.join('; and ')}.`;
  if (kind === 'local' || fetched.kind === 'unknown') return '';
  const text = lastSeen(fetched, now);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function lastSeen({ at, by }: Extract<Fetched, { kind: 'known' }>, now: IsoTime): string {
  const how = { fetch: 'last fetched', push: 'last seen by a push', clone: 'cloned' }[by];
  return `${how} ${ageText(at, now)}`;
}

function ageText(at: IsoTime, now: IsoTime): string {
  const ageMs = epochMsOf(now) - epochMsOf(at);
  if (ageMs < -minuteMs) return 'dated in the future';
  return ageMs < minuteMs ? 'less than a minute ago' : `${formatDuration(wholeMinutes(ageMs))} ago`;
}

function wholeMinutes(ms: number): number {
  return Math.max(0, Math.floor(ms / minuteMs)) * minuteMs;
}

function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
