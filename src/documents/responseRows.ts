import type { IncidentState } from '../incident/state.ts';
import { roles } from '../incident/words.ts';
import { severityLabel } from '../incident/severity.ts';
import { formatTime } from './timeText.ts';
import { personName, roleName } from './wordNames.ts';

/** Who held a role when. */
export interface RoleRow {
  readonly role: string;
  readonly person: string;
  readonly from: string;
  readonly to: string;
}

/** The severity from a moment on. */
export interface SeverityRow {
  readonly time: string;
  readonly severity: string;
  readonly reason: string;
  readonly by: string;
}

/** `1 person, 4 roles`, over the whole incident, and which roles the severity asks for that nobody took. */
export function roleSentence(state: IncidentState): string {
  const people = new Set(state.roleTerms.map(({ person }) => personName(person))).size;
  const taken = new Set(state.roleTerms.map(({ role }) => role));
  const asked = state.policy.severities[state.dutySeverity].roles.filter((role) => !taken.has(role));
  const count =
    taken.size === 0
      ? 'Nobody is recorded in a role'
      : `${people} ${people === 1 ? 'person' : 'people'}, ${taken.size} ${taken.size === 1 ? 'role' : 'roles'}`;
  if (asked.length === 0) return `${count}.`;
  const names = asked.map((role) => roleName(role, state.policy)).join(', ');
  return `${count}. ${severityLabel(state.dutySeverity)} asks for more than were filled: ${names}.`;
}

/** Every term of every role, by role in the order of the protocol, then by time. */
export function roleRows(state: IncidentState, zone: string): readonly RoleRow[] {
  const ended = state.status === 'resolved' || state.status === 'closed';
  return roles.flatMap((role) =>
    state.roleTerms
      .filter((term) => term.role === role)
      .map(({ person, from, to }) => ({
        role: roleName(role, state.policy),
        person: personName(person),
        from: formatTime(from, zone),
        to: to === undefined ? (ended ? 'the end' : 'still held') : formatTime(to, zone),
      })),
  );
}

/** The severity as declared and every change of it that was not retracted. */
export function severityRows(state: IncidentState, zone: string): readonly SeverityRow[] {
  return state.entries.flatMap(({ event, retraction }) => {
    if (retraction !== undefined) return [];
    const row = { time: formatTime(event.at, zone), by: personName(event.by) };
    if (event.type === 'incident.declared') {
      return [{ ...row, severity: severityLabel(event.data.severity), reason: 'as declared' }];
    }
    if (event.type !== 'severity.changed') return [];
    const { from, to, reason, misclassified } = event.data;
    const mistake = misclassified ? `${severityLabel(from)} was a misclassification: ` : '';
    return [{ ...row, severity: severityLabel(to), reason: `${mistake}${reason}` }];
  });
}
