import { endOfBusinessDay } from './businessCalendar.ts';
import type { DueTime } from './events.ts';
import { hasToldTheEnd } from './hasToldTheEnd.ts';
import type { IsoTime } from './isoTime.ts';
import { hourMs, minuteMs, plusMs } from './isoTime.ts';
import type { Calendar, Policy, Target } from './policy.ts';
import type { Severity } from './severity.ts';
import { isWorse } from './severity.ts';
import type { IncidentState } from './state.ts';

/** When a target that counts from `from` is due. */
export function dueAtOf(target: Target, from: IsoTime, calendar: Calendar): IsoTime {
  return target.kind === 'within' ? plusMs(from, target.minutes * minuteMs) : endOfBusinessDay(from, 1, calendar);
}

/** The clocks of a new incident, all from detection: the first message is due together with the response. */
export function initialDueTimes(policy: Policy, severity: Severity, detected: IsoTime): readonly DueTime[] {
  const level = policy.severities[severity];
  const respondBy = dueAtOf(level.respond, detected, policy.calendar);
  return [
    { kind: 'respond', from: detected, dueAt: respondBy },
    { kind: 'mitigate', from: detected, dueAt: dueAtOf(level.mitigate, detected, policy.calendar) },
    ...(level.communicate.kind === 'every' ? [{ kind: 'communicate', from: detected, dueAt: respondBy } as const] : []),
  ];
}

/**
 * The next message after one posted at `postedAt`: at the writer's own time, else one cadence later. None where the ticket
 * tells people instead of a cadence, unless the writer set a time.
 */
export function nextUpdateDueTime(
  policy: Policy,
  severity: Severity,
  postedAt: IsoTime,
  chosen?: IsoTime,
): readonly DueTime[] {
  const cadence = policy.severities[severity].communicate;
  if (chosen !== undefined) return [{ kind: 'communicate', from: postedAt, dueAt: chosen }];
  if (cadence.kind === 'ticket') return [];
  return [{ kind: 'communicate', from: postedAt, dueAt: plusMs(postedAt, cadence.minutes * minuteMs) }];
}

/** What learning asks for after a resolution, by the severity that duties follow. */
export function learningDueTimes(policy: Policy, dutySeverity: Severity, resolvedAt: IsoTime): readonly DueTime[] {
  const level = policy.severities[dutySeverity];
  const { postMortemWithinHours, reviewWithinBusinessDays, calendar } = policy;
  const due: DueTime[] = [];
  if (level.postMortem) {
    due.push({ kind: 'postMortem', from: resolvedAt, dueAt: plusMs(resolvedAt, postMortemWithinHours * hourMs) });
  }
  if (level.review) {
    const dueAt = endOfBusinessDay(resolvedAt, reviewWithinBusinessDays, calendar);
    due.push({ kind: 'review', from: resolvedAt, dueAt });
  }
  return due;
}

/**
 * The pending clocks after a change of severity at `at`. Raised: the earlier of the old due time and `at` + new target; a
 * clock whose due time stays is not set anew. Lowered: recomputed from where each began. Clocks that are met or missed are
 * left alone; a clock that the new level does not have is withdrawn.
 */
export function dueTimesAfterSeverityChange(
  state: IncidentState,
  to: Severity,
  at: IsoTime,
): { readonly due: readonly DueTime[]; readonly withdrawn: readonly DueTime['kind'][] } {
  if (to === state.severity) return { due: [], withdrawn: [] };
  const raised = isWorse(to, state.severity);
  const due: DueTime[] = [];
  const withdrawn: DueTime['kind'][] = [];
  for (const kind of ['respond', 'mitigate', 'communicate'] as const) {
    const pending = state.ledger.find((entry) => entry.kind === kind && entry.outcome.kind === 'pending');
    const starts = kind === 'communicate' && pending === undefined && beginsToCommunicate(state, to);
    if (pending === undefined && !starts) continue;
    const target = targetOf(state, kind, to);
    if (target === undefined) {
      withdrawn.push(kind);
      continue;
    }
    const from = pending?.from ?? at;
    const fresh = dueAtOf(target, raised || pending === undefined ? at : from, state.policy.calendar);
    const stays = pending !== undefined && (raised ? pending.dueAt <= fresh : pending.dueAt === fresh);
    if (!stays) due.push({ kind, from, dueAt: fresh });
  }
  return { due, withdrawn };
}

function beginsToCommunicate(state: IncidentState, to: Severity): boolean {
  const { communicate } = state.policy.severities[to];
  return communicate.kind === 'every' && state.closed === undefined && !hasToldTheEnd(state);
}

function targetOf(
  state: IncidentState,
  kind: 'respond' | 'mitigate' | 'communicate',
  severity: Severity,
): Target | undefined {
  const level = state.policy.severities[severity];
  if (kind !== 'communicate') return level[kind];
  if (level.communicate.kind === 'ticket') return undefined;
  return state.updates.length === 0 ? level.respond : { kind: 'within', minutes: level.communicate.minutes };
}
