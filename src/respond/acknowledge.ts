import * as z from 'zod';
import { incident, lineOrNothing, time } from '../incident/argShapes.ts';
import { definedFields } from '../incident/definedFields.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { inUtc, refused, refuseClosed, refuseFuture } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';

const args = z.strictObject({ incident, at: time.optional(), note: lineOrNothing().optional() });

export type AcknowledgeArgs = z.output<typeof args>;

/** A person has seen the incident: the respond clock stops. */
export function decideAcknowledge({ at, note }: AcknowledgeArgs): Decide {
  return (state, { now }) => {
    const { acknowledged } = state.moments;
    if (acknowledged !== undefined) {
      throw refused(
        `The incident was acknowledged ${inUtc(acknowledged)}.`,
        'If that is wrong, correct the time of acknowledgement.',
      );
    }
    refuseClosed(state);
    refuseFuture('The acknowledgement', at, now);
    return [{ type: 'incident.acknowledged', data: definedFields({ note }), ...definedFields({ at }) }];
  };
}

export const acknowledge: UseCase<AcknowledgeArgs, IncidentBrief> = recordingUseCase(args, decideAcknowledge);
