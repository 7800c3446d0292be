import { definedFields } from '../incident/definedFields.ts';
import { nextUpdateDueTime } from '../incident/dueTimes.ts';
import { hasToldTheEnd } from '../incident/hasToldTheEnd.ts';
import type { DueTime, NewEvent } from '../incident/events.ts';
import type { Ulid } from '../incident/ids.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { inUtc, refused, refuseFuture } from '../incident/refusals.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UpdateKind, WorkingStatus } from '../incident/words.ts';

/** A message that a person posted. */
export interface PostedUpdate {
  readonly update: Ulid;
  readonly kind: UpdateKind;
  readonly text: string;
  /** What the message says; the incident's status follows. */
  readonly status?: WorkingStatus | undefined;
  /** When it was really posted, if not now. */
  readonly at?: IsoTime | undefined;
  /** The writer's time for the next one, in place of the cadence. */
  readonly nextUpdateAt?: IsoTime | undefined;
}

/** The message as sent, the next one's due time, and the status that the message tells, where that is new. */
export function decideSendUpdate(posted: PostedUpdate): Decide {
  return (state, { now }) => {
    const { update, kind, text, at } = posted;
    const sent = state.updates.find(({ id }) => id === update);
    if (sent !== undefined) throw refused(`This message was sent ${inUtc(sent.at)}.`, 'Write another update.');
    refuseFuture('The time of posting', at, now);
    refuseResolvedTooEarly(state, kind);
    const status = kind === 'resolved' ? undefined : (posted.status ?? workingStatus(state));
    const message: NewEvent = {
      type: 'update.sent',
      data: {
        update,
        kind,
        text,
        due: dueAfter(state, posted, at ?? now),
        ...definedFields({ status, channel: state.channel === '' ? undefined : state.channel }),
      },
      ...definedFields({ at }),
    };
    return [message, ...statusChange(state, status, at)];
  };
}

/** @throws IncidentError `refused` for a resolution message about what is not resolved. */
export function refuseResolvedTooEarly(state: IncidentState, kind: UpdateKind): void {
  if (kind !== 'resolved' || workingStatus(state) === undefined) return;
  throw refused('The incident is not resolved, so a resolution message would be wrong.', 'Resolve it first.');
}

/** The status while people work on it; undefined after the end. */
export function workingStatus({ status }: IncidentState): WorkingStatus | undefined {
  return status === 'resolved' || status === 'closed' ? undefined : status;
}

function statusChange(
  state: IncidentState,
  status: WorkingStatus | undefined,
  at: IsoTime | undefined,
): readonly NewEvent[] {
  const present = workingStatus(state);
  if (status === undefined || present === undefined || status === present) return [];
  return [{ type: 'status.changed', data: { to: status }, ...definedFields({ at }) }];
}

function dueAfter(state: IncidentState, posted: PostedUpdate, at: IsoTime): readonly DueTime[] {
  if (posted.kind === 'resolved' || state.closed !== undefined || hasToldTheEnd(state)) return [];
  const { nextUpdateAt } = posted;
  if (nextUpdateAt !== undefined && nextUpdateAt <= at) {
    throw refused(`The next update (${inUtc(nextUpdateAt)}) must come after this one (${inUtc(at)}).`);
  }
  // Only who says when it was posted enters it belatedly: a clock that was set back says nothing of the order.
  const promised = posted.at === undefined ? undefined : laterPromise(state, at, nextUpdateAt);
  return promised ?? nextUpdateDueTime(state.policy, state.severity, at, nextUpdateAt);
}

/** A message entered belatedly does not move the clock that a later one has set. */
function laterPromise(state: IncidentState, at: IsoTime, chosen: IsoTime | undefined): readonly DueTime[] | undefined {
  if (chosen !== undefined || !state.updates.some((update) => update.at > at)) return undefined;
  const pending = state.ledger.find(({ kind, outcome }) => kind === 'communicate' && outcome.kind === 'pending');
  return pending === undefined ? undefined : [{ kind: 'communicate', from: pending.from, dueAt: pending.dueAt }];
}
