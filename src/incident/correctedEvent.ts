import type { EventType, IncidentEvent } from './events.ts';

/** The field of each type that holds its words, where a person may correct them. */
const textFields: Readonly<Partial<Record<EventType, string>>> = {
  'incident.declared': 'title',
  'incident.acknowledged': 'note',
  'severity.changed': 'reason',
  'moment.corrected': 'reason',
  'status.changed': 'note',
  'handover.offered': 'situation',
  'handover.declined': 'reason',
  'deadline.snoozed': 'reason',
  'check.completed': 'summary',
  'finding.added': 'text',
  'suspect.judged': 'reason',
  'mitigation.started': 'what',
  'mitigation.finished': 'what',
  'verification.checked': 'how',
  'verification.unchecked': 'reason',
  'verification.waived': 'reason',
  'incident.resolved': 'rootCause',
  'incident.reopened': 'reason',
  'incident.closed': 'reason',
  'review.recorded': 'notes',
  'action.added': 'title',
  'action.completed': 'note',
  'action.reopened': 'reason',
  'action.dropped': 'reason',
  'note.added': 'text',
};

/** True for what happened: what is about the record itself stays as it is. */
export function isCorrectable({ type }: IncidentEvent): boolean {
  return type !== 'writer.opened' && type !== 'event.corrected' && type !== 'event.retracted';
}

/** The words of an event that can be corrected; undefined when its type has none. An empty text where none was given. */
export function correctableText(event: IncidentEvent): string | undefined {
  const field = event.type === 'unknown' ? undefined : textFields[event.type];
  if (field === undefined) return undefined;
  const text = (event.data as Readonly<Record<string, unknown>>)[field];
  return typeof text === 'string' ? text : '';
}

/** The event with another time or other words; the same event where nothing changes, as words do for a type without. */
export function correctedEvent(
  event: IncidentEvent,
  correction: { readonly at?: string; readonly text?: string },
): IncidentEvent {
  const at = correction.at ?? event.at;
  const field = event.type === 'unknown' ? undefined : textFields[event.type];
  if (correction.text === undefined || field === undefined) return at === event.at ? event : { ...event, at };
  return { ...event, at, data: { ...(event.data as object), [field]: correction.text } } as IncidentEvent;
}
