import * as z from 'zod';
import { incident, line } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { nextUpdateDueTime } from '../incident/dueTimes.ts';
import type { DueTime } from '../incident/events.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refused } from '../incident/refusals.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase } from '../incident/useCase.ts';

const args = z.strictObject({ incident, reason: line() });

export type ReopenArgs = z.output<typeof args>;

/** It is not over, or it never was: people are told at the cadence again, and clocks that the end had stopped go on. */
export function decideReopen({ reason }: ReopenArgs): Decide {
  return (state, { now }) => {
    if (state.resolution === undefined && state.closed === undefined) {
      throw refused('The incident is open already.');
    }
    const due = [...unmet(state), ...nextUpdateDueTime(state.policy, state.severity, now)];
    return [{ type: 'incident.reopened', data: { reason, due } }];
  };
}

export const reopen: UseCase<ReopenArgs, IncidentBrief> = recordingUseCase(args, decideReopen);

/** Promises that a false alarm, a cancellation or a duplicate had ended without their being kept: due as they were. */
function unmet(state: IncidentState): readonly DueTime[] {
  return (['respond', 'mitigate'] as const).flatMap((kind) => {
    const last = state.ledger.findLast((entry) => entry.kind === kind);
    return last?.outcome.kind === 'withdrawn' ? [{ kind, from: last.from, dueAt: last.dueAt }] : [];
  });
}
