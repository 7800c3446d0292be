import { deadlinesOf, isPending } from '../incident/deadlinesOf.ts';
import type { Deadline } from '../incident/deadline.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { epochMsOf } from '../incident/isoTime.ts';
import { severityLabel } from '../incident/severity.ts';
import type { Handover, IncidentState } from '../incident/state.ts';
import { roles as incidentRoles } from '../incident/words.ts';
import { code, inline, quoted } from './markdownText.ts';
import type { WritingMoment } from './messageView.ts';
import { formatDuration, formatTime } from './timeText.ts';
import { deadlineNames, mitigationOutcomeNames, personName, roleName, statusNames } from './wordNames.ts';

/** A handover before or after it is in the record: who gives which roles to whom, and what they say. */
export type HandoverText = Pick<Handover, 'roles' | 'from' | 'to' | 'situation' | 'tried' | 'next'> &
  Partial<Pick<Handover, 'outcome'>>;

/**
 * The document of a handover as Markdown: who takes which role from whom, what is going on, what was tried and ruled out,
 * and what is due next. What people said stands as they said it; the rest is the record's as it stood at `now`.
 */
export function handoverDocument(state: IncidentState, handover: HandoverText, { now, zone }: WritingMoment): string {
  const sections = [
    `# Handover: ${state.title.trim() === '' ? 'an incident without a title' : inline(state.title)}`,
    ...(state.confidential ? ['> **Confidential.** Share this with the responders of this incident only.'] : []),
    introduction(state, handover, { now, zone }),
    '## Roles',
    rolesText(state, handover),
    '## What is going on',
    said(handover.situation, 'Nothing was said about what is going on.'),
    '## Tried and ruled out',
    said(handover.tried, 'Nothing was said about what was tried and ruled out.'),
    recordedWork(state, zone),
    '## Next',
    said(handover.next, 'Nothing was said about what comes next.'),
    '## Next deadlines',
    deadlinesText(state, { now, zone }),
  ];
  return `${sections.join('\n\n')}\n`;
}

function introduction(state: IncidentState, handover: HandoverText, { now, zone }: WritingMoment): string {
  return [
    `- **Incident:** ${state.name === '' ? 'unknown (the declaration is missing from the record)' : code(state.name)}`,
    `- **Severity:** ${severityLabel(state.severity)}, ${inline(state.policy.severities[state.severity].meaning)}`,
    `- **Status:** ${statusNames[state.status]}`,
    `- **Impact:** ${state.impact.trim() === '' ? 'unknown (not stated yet)' : inline(state.impact)}`,
    `- **Channel:** ${state.channel === '' ? 'unknown (none is recorded)' : code(state.channel)}`,
    `- **Written:** ${formatTime(now, zone)}`,
    `- **Standing:** ${standing(handover, zone)}`,
  ].join('\n');
}

function standing({ outcome, to }: HandoverText, zone: string): string {
  switch (outcome?.kind) {
    case 'accepted':
      return `accepted by ${inline(personName(outcome.by))}${forTaker(outcome.by, to)} ${formatTime(outcome.at, zone)}`;
    case 'declined':
      return `declined ${formatTime(outcome.at, zone)}: ${inline(outcome.reason)}`;
    default:
      return `offered, not yet accepted by ${inline(personName(to))}`;
  }
}

/** Whose word it was, where another wrote it down. */
function forTaker(by: string, to: string): string {
  return personName(by) === personName(to) ? '' : ` for ${inline(personName(to))}`;
}

function rolesText(state: IncidentState, { roles, from, to }: HandoverText): string {
  const [giver, taker] = [inline(personName(from)), inline(personName(to))];
  const handed = roles.map((role) => `| ${inline(roleName(role, state.policy))} | ${giver} | ${taker} |`);
  const others = incidentRoles.flatMap((role) => {
    const person = state.roles[role];
    if (person === undefined || roles.includes(role)) return [];
    return `${inline(roleName(role, state.policy))} ${inline(personName(person))}`;
  });
  return [
    handed.length === 0
      ? '_No role is handed over._'
      : ['| Role | From | To |', '| --- | --- | --- |', ...handed].join('\n'),
    others.length === 0 ? 'No other role is filled.' : `As before: ${others.join(', ')}.`,
  ].join('\n\n');
}

function said(text: string, otherwise: string): string {
  return text.trim() === '' ? `_${otherwise}_` : quoted(text);
}

/** What the record itself has of mitigations and suspects that were cleared. */
function recordedWork(state: IncidentState, zone: string): string {
  const mitigations = state.mitigations.map(({ what, outcome, startedAt, finishedAt }) => {
    const at = finishedAt ?? startedAt;
    return `- ${inline(what)}: ${mitigationOutcomeNames[outcome]}${at === undefined ? '' : `, ${formatTime(at, zone)}`}`;
  });
  const cleared = state.suspects
    .filter(({ judgement }) => judgement === 'cleared')
    .map(
      ({ commit, subject, reason }) => `- Cleared: ${code(commit.slice(0, 8))} ${inline(subject)}, ${inline(reason)}`,
    );
  const lines = [...mitigations, ...cleared];
  if (lines.length === 0) return '_The record has no mitigation and no cleared suspect yet._';
  return `From the record:\n\n${lines.join('\n')}`;
}

function deadlinesText(state: IncidentState, { now, zone }: WritingMoment): string {
  const pending = deadlinesOf(state, now)
    .deadlines.filter(isPending)
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
  if (pending.length === 0) return '_Nothing is due._';
  return pending.map((deadline) => `- ${deadlineText(deadline, now, zone)}`).join('\n');
}

function deadlineText({ kind, title, dueAt }: Deadline, now: IsoTime, zone: string): string {
  const name = title === undefined ? deadlineNames[kind] : `${deadlineNames[kind]} “${inline(title)}”`;
  const leftMs = epochMsOf(dueAt) - epochMsOf(now);
  const left = leftMs >= 0 ? `in ${formatDuration(leftMs)}` : `**overdue** by ${formatDuration(-leftMs)}`;
  return `${name}: ${formatTime(dueAt, zone)}, ${left}`;
}
