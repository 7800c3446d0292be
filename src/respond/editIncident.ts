import * as z from 'zod';
import { incident, lineOrNothing, title } from '../incident/argShapes.ts';
import { definedFields } from '../incident/definedFields.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import { symptoms } from '../incident/words.ts';

const args = z.strictObject({
  incident,
  title: title.optional(),
  impact: lineOrNothing().optional(),
  symptom: z.enum(symptoms).optional(),
  service: lineOrNothing(200).optional(),
  ticket: lineOrNothing(2000).optional(),
});

export type EditIncidentArgs = z.output<typeof args>;

/** Other words for what the incident is; its name and channel stay. What is as it was is not recorded again. */
export function decideEditIncident({ incident: _incident, ...wish }: EditIncidentArgs): Decide {
  return (state) => {
    const fields = definedFields(wish);
    if (Object.keys(fields).length === 0) {
      throw new IncidentError(
        'invalidArgument',
        'Nothing to change: give a title, impact, symptom, service or ticket.',
      );
    }
    const changed = Object.entries(fields).filter(
      ([name, value]) => value !== (state[name as keyof typeof fields] ?? ''),
    );
    return changed.length === 0 ? [] : [{ type: 'incident.edited', data: Object.fromEntries(changed) }];
  };
}

export const editIncident: UseCase<EditIncidentArgs, IncidentBrief> = recordingUseCase(args, decideEditIncident);
