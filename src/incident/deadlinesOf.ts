import { endOfDate } from './businessCalendar.ts';
import type { Deadline, DeadlineStanding } from './deadline.ts';
import type { IsoTime } from './isoTime.ts';
import { epochMsOf, isoTimeOf, plusMs } from './isoTime.ts';
import type { ActionItem, IncidentState, LedgerEntry } from './state.ts';

/** The moment from which a pending deadline is *due soon*: the policy's share of its span, never after it is due. */
export function warnsAt(deadline: { readonly from: IsoTime; readonly dueAt: IsoTime }, warnAtPercent: number): IsoTime {
  const from = epochMsOf(deadline.from);
  const due = epochMsOf(deadline.dueAt);
  return isoTimeOf(Math.min(due, from + ((due - from) * warnAtPercent) / 100));
}

/**
 * Every deadline of the incident as it stands at `now`, in the order they were set, and the next moment at which one of
 * them changes its standing, or its snooze ends, by itself (undefined when nothing will).
 */
export function deadlinesOf(
  state: IncidentState,
  now: IsoTime,
): { readonly deadlines: readonly Deadline[]; readonly nextChangeAt?: IsoTime } {
  const deadlines = [
    ...state.ledger.filter((entry) => entry.outcome.kind !== 'withdrawn').map((entry) => ofEntry(entry, state, now)),
    ...state.actions
      .filter((action) => action.outcome.kind !== 'dropped')
      .map((action) => ofAction(action, state, now)),
  ];
  const changes = deadlines
    .filter(isPending)
    .flatMap((deadline) => changesOf(deadline, state.policy.warnAtPercent))
    .filter((time) => time > now)
    .sort();
  const nextChangeAt = changes[0];
  return nextChangeAt === undefined ? { deadlines } : { deadlines, nextChangeAt };
}

/** What is done when it is due is met, so a deadline is overdue only after that. */
function changesOf(deadline: Deadline, warnAtPercent: number): readonly IsoTime[] {
  const { dueAt, snoozedUntil } = deadline;
  return [warnsAt(deadline, warnAtPercent), plusMs(dueAt, 1), ...(snoozedUntil === undefined ? [] : [snoozedUntil])];
}

/** True while something is still to be done. */
export function isPending(deadline: Deadline): boolean {
  return deadline.standing === 'onTrack' || deadline.standing === 'dueSoon' || deadline.standing === 'overdue';
}

/** The pending deadline that is due first; undefined when nothing is due. */
export function mostUrgent(deadlines: readonly Deadline[]): Deadline | undefined {
  return deadlines.filter(isPending).reduce<Deadline | undefined>((first, deadline) => {
    return first === undefined || deadline.dueAt < first.dueAt ? deadline : first;
  }, undefined);
}

function ofEntry(entry: LedgerEntry, state: IncidentState, now: IsoTime): Deadline {
  const { id, kind, from, dueAt, outcome } = entry;
  const snoozedUntil = state.snoozes[id]?.until;
  return {
    id,
    kind,
    from,
    dueAt,
    standing: outcome.kind === 'met' || outcome.kind === 'missed' ? outcome.kind : pendingStanding(entry, state, now),
    ...('at' in outcome ? { doneAt: outcome.at } : {}),
    ...(snoozedUntil !== undefined && snoozedUntil > now ? { snoozedUntil } : {}),
  };
}

function ofAction(action: ActionItem, state: IncidentState, now: IsoTime): Deadline {
  const id = `actionItem-${action.id}`;
  const span = { from: action.addedAt, dueAt: endOfDate(action.dueOn, state.policy.calendar) };
  const snoozedUntil = state.snoozes[id]?.until;
  const done = action.outcome.kind === 'completed' ? action.outcome.at : undefined;
  return {
    id,
    kind: 'actionItem',
    ...span,
    title: action.title,
    standing: done === undefined ? pendingStanding(span, state, now) : done <= span.dueAt ? 'met' : 'missed',
    ...(done === undefined ? {} : { doneAt: done }),
    ...(snoozedUntil !== undefined && snoozedUntil > now ? { snoozedUntil } : {}),
  };
}

function pendingStanding(
  span: { readonly from: IsoTime; readonly dueAt: IsoTime },
  state: IncidentState,
  now: IsoTime,
): DeadlineStanding {
  if (now > span.dueAt) return 'overdue';
  return now >= warnsAt(span, state.policy.warnAtPercent) ? 'dueSoon' : 'onTrack';
}
