import * as z from 'zod';
import { incident, line, time } from '../incident/argShapes.ts';
import type { Deadline } from '../incident/deadline.ts';
import { deadlinesOf, isPending, mostUrgent } from '../incident/deadlinesOf.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { minuteMs, plusMs } from '../incident/isoTime.ts';
import { inUtc, refused } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';

const args = z.strictObject({
  incident,
  /** The id or the kind of a deadline; the most urgent when absent. */
  deadline: line(100).optional(),
  until: time.optional(),
  minutes: z
    .number()
    .positive()
    .max(60 * 24 * 31)
    .optional(),
  reason: line(),
});

export type SnoozeDeadlineArgs = z.output<typeof args>;

/** No reminders of a deadline until then. When it is due does not change. */
export function decideSnoozeDeadline({ deadline, until, minutes, reason }: SnoozeDeadlineArgs): Decide {
  return (state, { now }) => {
    const end = endOf(until, minutes, now);
    if (end <= now) throw refused(`Reminders cannot be snoozed until ${inUtc(end)}: that is past.`);
    const found = find(deadlinesOf(state, now).deadlines.filter(isPending), deadline);
    return [{ type: 'deadline.snoozed', data: { deadline: found.id, until: end, reason } }];
  };
}

export const snoozeDeadline: UseCase<SnoozeDeadlineArgs, IncidentBrief> = recordingUseCase(args, decideSnoozeDeadline);

function endOf(until: IsoTime | undefined, minutes: number | undefined, now: IsoTime): IsoTime {
  if (until !== undefined && minutes === undefined) return until;
  if (until === undefined && minutes !== undefined) return plusMs(now, minutes * minuteMs);
  throw new IncidentError('invalidArgument', 'Say until when: either “until” or “minutes”.');
}

function find(pending: readonly Deadline[], wanted: string | undefined): Deadline {
  if (wanted === undefined) {
    const first = mostUrgent(pending);
    if (first === undefined) throw new IncidentError('notFound', 'No deadline is running.');
    return first;
  }
  const [found, ...others] = pending.filter(({ id, kind }) => id === wanted || kind === wanted);
  if (found === undefined) {
    const running = pending.map(({ id }) => id).join(', ');
    throw new IncidentError('notFound', `No deadline ${wanted} is running.`, {
      hint: running === '' ? 'None is.' : `Running: ${running}.`,
    });
  }
  if (others.length === 0) return found;
  const names = [found, ...others].map(({ id, title }) => (title === undefined ? id : `${title} (${id})`)).join(', ');
  throw new IncidentError('ambiguous', `Several deadlines are of the kind ${wanted}: ${names}.`, {
    hint: 'Give the id of one.',
  });
}
