import * as z from 'zod';
import { incident, ulid } from '../incident/argShapes.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refuseClosed } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';
import type { HandoverAnswer } from './answerHandover.ts';
import { answeringUseCase } from './answerHandover.ts';
import { findHandover } from './findHandover.ts';
import type { HandoverTools } from './handoverFile.ts';

const args = z.strictObject({ incident, handover: ulid.optional() });

export type AcceptHandoverArgs = z.output<typeof args>;

/** The taker says yes: the roles change hands. */
export function decideAcceptHandover({ handover }: AcceptHandoverArgs): Decide {
  return (state) => {
    refuseClosed(state);
    return [{ type: 'handover.accepted', data: { handover: findHandover(state, handover).id } }];
  };
}

/** The answer in the record, and in the handover's document. */
export function createAcceptHandover(tools: HandoverTools): UseCase<AcceptHandoverArgs, HandoverAnswer> {
  return answeringUseCase(args, decideAcceptHandover, tools);
}
