import * as z from 'zod';
import { incident, prose, time } from '../incident/argShapes.ts';
import { definedFields } from '../incident/definedFields.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refuseFuture } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';

const args = z.strictObject({
  incident,
  text: prose(),
  /** When it happened, if not now. */
  at: time.optional(),
});

export type AddNoteArgs = z.output<typeof args>;

/** A line of the timeline in a person's words, at any time, also after the end. */
export function decideAddNote({ text, at }: AddNoteArgs): Decide {
  return (_state, { now }) => {
    refuseFuture('What a note tells of', at, now);
    return [{ type: 'note.added', data: { text }, ...definedFields({ at }) }];
  };
}

export const addNote: UseCase<AddNoteArgs, IncidentBrief> = recordingUseCase(args, decideAddNote);
