import * as z from 'zod';
import { incident, line, lineOrNothing, person, time, ulid } from '../incident/argShapes.ts';
import { changeIncident, defineUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Ulid } from '../incident/ids.ts';
import type { UseCase } from '../incident/useCase.ts';
import { mitigationOutcomes } from '../incident/words.ts';
import { decideRunMitigation } from './decideRunMitigation.ts';

const args = z.strictObject({
  incident,
  /** One of the policy's mitigations; its words are the default of `what` and `cause`. */
  mitigation: line(100).optional(),
  what: line().optional(),
  cause: line().optional(),
  outcome: z.enum([...mitigationOutcomes, 'running']).default('running'),
  note: lineOrNothing().optional(),
  startedAt: time.optional(),
  finishedAt: time.optional(),
  /** Who did it, if not this person. */
  by: person.optional(),
  /** One that was started, to record its outcome. */
  running: ulid.optional(),
});

export type RunMitigationArgs = z.output<typeof args>;

export interface RecordedMitigation extends IncidentBrief {
  readonly mitigation: Ulid;
}

/** Records what was done to restore service: that it began, or how it ended. One that worked stops the mitigate clock. */
export const runMitigation: UseCase<RunMitigationArgs, RecordedMitigation> = defineUseCase(
  args,
  async (wish, context) => {
    let mitigation: Ulid = '';
    const { brief } = await changeIncident(context, wish.incident, (state, moment) => {
      mitigation = wish.running ?? moment.newId();
      return decideRunMitigation(wish, mitigation)(state, moment);
    });
    return { ...brief, mitigation };
  },
);
