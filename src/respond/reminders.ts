import type { Deadline } from '../incident/deadline.ts';
import { isPending, warnsAt } from '../incident/deadlinesOf.ts';
import { dayMs, epochMsOf, minuteMs } from '../incident/isoTime.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { IncidentState } from '../incident/state.ts';

/** Something to remind of, now. */
export interface Reminder {
  /** The same in every window and after every reload: whoever claims it first shows it, once. */
  readonly key: string;
  readonly incident: string;
  readonly deadline: Deadline;
  readonly stage: 'soon' | 'due' | 'overdue';
}

/**
 * The reminders that are to be shown at `now`: of each pending deadline the latest stage only (80 % of its time, due, then
 * one a cadence while it is overdue). Snoozed deadlines are quiet.
 */
export function remindersAt(
  incident: string,
  state: IncidentState,
  deadlines: readonly Deadline[],
  now: IsoTime,
): readonly Reminder[] {
  return deadlines
    .filter((deadline) => isPending(deadline) && deadline.snoozedUntil === undefined)
    .flatMap((deadline) => {
      const reached = stageAt(deadline, state, now);
      if (reached === undefined) return [];
      // After a snooze it is brought up once more, whatever was shown before.
      const snoozed = state.snoozes[deadline.id]?.until;
      const after = snoozed === undefined ? [] : [snoozed];
      const key = [incident, deadline.id, deadline.dueAt, reached.stage, String(reached.round), ...after].join('/');
      return [{ key, incident, deadline, stage: reached.stage }];
    });
}

function stageAt(
  deadline: Deadline,
  state: IncidentState,
  now: IsoTime,
): { readonly stage: Reminder['stage']; readonly round: number } | undefined {
  if (now < warnsAt(deadline, state.policy.warnAtPercent)) return undefined;
  if (now < deadline.dueAt) return { stage: 'soon', round: 0 };
  const round = Math.floor((epochMsOf(now) - epochMsOf(deadline.dueAt)) / cadenceMs(deadline, state));
  return round === 0 ? { stage: 'due', round } : { stage: 'overdue', round };
}

/** How often an overdue deadline is brought up: at the severity's cadence; what takes days, once a day. */
function cadenceMs(deadline: Deadline, state: IncidentState): number {
  const { communicate } = state.policy.severities[state.severity];
  const responding = deadline.kind === 'respond' || deadline.kind === 'mitigate' || deadline.kind === 'communicate';
  return responding && communicate.kind === 'every' ? Math.max(1, communicate.minutes) * minuteMs : dayMs;
}
