import * as z from 'zod';
import { incident, line, prose, time, title, ulid } from '../incident/argShapes.ts';
import { correctableText, isCorrectable } from '../incident/correctedEvent.ts';
import { definedFields } from '../incident/definedFields.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { parseArgs } from '../incident/parseArgs.ts';
import { refused, refuseFuture } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';
import { eventTitle } from '../documents/describeEvent.ts';
import { findEntry } from './findEntry.ts';

const args = z.strictObject({
  incident,
  event: ulid,
  at: time.optional(),
  text: prose().optional(),
  reason: line(),
});

export type CorrectEventArgs = z.output<typeof args>;

/** Another time or other words for an entry of the timeline; the old ones stay in the record. */
export function decideCorrectEvent({ event: id, at, text, reason }: CorrectEventArgs): Decide {
  return (state, { now }) => {
    const { event } = findEntry(state, id);
    refuseFuture('An entry', at, now);
    const words = text === undefined ? undefined : wordsFor(event, text);
    const change = {
      ...definedFields({ at: at === event.at ? undefined : at }),
      ...definedFields({ text: words === correctableText(event) ? undefined : words }),
    };
    if (at === undefined && text === undefined) {
      throw new IncidentError(
        'invalidArgument',
        'Nothing to correct: give another time (“at”) or other words (“text”).',
      );
    }
    if (Object.keys(change).length === 0) throw refused('The entry reads so already.');
    if (!isCorrectable(event)) throw refused(`${eventTitle(event)} is about the record itself and stays as it is.`);
    return [{ type: 'event.corrected', data: { event: id, ...change, reason } }];
  };
}

export const correctEvent: UseCase<CorrectEventArgs, IncidentBrief> = recordingUseCase(args, decideCorrectEvent);

function wordsFor(event: IncidentEvent, text: string): string {
  if (event.type === 'incident.declared') return parseArgs(z.strictObject({ text: title }), { text }).text;
  if (correctableText(event) !== undefined) return text;
  throw refused(
    `${eventTitle(event)} has no words of its own to correct.`,
    'Correct its time, or retract it and record it again.',
  );
}
