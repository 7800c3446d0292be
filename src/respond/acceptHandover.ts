import * as z from 'zod';
import { incident, ulid } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refuseClosed } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';
import { findHandover } from './findHandover.ts';

const args = z.strictObject({ incident, handover: ulid.optional() });

export type AcceptHandoverArgs = z.output<typeof args>;

/** The taker says yes: the roles change hands. */
export function decideAcceptHandover({ handover }: AcceptHandoverArgs): Decide {
  return (state) => {
    refuseClosed(state);
    return [{ type: 'handover.accepted', data: { handover: findHandover(state, handover).id } }];
  };
}

export const acceptHandover: UseCase<AcceptHandoverArgs, IncidentBrief> = recordingUseCase(args, decideAcceptHandover);
