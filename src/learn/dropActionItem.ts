import * as z from 'zod';
import { incident, line, ulid } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import { findOpenAction } from './findAction.ts';

const args = z.strictObject({ incident, action: ulid, reason: line() });

export type DropActionItemArgs = z.output<typeof args>;

/** It will not be done, and why. */
export function decideDropActionItem({ action, reason }: DropActionItemArgs): Decide {
  return (state) => [{ type: 'action.dropped', data: { action: findOpenAction(state, action).id, reason } }];
}

export const dropActionItem: UseCase<DropActionItemArgs, IncidentBrief> = recordingUseCase(args, decideDropActionItem);
