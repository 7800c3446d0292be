import type * as z from 'zod';
import { changeIncident, defineUseCase } from '../incident/defineUseCase.ts';
import type { Ulid } from '../incident/ids.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import { findHandover } from './findHandover.ts';
import type { HandoverFile, HandoverTools } from './handoverFile.ts';
import { writeHandoverFile } from './handoverFile.ts';

export interface HandoverAnswer extends IncidentBrief, HandoverFile {
  readonly handover: Ulid;
}

/** A use case that records an answer to a handover, then tells it in the handover's document. */
export function answeringUseCase<
  A extends { readonly incident?: string | undefined; readonly handover?: string | undefined },
>(schema: z.ZodType<A>, decide: (args: A) => Decide, tools: HandoverTools): UseCase<A, HandoverAnswer> {
  return defineUseCase(schema, async (wish, context) => {
    let handover: Ulid = '';
    const { handle, state, brief } = await changeIncident(context, wish.incident, (before, moment) => {
      handover = findHandover(before, wish.handover).id;
      return decide(wish)(before, moment);
    });
    return { ...brief, handover, ...(await writeHandoverFile(handle, state, handover, context, tools)) };
  });
}
