import * as z from 'zod';
import { incident } from '../incident/argShapes.ts';
import { defineUseCase, refuseCancelled } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { EvidenceRef } from '../incident/evidenceRef.ts';
import { incidentBrief } from '../incident/incidentBrief.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide, IncidentHandle } from '../incident/incidentStore.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { openIncident } from '../incident/openIncident.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase } from '../incident/useCase.ts';
import type { Check, Verdict } from '../incident/words.ts';
import type { ChangeWindow } from './changeWindow.ts';
import { changeWindow } from './changeWindow.ts';
import { commitEvidence, commitEvidenceName, listed } from './commitEvidence.ts';
import { lastAutomatic } from './lastAutomatic.ts';
import type { ListedCommit } from './listedCommit.ts';
import { lookAtHistory } from './lookAtHistory.ts';
import type { DeployRef, ReadsHistory } from './readsHistory.ts';
import type { HistorySight, RecentCommits } from './recentCommits.ts';
import { judgeRecentCommits } from './recentCommits.ts';

const args = z.strictObject({
  incident,
  /** How far before impact start to look; the policy's when absent. */
  windowMinutes: z
    .number()
    .int()
    .positive()
    .max(366 * 24 * 60)
    .optional(),
});

export type InvestigateArgs = z.output<typeof args>;

/** One of the seven checks as it stands. */
export interface CheckSummary {
  readonly check: Check;
  readonly name: string;
  readonly verdict: Verdict;
  readonly summary: string;
  /** True when it is a person who does it, or did. */
  readonly manual: boolean;
}

export interface Investigation extends IncidentBrief {
  /** In the policy's order. */
  readonly checks: readonly CheckSummary[];
  /** Newest first. */
  readonly commits: readonly ListedCommit[];
  readonly window: ChangeWindow;
  /** The ref that was looked at; absent when none could be. */
  readonly ref?: Pick<DeployRef, 'ref' | 'name' | 'kind' | 'fetched'>;
  /** Longer windows to propose, in minutes; empty unless there was nothing in this one. */
  readonly widerWindows: readonly number[];
}

/** What checks look at. */
export interface InvestigationTools {
  readonly history: ReadsHistory;
  /** The workspace folder of an incident; undefined when it is not open here. */
  readonly folderOf: (handle: IncidentHandle) => Promise<string | undefined>;
}

/** Runs the checks that run by themselves, and says of the others that they are manual and how they stand. */
export function createInvestigate(tools: InvestigationTools): UseCase<InvestigateArgs, Investigation> {
  return defineUseCase(args, async (wish, context, signal) => {
    const handle = await openIncident(context, wish.incident);
    const window = windowOf(handle.state, wish.windowMinutes, context.host.clock.now());
    const sight = await look(tools, handle, window, signal);
    refuseCancelled(signal);
    const recent = judgeRecentCommits(sight, window);
    const evidence = await keep(handle, sight, window, recent);
    const state = await handle.record(decideInvestigate(recent, evidence));
    const { commits, widerWindows } = recent;
    return {
      ...incidentBrief({ id: handle.id, state }, context.host.clock.now()),
      ...{ checks: summaries(state), commits: commits.map(listed), window, widerWindows },
      ...definedFields({ ref: sight.kind === 'seen' ? shown(sight.ref) : undefined }),
    };
  });
}

/** The result of check 1; nothing where the last one saw the same and judged it the same. */
export function decideInvestigate(
  { verdict, summary }: Pick<RecentCommits, 'verdict' | 'summary'>,
  evidence: readonly EvidenceRef[],
): Decide {
  return (state) => {
    const last = lastAutomatic(state, 'deployments');
    const [before, now] = [last?.evidence?.[0]?.sha256, evidence[0]?.sha256];
    // With evidence its content tells: the summary says how long ago things were, which is another sentence every minute.
    const isSame = last?.verdict === verdict && before === now && (now !== undefined || last.summary === summary);
    if (isSame) return [];
    const source = definedFields({ evidence: evidence.length === 0 ? undefined : evidence });
    return [{ type: 'check.completed', data: { check: 'deployments', verdict, summary, manual: false, ...source } }];
  };
}

function windowOf(
  { moments, declared, policy }: IncidentState,
  minutes: number | undefined,
  now: IsoTime,
): ChangeWindow {
  return changeWindow({
    impactStart: moments.impactStart,
    detected: moments.detected ?? declared?.at ?? now,
    now,
    minutes: minutes ?? policy.changeWindowMinutes,
  });
}

async function look(
  { history, folderOf }: InvestigationTools,
  handle: IncidentHandle,
  window: ChangeWindow,
  signal: AbortSignal,
): Promise<HistorySight> {
  const folder = await folderOf(handle);
  if (folder !== undefined) return lookAtHistory(history, folder, window, { withCounts: true, signal });
  return {
    kind: 'none',
    reason: 'No folder of this incident is open in this window, so there is no history to look at.',
  };
}

async function keep(
  handle: IncidentHandle,
  sight: HistorySight,
  window: ChangeWindow,
  { commits }: RecentCommits,
): Promise<readonly EvidenceRef[]> {
  if (sight.kind === 'none') return [];
  return [await handle.keepEvidence(commitEvidenceName, commitEvidence(sight, window, commits))];
}

function summaries({ policy, checks }: IncidentState): readonly CheckSummary[] {
  return policy.checks.map(({ id, name }) => {
    const result = checks[id];
    if (result === undefined) {
      return { check: id, name, verdict: 'unknown', summary: 'manual check: not done yet', manual: true };
    }
    return { check: id, name, verdict: result.verdict, summary: result.summary, manual: result.manual };
  });
}

function shown({ ref, name, kind, fetched }: DeployRef): Investigation['ref'] {
  return { ref, name, kind, fetched };
}
