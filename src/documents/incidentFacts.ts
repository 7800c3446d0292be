import { epochMsOf } from '../incident/isoTime.ts';
import { severityLabel } from '../incident/severity.ts';
import type { IncidentState, LedgerEntry } from '../incident/state.ts';
import { code, inline, webLink } from './markdownText.ts';
import { formatDuration, formatTime } from './timeText.ts';
import { asMarkdown } from './viewText.ts';
import type { Markdown } from './viewText.ts';
import { closeOutcomeNames, personName, statusNames } from './wordNames.ts';

/** One line of what an incident is. */
export interface Fact {
  readonly name: string;
  readonly value: Markdown;
}

/** What an incident is and how it stands, in the order in which a reader asks. Unknown facts say so. */
export function incidentFacts(state: IncidentState, zone: string): readonly Fact[] {
  const { declared } = state;
  if (declared === undefined) return [fact('Incident', 'unknown (the declaration is missing from the record)')];
  return [
    fact('Incident', code(state.name)),
    fact('Severity', severity(state)),
    fact('Status', status(state, zone)),
    fact('Impact', impactSpan(state, zone)),
    fact('Declared', `${formatTime(declared.at, zone)} by ${inline(personName(declared.by))}`),
    fact('Service', state.service === undefined ? 'unknown (none was named)' : inline(state.service)),
    fact('Channel', state.channel === '' ? 'unknown (none is recorded)' : code(state.channel)),
    ...(state.ticket === undefined ? [] : [fact('Ticket', webLink(state.ticket))]),
    fact('Post-mortem', postMortem(state, zone)),
    fact('Review', review(state, zone)),
  ];
}

/** What happened in one paragraph, from times and words of the record only. */
export function incidentSummary(state: IncidentState, zone: string): Markdown {
  const { moments, declared, policy } = state;
  if (declared === undefined) return asMarkdown('Unknown: the declaration of the incident is missing from the record.');
  const sentences = [
    `This ${severityLabel(state.severity)} ${state.drill ? 'drill' : 'incident'} ` +
      `(${inline(policy.severities[state.severity].meaning)}) was declared ` +
      `${formatTime(declared.at, zone)} by ${inline(personName(declared.by))}${declaredAs(state)}.`,
    moments.impactStart === undefined
      ? 'When impact began is not recorded.'
      : `Impact began ${formatTime(moments.impactStart, zone)}.`,
    moments.mitigated === undefined
      ? 'No mitigation is recorded as having worked.'
      : `It was mitigated ${formatTime(moments.mitigated, zone)}${workedBy(state)}.`,
    ending(state, zone),
  ];
  return asMarkdown(sentences.join(' '));
}

function declaredAs({ entries, declared, severity: level }: IncidentState): string {
  const declaration = entries.find(({ event }) => event.id === declared?.event)?.event;
  if (declaration?.type !== 'incident.declared' || declaration.data.severity === level) return '';
  return `, at first as ${severityLabel(declaration.data.severity)}`;
}

function workedBy({ mitigations }: IncidentState): string {
  const worked = mitigations.filter(({ outcome }) => outcome === 'worked').map(({ what }) => inline(what));
  return worked.length === 0 ? '' : `: ${worked.join('; ')}`;
}

function ending(state: IncidentState, zone: string): string {
  const { moments, resolution, closed } = state;
  if (closed !== undefined && closed.outcome !== 'completed') {
    return `It was closed as ${closeOutcomeNames[closed.outcome]} ${formatTime(closed.at, zone)}${because(closed.reason)}.`;
  }
  if (resolution === undefined) return 'It is not resolved yet.';
  const lasted =
    moments.impactStart === undefined || moments.impactEnd === undefined
      ? 'how long impact lasted is unknown, as its start or end is not recorded'
      : `impact lasted ${formatDuration(epochMsOf(moments.impactEnd) - epochMsOf(moments.impactStart))}`;
  return `It was resolved ${formatTime(resolution.at, zone)}; ${lasted}.`;
}

function severity({ severity: level, dutySeverity, policy }: IncidentState): string {
  const text = `${severityLabel(level)}, ${inline(policy.severities[level].meaning)}`;
  return level === dutySeverity ? text : `${text}; duties follow ${severityLabel(dutySeverity)}, the highest it had`;
}

function status({ status: word, closed }: IncidentState, zone: string): string {
  if (closed === undefined) return statusNames[word];
  return `Closed ${formatTime(closed.at, zone)}: ${closeOutcomeNames[closed.outcome]}${because(closed.reason)}`;
}

function impactSpan({ moments: { impactStart, impactEnd } }: IncidentState, zone: string): string {
  const from = impactStart === undefined ? 'unknown (not recorded)' : formatTime(impactStart, zone);
  const to = impactEnd === undefined ? 'unknown (not recorded)' : formatTime(impactEnd, zone);
  const lasted =
    impactStart === undefined || impactEnd === undefined
      ? ''
      : `, ${formatDuration(epochMsOf(impactEnd) - epochMsOf(impactStart))}`;
  return `from ${from} to ${to}${lasted}`;
}

function postMortem(state: IncidentState, zone: string): string {
  const { completedAt } = state.postMortem;
  const duty = promise(state, 'postMortem');
  if (completedAt !== undefined) return `completed ${formatTime(completedAt, zone)}${standing(duty)}`;
  if (duty !== undefined) return `due ${formatTime(duty.dueAt, zone)}`;
  return state.policy.severities[state.dutySeverity].postMortem
    ? `due ${state.policy.postMortemWithinHours} hours after the resolution`
    : `not required for ${severityLabel(state.dutySeverity)}`;
}

function review(state: IncidentState, zone: string): string {
  const duty = promise(state, 'review');
  if (state.review !== undefined) {
    const { heldAt, attendees } = state.review;
    const who = attendees.length === 0 ? '' : ` with ${attendees.map((name) => inline(personName(name))).join(', ')}`;
    return `held ${formatTime(heldAt, zone)}${who}${standing(duty)}`;
  }
  if (duty !== undefined) return `due ${formatTime(duty.dueAt, zone)}`;
  return state.policy.severities[state.dutySeverity].review
    ? `due ${state.policy.reviewWithinBusinessDays} business days after the resolution`
    : `not required for ${severityLabel(state.dutySeverity)}`;
}

/** The deadline in force of a kind. */
function promise(state: IncidentState, kind: LedgerEntry['kind']): LedgerEntry | undefined {
  return state.ledger.findLast((entry) => entry.kind === kind && entry.outcome.kind !== 'withdrawn');
}

function standing(duty: LedgerEntry | undefined): string {
  if (duty?.outcome.kind === 'met') return ', in time';
  if (duty?.outcome.kind !== 'missed' || duty.outcome.at === undefined) return '';
  return `, ${formatDuration(epochMsOf(duty.outcome.at) - epochMsOf(duty.dueAt))} late`;
}

function fact(name: string, value: string): Fact {
  return { name, value: asMarkdown(value) };
}

function because(reason: string | undefined): string {
  return reason === undefined || reason.trim() === '' ? '' : `, ${inline(reason)}`;
}
