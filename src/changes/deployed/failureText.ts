import { isIncidentError, messageOf } from '../../incident/incidentError.ts';
import { redactedLine } from '../../safety/redactedLine.ts';

/** Why a source did not answer, as sentences for people. */
export function failureText(error: unknown): string {
  if (isIncidentError(error)) return [error.message, error.hint].filter(Boolean).join(' ');
  return `A source failed in a way that was not foreseen (${redactedLine(messageOf(error), 200)}).`;
}
