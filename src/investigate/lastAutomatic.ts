import type { EventOf } from '../incident/events.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Check } from '../incident/words.ts';

/** The latest result that Mayday itself gave for a check, whatever a person made of it since; undefined when there is none. */
export function lastAutomatic(
  { entries }: IncidentState,
  check: Check,
): EventOf<'check.completed'>['data'] | undefined {
  const entry = entries.findLast(
    ({ event, retraction }) =>
      retraction === undefined && event.type === 'check.completed' && event.data.check === check && !event.data.manual,
  );
  return entry?.event.type === 'check.completed' ? entry.event.data : undefined;
}
