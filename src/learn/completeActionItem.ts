import * as z from 'zod';
import { incident, line, ulid } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import { findOpenAction } from './findAction.ts';

const args = z.strictObject({ incident, action: ulid, note: line().optional() });

export type CompleteActionItemArgs = z.output<typeof args>;

/** It is done. */
export function decideCompleteActionItem({ action, note }: CompleteActionItemArgs): Decide {
  return (state) => {
    const { id } = findOpenAction(state, action);
    return [{ type: 'action.completed', data: { action: id, ...definedFields({ note }) } }];
  };
}

export const completeActionItem: UseCase<CompleteActionItemArgs, IncidentBrief> = recordingUseCase(
  args,
  decideCompleteActionItem,
);
