import * as z from 'zod';
import type { DeployRef } from '../changes/history/readsHistory.ts';
import { incident } from '../incident/argShapes.ts';
import { defineUseCase, refuseCancelled } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { incidentBrief } from '../incident/incidentBrief.ts';
import { openIncident } from '../incident/openIncident.ts';
import type { UseCase } from '../incident/useCase.ts';
import { checks as checkIds } from '../incident/words.ts';
import { redact } from '../safety/redact.ts';
import { allEnded } from './allEnded.ts';
import type { AutomaticCheck, CheckContext } from './automaticCheck.ts';
import type { Look, SignalTools } from './prepareSignals.ts';
import { isWanted, prepareSignals } from './prepareSignals.ts';
import { recordCheck } from './recordCheck.ts';
import type { ChangesSight } from './window/changesSight.ts';
import type { ChangeWindow, WindowChoice } from './window/changeWindow.ts';
import type { CheckSummary } from './checkSummaries.ts';
import { checkSummaries } from './checkSummaries.ts';
import { commitId } from './commitId.ts';
import type { IncidentChanges } from './window/incidentChanges.ts';
import { windowOf } from './window/incidentWindow.ts';
import { listRepositories } from './deployments/listCommits.ts';
import type { ListedCommit } from './deployments/listedCommit.ts';
import { decideObserveDeploys } from './deployments/observeDeploys.ts';
import { judgeRecentCommits } from './deployments/recentCommits.ts';

const args = z.strictObject({
  incident,
  /** How far before impact start to look; what was chosen last when absent, and the policy's at first. */
  windowMinutes: z
    .number()
    .int()
    .positive()
    .max(366 * 24 * 60)
    .optional(),
  /** Where to begin instead: with the last deploy, after what ran before the impact, or after a commit. */
  since: z.union([z.enum(['lastDeploy', 'lastGood']), commitId]).optional(),
  /** Only these of the checks that run by themselves; all when absent. */
  checks: z.array(z.enum(checkIds)).min(1).max(checkIds.length).optional(),
  /** Look again without a word: a check is recorded only where its verdict, or that of something it saw, changed. */
  onlyChanges: z.boolean().optional(),
});

/** As checks of signals have each. */
const defaultOutsideLimitMs = 10_000;

export type InvestigateArgs = z.output<typeof args>;

export interface Investigation extends IncidentBrief {
  /** In the policy's order. */
  readonly checks: readonly CheckSummary[];
  /** What runs, of all repositories, newest first. */
  readonly commits: readonly ListedCommit[];
  /** On the branch that deploys, and not running. */
  readonly pending: readonly ListedCommit[];
  readonly window: ChangeWindow;
  /** The ref that was looked at, of the first repository; absent when none could be. */
  readonly ref?: Pick<DeployRef, 'ref' | 'name' | 'kind' | 'fetched'>;
  /** Longer windows to propose, in minutes; empty unless there was nothing in this one. */
  readonly widerWindows: readonly number[];
}

/** What an investigation needs. */
export interface InvestigationTools extends SignalTools {
  /** Checks that run by themselves, all at once and from the same sights. */
  readonly checks: readonly AutomaticCheck[];
  readonly changes: Pick<IncidentChanges, 'look'>;
  /** For what runs and what host names resolve to, one after the other; 10 s by default. */
  readonly outsideLimitMs?: number;
}

/** Runs the checks that run by themselves, and says of the others that they are manual and how they stand. */
export function createInvestigate(tools: InvestigationTools): UseCase<InvestigateArgs, Investigation> {
  return defineUseCase(args, async (wish, context, signal) => {
    const handle = await openIncident(context, wish.incident);
    const { clock } = context.host;
    const look = { handle, wish, now: () => clock.now(), signal };
    const lookAtSignals = await prepareSignals(tools, look);
    const changes = lookAtChanges(tools, look);
    await allEnded([changes, lookAtSignals()]);
    const sights = await changes;
    const now = clock.now();
    const { state } = handle;
    const seen = sights.filter((sight) => sight.kind === 'seen');
    const listed = listRepositories(seen);
    return {
      ...incidentBrief({ id: handle.id, state }, now),
      checks: checkSummaries(state),
      commits: newestFirst(listed.flatMap(({ groups }) => groups.flatMap(({ commits }) => commits))),
      pending: newestFirst(listed.flatMap(({ pending }) => pending)),
      window: seen[0]?.window ?? windowOf(state, wish.windowMinutes, now),
      widerWindows: judgeRecentCommits(sights, now).widerWindows,
      ...definedFields({ ref: shown(seen[0]?.changes.ref) }),
    };
  });
}

/** The checks of what is different in production; nothing is read when only others are wanted. */
async function lookAtChanges(
  { checks, changes, outsideLimitMs = defaultOutsideLimitMs }: InvestigationTools,
  { handle, wish, now, signal }: Look & { readonly wish: InvestigateArgs },
): Promise<readonly ChangesSight[]> {
  const wanted = checks.filter((one) => isWanted(one.check, wish));
  if (wanted.length === 0) return [];
  const outsideEnd = AbortSignal.timeout(outsideLimitMs);
  const sights = await changes.look(handle, choiceOf(wish), signal);
  refuseCancelled(signal);
  // First in the record, and written while the checks look.
  const observed = handle.record(decideObserveDeploys(sights));
  const surroundings: CheckContext = {
    state: handle.state,
    now: now(),
    readEvidence: (ref) => handle.readEvidence(ref),
    outsideEnd,
  };
  await allEnded([
    observed,
    ...wanted.map((one) => recordCheck(handle, one.check, one.run(sights, surroundings, signal), { signal, ...wish })),
  ]);
  return sights;
}

function choiceOf({ windowMinutes, since }: InvestigateArgs): WindowChoice | undefined {
  if (since === 'lastDeploy' || since === 'lastGood') return { kind: since };
  if (since !== undefined) return { kind: 'commit', commit: since };
  return windowMinutes === undefined ? undefined : { kind: 'minutes', minutes: windowMinutes };
}

/** Of one repository, the order of its branch stays: only between repositories times decide. */
function newestFirst(commits: readonly ListedCommit[]): readonly ListedCommit[] {
  return commits
    .map(withoutCredentials)
    .toSorted((a, b) => (a.committedAt < b.committedAt ? 1 : a.committedAt > b.committedAt ? -1 : 0));
}

function shown(ref: DeployRef | undefined): Investigation['ref'] | undefined {
  if (ref === undefined) return undefined;
  return { ref: ref.ref, name: ref.name, kind: ref.kind, fetched: ref.fetched };
}

/** A script or another extension may hand on what it gets. */
function withoutCredentials({ brought, ...commit }: ListedCommit): ListedCommit {
  const { subject, author } = commit;
  return {
    ...commit,
    subject: redact(subject),
    author: redact(author),
    ...(brought === undefined ? {} : { brought: brought.map(withoutCredentials) }),
  };
}
