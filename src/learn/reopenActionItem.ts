import * as z from 'zod';
import { incident, line, ulid } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refused } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';
import { findAction } from './findAction.ts';

const args = z.strictObject({ incident, action: ulid, reason: line() });

export type ReopenActionItemArgs = z.output<typeof args>;

/** It is to be done after all, by the date it had. */
export function decideReopenActionItem({ action, reason }: ReopenActionItemArgs): Decide {
  return (state) => {
    const { id, title, outcome } = findAction(state, action);
    if (outcome.kind === 'open') throw refused(`“${title}” is open already.`);
    return [{ type: 'action.reopened', data: { action: id, reason } }];
  };
}

export const reopenActionItem: UseCase<ReopenActionItemArgs, IncidentBrief> = recordingUseCase(
  args,
  decideReopenActionItem,
);
