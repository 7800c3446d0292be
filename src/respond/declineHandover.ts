import * as z from 'zod';
import { incident, line, ulid } from '../incident/argShapes.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import type { HandoverAnswer } from './answerHandover.ts';
import { answeringUseCase } from './answerHandover.ts';
import { findHandover } from './findHandover.ts';
import type { HandoverTools } from './handoverFile.ts';

const args = z.strictObject({ incident, handover: ulid.optional(), reason: line() });

export type DeclineHandoverArgs = z.output<typeof args>;

/** The taker says no: the roles stay where they are. */
export function decideDeclineHandover({ handover, reason }: DeclineHandoverArgs): Decide {
  return (state) => {
    return [{ type: 'handover.declined', data: { handover: findHandover(state, handover).id, reason } }];
  };
}

/** The answer in the record, and in the handover's document. */
export function createDeclineHandover(tools: HandoverTools): UseCase<DeclineHandoverArgs, HandoverAnswer> {
  return answeringUseCase(args, decideDeclineHandover, tools);
}
