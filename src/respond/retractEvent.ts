import * as z from 'zod';
import { incident, line, ulid } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { isRetractable } from '../incident/foldIncident.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refused } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';
import { eventTitle } from '../documents/describeEvent.ts';
import { findEntry } from './findEntry.ts';

const args = z.strictObject({ incident, event: ulid, reason: line() });

export type RetractEventArgs = z.output<typeof args>;

/** An entry of the timeline no longer counts; it stays in the record, with the reason. */
export function decideRetractEvent({ event: id, reason }: RetractEventArgs): Decide {
  return (state) => {
    const { event } = findEntry(state, id);
    if (event.type === 'incident.declared') {
      throw refused(
        'The declaration cannot be retracted: the incident stands on it.',
        'Correct it, or close the incident as false alarm, cancelled or duplicate.',
      );
    }
    if (!isRetractable(event)) throw refused(`${eventTitle(event)} is about the record itself and stays as it is.`);
    return [{ type: 'event.retracted', data: { event: id, reason } }];
  };
}

export const retractEvent: UseCase<RetractEventArgs, IncidentBrief> = recordingUseCase(args, decideRetractEvent);
