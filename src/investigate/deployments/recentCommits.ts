import { differingText } from '../../changes/deployed/differingServices.ts';
import type { Commit, DeployRef } from '../../changes/history/readsHistory.ts';
import { lateDeploys } from '../../changes/history/lateDeploys.ts';
import type { Arrival, Deploy, WindowChanges } from '../../changes/history/windowChanges.ts';
import { formatDuration } from '../../documents/timeText.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../../incident/isoTime.ts';
import type { Verdict } from '../../incident/words.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import type { ChangeWindow } from '../window/changeWindow.ts';
import { widerWindows } from '../window/changeWindow.ts';
import { repositoryLabels } from '../window/repositoryLabels.ts';
import { commitLabel } from './commitLabel.ts';
import { doubtsOf, isStale, sightText } from '../window/sightDoubts.ts';
import { ageText, plural, wholeMinutes } from '../window/windowWords.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** The result of check 1. */
export interface RecentCommits {
  readonly verdict: Verdict;
  /** A few sentences for people; what strangers wrote in it was made harmless for a line of text. */
  readonly summary: string;
  /** Longer windows to propose, in minutes; empty unless there was nothing in this one. */
  readonly widerWindows: readonly number[];
}

/**
 * Judges what reached production in a change window: anything is *suspicious*; nothing is *ok* only where the sight is
 * whole and fresh in every repository, else *unknown* with the reason. A sight older than 15 minutes is *unknown* whatever it
 * shows: the cause may be what it does not. What does not run is mentioned, never accused.
 */
export function judgeRecentCommits(sights: readonly ChangesSight[], now: IsoTime): RecentCommits {
  const judged = sights.map((sight) => judge(sight, now));
  const [only] = judged;
  if (judged.length === 1 && only !== undefined) return only;
  const worst = (['suspicious', 'unknown', 'ok'] as const).find((verdict) =>
    judged.some((result) => result.verdict === verdict),
  );
  const labels = repositoryLabels(sights.flatMap((sight) => placeOf(sight) ?? []));
  return {
    verdict: worst ?? 'unknown',
    summary: judged.map(({ summary }, index) => `${nameOf(sights[index], labels)}: ${summary}`).join(' '),
    widerWindows: judged.every((result) => result.widerWindows.length > 0) ? (only?.widerWindows ?? []) : [],
  };
}

/** The arrivals of a window that run, newest first. */
export function runningArrivals({ groups }: Pick<WindowChanges, 'groups'>): readonly Arrival[] {
  return groups.flatMap(({ arrivals }) => arrivals);
}

function judge(sight: ChangesSight, now: IsoTime): RecentCommits {
  if (sight.kind === 'none') return { verdict: 'unknown', summary: sight.reason, widerWindows: [] };
  const { changes, window } = sight;
  if (changes.ref.commit === undefined) {
    return { verdict: 'unknown', summary: `${changes.ref.name} has no commit yet.`, widerWindows: [] };
  }
  const arrivals = runningArrivals(changes);
  const doubts = doubtsOf(changes, now);
  const late = lateDeploys(changes, window);
  const rest = [
    ...lateText(late, window),
    ...differingText(changes.running),
    ...pendingText(changes),
    ...sightText(changes.ref, now, doubts),
  ].join(' ');
  const pointing = isStale(changes.ref, now) ? 'unknown' : 'suspicious';
  if (arrivals.length > 0) {
    return { verdict: pointing, summary: `${found(arrivals, changes, window)} ${rest}`.trim(), widerWindows: [] };
  }
  const summary = `No commits ${reached(changes.ref)} ${during(window)}. ${rest}`.trim();
  if (late.length > 0) return { verdict: pointing, summary, widerWindows: [] };
  return {
    verdict: doubts.length === 0 ? 'ok' : 'unknown',
    summary,
    widerWindows: window.after === undefined ? widerWindows(window.minutes) : [],
  };
}

function nameOf(sight: ChangesSight | undefined, labels: ReadonlyMap<string, string>): string {
  const path = placeOf(sight);
  return plainLine((path === undefined ? undefined : labels.get(path)) ?? 'this window', 60);
}

function placeOf(sight: ChangesSight | undefined): string | undefined {
  return sight?.kind === 'seen' ? sight.changes.repository : sight?.folder;
}

function found(arrivals: readonly Arrival[], changes: WindowChanges, window: ChangeWindow): string {
  const [newest] = arrivals;
  const people = peopleIn(arrivals.flatMap(({ commit, brought }) => (brought.length === 0 ? [commit] : brought)));
  const count = `${String(arrivals.length)}${changes.isCut ? ' or more' : ''} ${plural(arrivals.length, 'commit', 'commits')}`;
  const within = arrivals.reduce((sum, { brought }) => sum + brought.length, 0);
  const bringing = within === 0 ? '' : ` (and ${String(within)} through merges)`;
  const after = arrivals.filter(({ afterImpactStart }) => afterImpactStart).length;
  const later = after === 0 ? '' : `, ${after === arrivals.length ? 'all' : String(after)} of them after impact began`;
  const latest = newest ? `; newest ${ageText(newest.reachedAt, window.to)} (${commitLabel(newest.commit)})` : '';
  const by = `by ${String(people)} ${plural(people, 'person', 'people')}`;
  return `${count}${bringing} ${by} ${reached(changes.ref)} ${during(window)}${later}${latest}.`;
}

function peopleIn(commits: readonly Commit[]): number {
  return new Set(commits.map(({ email, author }) => (email || author).toLowerCase())).size;
}

/** What went out in the window, though it reached the branch before. */
function lateText([newest, ...others]: readonly Deploy[], { to }: ChangeWindow): readonly string[] {
  if (newest === undefined) return [];
  const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
  const name = `${redactedLine(newest.name, 60)}${more}`;
  return [`${name} went out ${ageText(newest.at, to)} with older commits: choose the window since the last deploy.`];
}

function pendingText({ pending }: WindowChanges): readonly string[] {
  const count = pending.length;
  return count === 0 ? [] : [`${String(count)} more ${plural(count, 'is', 'are')} not deployed.`];
}

function reached({ kind, name }: DeployRef): string {
  return kind === 'local' ? `on ${name}` : `reached ${name}`;
}

/** "in the 4 h before impact began and the 38 min since" */
function during({ minutes, origin, to, after }: ChangeWindow): string {
  if (after !== undefined) return `since ${redactedLine(after.name, 80)}`;
  const length = formatDuration(minutes * minuteMs);
  const sinceMs = wholeMinutes(epochMsOf(to) - epochMsOf(origin.at));
  if (sinceMs === 0) return `in the last ${length}`;
  const began = origin.kind === 'impactStart' ? 'impact began' : 'detection';
  return `in the ${length} before ${began} and the ${formatDuration(sinceMs)} since`;
}
