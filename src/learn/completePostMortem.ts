import * as z from 'zod';
import { incident } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { inUtc, refused } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';

const args = z.strictObject({ incident });

export type CompletePostMortemArgs = z.output<typeof args>;

/** People say that the post-mortem is done: its clock stops. */
export function decideCompletePostMortem(): Decide {
  return ({ resolution, postMortem }) => {
    if (postMortem.completedAt !== undefined) {
      throw refused(`The post-mortem was completed ${inUtc(postMortem.completedAt)}.`);
    }
    if (resolution === undefined) throw refused('The incident is not resolved.', 'Resolve it first.');
    if (postMortem.writtenAt === undefined)
      throw refused('There is no post-mortem yet.', 'Write Post-mortem makes one.');
    return [{ type: 'postMortem.completed', data: definedFields({ document: postMortem.document }) }];
  };
}

export const completePostMortem: UseCase<CompletePostMortemArgs, IncidentBrief> = recordingUseCase(
  args,
  decideCompletePostMortem,
);
