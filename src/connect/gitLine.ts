import type { CommitId, HistoryStart, LineCommit } from '../changes/history/readsHistory.ts';
import { epochMsOf, isoTimeOf } from '../incident/isoTime.ts';
import type { IncidentError } from '../incident/incidentError.ts';
import type { AskGit } from './gitAsk.ts';
import { gitFailure } from './gitErrors.ts';

/**
 * So many older commits in a row end the walk. `--since` would stop at the first, and one clock set back, or one old commit
 * pushed late, hides everything behind it.
 */
const olderInARow = 100;

/** A clock that is further ahead than that is wrong, and tells nothing of when something came. */
const aheadMs = 24 * 60 * 60 * 1000;

export interface BranchLine {
  /** Undefined when the ref has no commit. */
  readonly tip: CommitId | undefined;
  /** Newest first. */
  readonly line: readonly LineCommit[];
  /** There are more than `max`. */
  readonly isCut: boolean;
  /** Why git did not list it. */
  readonly failed?: IncidentError;
}

interface Entry {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  readonly epochMs: number;
}

/** The first-parent line of a revision since the start of a window; git ends as soon as that is known. */
export async function readLine(ask: AskGit, revision: string, start: HistoryStart, max: number): Promise<BranchLine> {
  const entries: Entry[] = [];
  let rest = '';
  let older = 0;
  const take = (line: string): boolean => {
    const entry = entryOf(line);
    if (entry === undefined) return true;
    entries.push(entry);
    older = isBefore(entry, start) ? older + 1 : 0;
    return older < olderInARow && entries.length <= max + olderInARow;
  };
  const outcome = await ask.outcome([...lineArgs(start), '--end-of-options', revision, ...exclusion(start)], {
    read: (chunk) => {
      const lines = `${rest}${chunk.toString('latin1')}`.split('\n');
      rest = lines.pop() ?? '';
      return lines.every(take) ? 'more' : 'enough';
    },
  });
  if (outcome.exitCode !== 0) {
    return { tip: undefined, line: [], isCut: false, failed: gitFailure(outcome, ask.directory, ['rev-list']) };
  }
  take(rest);
  const last = start.kind === 'commit' ? entries.length : lengthWithin(entries, start);
  const within = entries.slice(0, Math.min(last, max));
  return { tip: entries[0]?.id, line: reached(within, start), isCut: last > max };
}

/** `rev-list` reads neither messages nor names, and of a commit-graph not even commits. */
function lineArgs({ kind }: HistoryStart): string[] {
  return ['rev-list', '--first-parent', '--timestamp', '--parents', ...(kind === 'commit' ? ['--topo-order'] : [])];
}

function exclusion(start: HistoryStart): string[] {
  return start.kind === 'commit' ? [`^${start.after}`] : [];
}

/** `<seconds> <id> <parent> …` */
function entryOf(line: string): Entry | undefined {
  const [seconds = '', id = '', ...parents] = line.trim().split(' ');
  return id === '' ? undefined : { id, parents, epochMs: Number(seconds) * 1000 };
}

function isBefore({ epochMs }: Entry, start: HistoryStart): boolean {
  return start.kind === 'time' && epochMs < epochMsOf(start.since);
}

/** What is newest and says that it comes from the future tells nothing of its age: it is not left out. */
function lengthWithin(entries: readonly Entry[], start: Extract<HistoryStart, { kind: 'time' }>): number {
  const notFuture = entries.findIndex((entry) => isWithin(entry, start) || isBefore(entry, start));
  const newestFuture = notFuture === -1 ? entries.length : notFuture;
  return Math.max(newestFuture, 1 + entries.findLastIndex((entry) => isWithin(entry, start)));
}

function isWithin(entry: Entry, start: Extract<HistoryStart, { kind: 'time' }>): boolean {
  return !isBefore(entry, start) && entry.epochMs <= epochMsOf(start.now) + aheadMs;
}

/** What stands on a commit reached the branch no earlier than it did, whatever its clock said. */
function reached(entries: readonly Entry[], start: HistoryStart): LineCommit[] {
  const latest = start.kind === 'time' ? epochMsOf(start.now) + aheadMs : Infinity;
  let before = -Infinity;
  return entries
    .toReversed()
    .map(({ id, parents, epochMs }) => {
      const at = Math.max(epochMs, before);
      if (at <= latest) before = at;
      return { id, parents, reachedAt: isoTimeOf(Math.abs(at) <= 8.64e15 ? at : 0) };
    })
    .reverse();
}
