import { dateAfter } from '../incident/businessCalendar.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { refused } from '../incident/refusals.ts';
import type { IncidentState } from '../incident/state.ts';

/**
 * The latest date at which an action item may be due: so many sprints after the resolution (after today while it is not
 * resolved), and today for one that is found later than that.
 */
export function latestDueDate({ policy, resolution }: IncidentState, now: IsoTime): string {
  const limit = dateAfter(resolution?.at ?? now, policy.actionItemSprints * policy.sprintDays, policy.calendar);
  const today = dateAfter(now, 0, policy.calendar);
  return limit > today ? limit : today;
}

/** @throws IncidentError `refused` for a date in the past or beyond the policy's limit, naming the latest. */
export function refuseDueDate(dueOn: string, state: IncidentState, now: IsoTime): void {
  const { policy } = state;
  const today = dateAfter(now, 0, policy.calendar);
  if (dueOn < today) throw refused(`An action item cannot be due on ${dueOn}: today is ${today}.`);
  const latest = latestDueDate(state, now);
  if (dueOn <= latest) return;
  throw refused(
    `An action item is due ${latest} at the latest: ${policy.actionItemSprints} sprints of ${policy.sprintDays} days after the resolution.`,
    'Split it, or choose an earlier date.',
  );
}
