import * as z from 'zod';
import { incident, line } from '../incident/argShapes.ts';
import { definedFields } from '../incident/definedFields.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refused, refuseClosed } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';
import { workingStatuses } from '../incident/words.ts';
import { statusNames } from '../documents/wordNames.ts';

const args = z.strictObject({ incident, status: z.enum(workingStatuses), note: line().optional() });

export type SetStatusArgs = z.output<typeof args>;

/** Another status while people work on the incident. */
export function decideSetStatus({ status, note }: SetStatusArgs): Decide {
  return (state) => {
    refuseClosed(state);
    if (state.status === 'resolved') throw refused('The incident is resolved.', 'Reopen it to work on it again.');
    if (state.status === status) throw refused(`The status is ${statusNames[status]} already.`);
    return [{ type: 'status.changed', data: { to: status, ...definedFields({ note }) } }];
  };
}

export const setStatus: UseCase<SetStatusArgs, IncidentBrief> = recordingUseCase(args, decideSetStatus);
