import type { EventType, IncidentEvent } from './events.ts';

/** The field of each type that holds its words, where a person may correct them. */
const textFields: Readonly<Partial<Record<EventType, string>>> = {
  'incident.declared': 'title',
  'incident.acknowledged': 'note',
  'severity.changed': 'reason',
  'status.changed': 'note',
  'handover.offered': 'situation',
  'check.completed': 'summary',
  'finding.added': 'text',
  'suspect.judged': 'reason',
  'mitigation.started': 'what',
  'mitigation.finished': 'what',
  'verification.checked': 'how',
  'verification.waived': 'reason',
  'incident.resolved': 'rootCause',
  'incident.reopened': 'reason',
  'incident.closed': 'reason',
  'review.recorded': 'notes',
  'action.added': 'title',
  'note.added': 'text',
};

/** The words of an event that can be corrected; undefined when its type has none. An empty text where none was given. */
export function correctableText(event: IncidentEvent): string | undefined {
  const field = event.type === 'unknown' ? undefined : textFields[event.type];
  if (field === undefined) return undefined;
  const text = (event.data as Readonly<Record<string, unknown>>)[field];
  return typeof text === 'string' ? text : '';
}

/** The event with another time or other words. Words for a type that has none change nothing. */
export function correctedEvent(
  event: IncidentEvent,
  correction: { readonly at?: string; readonly text?: string },
): IncidentEvent {
  const at = correction.at ?? event.at;
  const field = event.type === 'unknown' ? undefined : textFields[event.type];
  if (correction.text === undefined || field === undefined) return { ...event, at };
  return { ...event, at, data: { ...(event.data as object), [field]: correction.text } } as IncidentEvent;
}
