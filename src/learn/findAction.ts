import { IncidentError } from '../incident/incidentError.ts';
import { refused } from '../incident/refusals.ts';
import type { ActionItem, IncidentState } from '../incident/state.ts';

/** The action item of that id. Throws IncidentError `notFound`. */
export function findAction({ actions }: IncidentState, wanted: string): ActionItem {
  const action = actions.find(({ id }) => id === wanted);
  if (action === undefined) throw new IncidentError('notFound', `There is no action item ${wanted}.`);
  return action;
}

/** The action item of that id, which is still to be done. Throws IncidentError `notFound`, `refused` when it is not. */
export function findOpenAction(state: IncidentState, wanted: string): ActionItem {
  const action = findAction(state, wanted);
  if (action.outcome.kind === 'open') return action;
  throw refused(`“${action.title}” is ${action.outcome.kind} already.`, 'Reopen it first.');
}
