import type { IncidentState } from './state.ts';
import type { UpdateKind } from './words.ts';

/** The message that the course of the incident asks for next. A resolution is told as such, also when nobody was told of the beginning. */
export function nextUpdateKind({ status, closed, updates }: IncidentState): UpdateKind {
  if (status === 'resolved' || closed?.outcome === 'completed') return 'resolved';
  return updates.some(({ kind }) => kind === 'initial') ? 'update' : 'initial';
}
