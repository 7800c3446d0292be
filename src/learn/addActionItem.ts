import * as z from 'zod';
import { date, incident, link, person, title } from '../incident/argShapes.ts';
import { changeIncident, defineUseCase } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { Ulid } from '../incident/ids.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import { latestDueDate, refuseDueDate } from './actionDueDate.ts';

const args = z.strictObject({
  incident,
  title,
  owner: person.optional(),
  /** The latest that the policy allows when absent. */
  dueOn: date.optional(),
  link: link.optional(),
});

export type AddActionItemArgs = z.output<typeof args>;

export interface AddedActionItem extends IncidentBrief {
  readonly action: Ulid;
}

/** Something to do so that it does not happen again: followed until it is done, also beyond the end of the incident. */
export const addActionItem: UseCase<AddActionItemArgs, AddedActionItem> = defineUseCase(args, async (wish, context) => {
  let action: Ulid = '';
  const { brief } = await changeIncident(context, wish.incident, (state, moment) => {
    action = moment.newId();
    return decideAddActionItem(wish, action)(state, moment);
  });
  return { ...brief, action };
});

/** The action item, with a due date in the policy's limits. */
export function decideAddActionItem({ title, owner, dueOn, link }: AddActionItemArgs, action: Ulid): Decide {
  return (state, { now }) => {
    if (dueOn !== undefined) refuseDueDate(dueOn, state, now);
    const data = { action, title, dueOn: dueOn ?? latestDueDate(state, now), ...definedFields({ owner, link }) };
    return [{ type: 'action.added', data }];
  };
}
