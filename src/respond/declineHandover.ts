import * as z from 'zod';
import { incident, line, ulid } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import { findHandover } from './findHandover.ts';

const args = z.strictObject({ incident, handover: ulid.optional(), reason: line() });

export type DeclineHandoverArgs = z.output<typeof args>;

/** The taker says no: the roles stay where they are. */
export function decideDeclineHandover({ handover, reason }: DeclineHandoverArgs): Decide {
  return (state) => {
    return [{ type: 'handover.declined', data: { handover: findHandover(state, handover).id, reason } }];
  };
}

export const declineHandover: UseCase<DeclineHandoverArgs, IncidentBrief> = recordingUseCase(
  args,
  decideDeclineHandover,
);
