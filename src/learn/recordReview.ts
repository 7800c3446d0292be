import * as z from 'zod';
import { incident, person, prose, time } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { inUtc, refused, refuseFuture } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';

const args = z.strictObject({
  incident,
  /** Now when absent. */
  heldAt: time.optional(),
  attendees: z.array(person).max(200).default([]),
  notes: prose().optional(),
});

export type RecordReviewArgs = z.output<typeof args>;

/** The review meeting was held: its clock stops then. */
export function decideRecordReview({ heldAt, attendees, notes }: RecordReviewArgs): Decide {
  return ({ resolution, review }, { now }) => {
    if (resolution === undefined) throw refused('The incident is not resolved.', 'Resolve it first.');
    if (review !== undefined) {
      throw refused(
        `A review is recorded, held ${inUtc(review.heldAt)}.`,
        'Correct or retract its entry in the timeline.',
      );
    }
    refuseFuture('A review that was held', heldAt, now);
    const data = { heldAt: heldAt ?? now, attendees: [...new Set(attendees)], ...definedFields({ notes }) };
    return [{ type: 'review.recorded', data }];
  };
}

export const recordReview: UseCase<RecordReviewArgs, IncidentBrief> = recordingUseCase(args, decideRecordReview);
