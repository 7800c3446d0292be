import * as z from 'zod';
import { incident, line, time } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refused, refuseEndBeforeStart, refuseFuture } from '../incident/refusals.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase } from '../incident/useCase.ts';
import type { MomentName } from '../incident/words.ts';
import { moments } from '../incident/words.ts';
import { momentNames } from '../documents/wordNames.ts';

const args = z.strictObject({
  incident,
  moment: z.enum(moments),
  /** null: no longer known. */
  time: time.nullable().optional(),
  reason: line(),
});

export type CorrectMomentArgs = z.output<typeof args>;

/** Another time for one of the moments: durations follow, due times that were set do not. */
export function decideCorrectMoment({ moment, time, reason }: CorrectMomentArgs): Decide {
  return (state, { now }) => {
    if (time === undefined) {
      throw new IncidentError('invalidArgument', '“time” is missing: give a time, or null when it is no longer known.');
    }
    refuseWhatDidNotHappen(state, moment);
    if (time === null) {
      refuseForgettingDetection(moment);
      return [{ type: 'moment.corrected', data: { moment, reason } }];
    }
    refuseFuture(`The ${momentNames[moment]}`, time, now);
    if (moment === 'impactStart') refuseEndBeforeStart(time, state.moments.impactEnd);
    if (moment === 'impactEnd') refuseEndBeforeStart(state.moments.impactStart, time);
    return [{ type: 'moment.corrected', data: { moment, time, reason } }];
  };
}

export const correctMoment: UseCase<CorrectMomentArgs, IncidentBrief> = recordingUseCase(args, decideCorrectMoment);

function refuseForgettingDetection(moment: MomentName): void {
  if (moment !== 'detected') return;
  throw refused('Detection is always known: it is the declaration when nothing came before it.', 'Give its time.');
}

/** A correction changes when something happened; that it happened is recorded by its own command. */
function refuseWhatDidNotHappen(state: IncidentState, moment: MomentName): void {
  if (moment === 'acknowledged' && !hasEvent(state, 'incident.acknowledged')) {
    throw refused('The incident has not been acknowledged.', 'Acknowledge it, with the time when that was.');
  }
  if (moment === 'mitigated' && !state.mitigations.some(({ outcome }) => outcome === 'worked')) {
    throw refused('No mitigation is recorded as worked.', 'Record the mitigation, with the time when it took effect.');
  }
  if (moment === 'resolved' && state.resolution === undefined) {
    throw refused('The incident has not been resolved.', 'Resolve it first.');
  }
}

function hasEvent({ entries }: IncidentState, type: string): boolean {
  return entries.some(({ event, retraction }) => event.type === type && retraction === undefined);
}
