import * as z from 'zod';
import { incident, line, lineOrNothing, time } from '../incident/argShapes.ts';
import { definedFields } from '../incident/definedFields.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { learningDueTimes } from '../incident/dueTimes.ts';
import type { DueTime, NewEvent } from '../incident/events.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { inUtc, refused, refuseClosed, refuseEndBeforeStart, refuseFuture } from '../incident/refusals.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase } from '../incident/useCase.ts';
import { verificationText } from '../documents/wordNames.ts';

const args = z.strictObject({
  incident,
  /** In a line; nothing, or “unknown yet”, when it is not known. */
  rootCause: lineOrNothing().optional(),
  impactEnd: time.optional(),
  followUp: line().optional(),
  /** Why the items that were not verified need not be. */
  waiver: line().optional(),
});

export type ResolveArgs = z.output<typeof args>;

/** The end of the incident for people outside; learning begins. */
export function decideResolve({ rootCause, impactEnd, followUp, waiver }: ResolveArgs): Decide {
  return (state, { now }) => {
    refuseClosed(state);
    if (state.resolution !== undefined) {
      throw refused(`The incident was resolved ${inUtc(state.resolution.at)}.`, 'Reopen it if it is not over.');
    }
    refuseFuture('The end of the impact', impactEnd, now);
    refuseEndBeforeStart(state.moments.impactStart, impactEnd);
    const due = learningDueTimes(state.policy, state.dutySeverity, now);
    const data = {
      due,
      ...definedFields({
        rootCause: isUnknown(rootCause) ? undefined : rootCause,
        impactEnd: impactEnd ?? presumedEnd(state),
        followUp: followUp ?? promiseOf(due),
      }),
    };
    return [...waived(state, waiver), { type: 'incident.resolved', data }];
  };
}

export const resolve: UseCase<ResolveArgs, IncidentBrief> = recordingUseCase(args, decideResolve);

function waived(state: IncidentState, waiver: string | undefined): readonly NewEvent[] {
  const open = state.policy.verification.map(({ id }) => id).filter((id) => state.verification[id] === undefined);
  if (open.length === 0) return [];
  if (waiver !== undefined) return [{ type: 'verification.waived', data: { items: open, reason: waiver } }];
  const names = open.map((item) => verificationText(item, state.policy)).join('; ');
  throw refused(`Not verified: ${names}.`, 'Verify them, or say with “waiver” why that is not needed.');
}

/** The impact ended with the mitigation that worked, unless the record says otherwise. */
function presumedEnd({ moments: { impactStart, impactEnd, mitigated } }: IncidentState): IsoTime | undefined {
  if (impactEnd !== undefined || mitigated === undefined) return undefined;
  return impactStart !== undefined && mitigated < impactStart ? undefined : mitigated;
}

function promiseOf(due: readonly DueTime[]): string | undefined {
  const postMortem = due.find(({ kind }) => kind === 'postMortem');
  return postMortem === undefined ? undefined : `post-mortem scheduled, ${inUtc(postMortem.dueAt)}`;
}

function isUnknown(rootCause: string | undefined): boolean {
  return rootCause === undefined || /^(?:not |un)known(?: yet)?[.!?]*$|^$/i.test(rootCause);
}
