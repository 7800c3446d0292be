import type { IncidentState } from './state.ts';

/** True when the resolution message was posted, and the incident was not reopened since. */
export function hasToldTheEnd({ entries }: Pick<IncidentState, 'entries'>): boolean {
  const last = entries.findLast(({ event, retraction }) => {
    const tells =
      event.type === 'incident.reopened' || (event.type === 'update.sent' && event.data.kind === 'resolved');
    return tells && retraction === undefined;
  });
  return last?.event.type === 'update.sent';
}
