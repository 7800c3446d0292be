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
  return [
    fact('Incident', code(state.name)),
    fact('Severity', severity(state)),
    fact('Status', status(state, zone)),
    fact('Declared', declared(state, zone)),
    fact('Service', state.service === undefined ? 'unknown (none was named)' : inline(state.service)),
    fact('Channel', state.channel === '' ? 'unknown (none is recorded)' : code(state.channel)),
    ...(state.ticket === undefined ? [] : [fact('Ticket', webLink(state.ticket))]),
    fact('Post-mortem', postMortem(state, zone)),
    fact('Review', review(state, zone)),
  ];
}

/** What happened in one paragraph, from times and words of the record only. */
export function incidentSummary(state: IncidentState, zone: string): Markdown {
  const { moments, declared } = state;
  const kind = `${severityLabel(state.severity)} ${state.drill ? 'drill' : 'incident'}`;
  const began =
    moments.impactStart === undefined
      ? 'When impact began is not recorded.'
      : `Impact began ${formatTime(moments.impactStart, zone)}.`;
  const sentences = [
    declared === undefined
      ? `A ${kind}; its declaration is missing from the record.`
      : `A ${kind} declared ${formatTime(declared.at, zone)} by ${inline(personName(declared.by))}.`,
    began,
    moments.mitigated === undefined
      ? 'No mitigation is recorded as having worked.'
      : `It was mitigated ${formatTime(moments.mitigated, zone)}.`,
    ending(state, zone),
  ];
  return asMarkdown(sentences.join(' '));
}

function ending(state: IncidentState, zone: string): string {
  const { moments, resolution, closed } = state;
  if (closed !== undefined && closed.outcome !== 'completed') {
    return `It was closed as ${closeOutcomeNames[closed.outcome]} ${formatTime(closed.at, zone)}${because(closed.reason)}.`;
  }
  if (resolution === undefined) return 'It is not resolved yet.';
  const lasted =
    moments.impactStart === undefined || moments.impactEnd === undefined
      ? 'how long people felt it is unknown'
      : `people felt it for ${formatDuration(epochMsOf(moments.impactEnd) - epochMsOf(moments.impactStart))}`;
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

function declared({ declared: declaration }: IncidentState, zone: string): string {
  if (declaration === undefined) return 'unknown (the declaration is missing from the record)';
  return `${formatTime(declaration.at, zone)} by ${inline(personName(declaration.by))}`;
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
