import { IncidentError } from '../incident/incidentError.ts';
import { refused } from '../incident/refusals.ts';
import type { IncidentState, TimelineEntry } from '../incident/state.ts';

/**
 * The entry of the timeline with that id, which still counts.
 * @throws IncidentError `notFound`; `refused` when it was retracted.
 */
export function findEntry({ entries }: IncidentState, id: string): TimelineEntry {
  const entry = entries.find(({ event }) => event.id === id);
  if (entry === undefined) throw new IncidentError('notFound', `There is no entry ${id} in the timeline.`);
  if (entry.retraction === undefined) return entry;
  throw refused('The entry was retracted.', 'Retract its retraction first.');
}
