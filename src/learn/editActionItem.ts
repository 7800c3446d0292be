import * as z from 'zod';
import { date, incident, line, link, person, title, ulid } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import { refuseDueDate } from './actionDueDate.ts';
import { findOpenAction } from './findAction.ts';

const args = z.strictObject({
  incident,
  action: ulid,
  title: title.optional(),
  owner: person.optional(),
  dueOn: date.optional(),
  link: link.optional(),
  reason: line().optional(),
});

export type EditActionItemArgs = z.output<typeof args>;

/** Other words, another owner or date for an action item. What is as it was is not recorded again. */
export function decideEditActionItem({ action, reason, title, owner, dueOn, link }: EditActionItemArgs): Decide {
  return (state, { now }) => {
    const item = findOpenAction(state, action);
    const wish = definedFields({ title, owner, dueOn, link });
    if (Object.keys(wish).length === 0) {
      throw new IncidentError('invalidArgument', 'Nothing to change: give a title, owner, due date or link.');
    }
    if (dueOn !== undefined && dueOn !== item.dueOn) refuseDueDate(dueOn, state, now);
    const changed = Object.entries(wish).filter(([name, value]) => value !== item[name as keyof typeof wish]);
    if (changed.length === 0) return [];
    return [{ type: 'action.edited', data: { action, ...Object.fromEntries(changed), ...definedFields({ reason }) } }];
  };
}

export const editActionItem: UseCase<EditActionItemArgs, IncidentBrief> = recordingUseCase(args, decideEditActionItem);
