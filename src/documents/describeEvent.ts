import { cleanLine } from '../incident/cleanText.ts';
import type { EventData, EventOf, EventType, IncidentEvent } from '../incident/events.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import type { Policy } from '../incident/policy.ts';
import { severityLabel } from '../incident/severity.ts';
import type { Role } from '../incident/words.ts';
import {
  checkName,
  closeOutcomeNames,
  deadlineNames,
  deploySourceNames,
  judgementNames,
  mitigationOutcomeNames,
  momentNames,
  personName,
  roleName,
  statusNames,
  updateKindNames,
  verdictNames,
  verificationText,
} from './wordNames.ts';

type Describe<T extends EventType> = (data: Readonly<EventData[T]>, policy: Policy) => string;

/**
 * What an event says, as one neutral English sentence: plain text on one line, of any length, without a full stop, and
 * without who and when, which stand beside it. The words of people are given as they wrote them.
 */
export function describeEvent(event: IncidentEvent, policy: Policy): string {
  return cleanLine(sentenceOf(event, policy));
}

/** What kind of event it is, in words that never change for an event: `Incident declared`, `Post-mortem written`. */
export function eventTitle(event: IncidentEvent): string {
  const type = event.type === 'unknown' ? event.originalType : event.type;
  const words = type
    .replace(/postMortem/g, 'post-mortem')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, ' ')
    .trim();
  return words === '' ? 'Unknown event' : `${words.charAt(0).toUpperCase()}${words.slice(1, 60).trim()}`;
}

function sentenceOf(event: IncidentEvent, policy: Policy): string {
  if (event.type === 'unknown') return `Event of a type that this version does not know: ${event.originalType}`;
  // TypeScript cannot see that the description and the event are of one type.
  const describe = descriptions[event.type] as (data: EventOf<EventType>['data'], policy: Policy) => string;
  return describe(event.data, policy);
}

const descriptions: { readonly [T in EventType]: Describe<T> } = {
  'writer.opened': ({ host, continues }) =>
    continues === undefined ? `Record opened on ${host}` : `Record opened on ${host}, continuing an earlier log`,

  'incident.declared': ({ severity, title, drill }) =>
    `Declared as ${severityLabel(severity)}${drill === true ? ' (drill)' : ''}: ${title}`,
  'incident.acknowledged': ({ note }) => `Acknowledged${because(note)}`,
  'incident.edited': (data, policy) => {
    const changes = editedFields(data, policy);
    return changes.length === 0 ? 'Details confirmed without a change' : `Details changed: ${changes.join('; ')}`;
  },
  'severity.changed': ({ from, to, reason, misclassified }) => {
    const mistake = misclassified ? ` (${severityLabel(from)} was a misclassification)` : '';
    return `Severity changed from ${severityLabel(from)} to ${severityLabel(to)}${mistake}${because(reason)}`;
  },
  'moment.corrected': ({ moment, time, reason }) =>
    `Time of ${momentNames[moment]} set to ${time === undefined ? 'unknown' : utc(time)}${because(reason)}`,
  'status.changed': ({ to, note }) => `Status set to ${statusNames[to]}${because(note)}`,

  'role.assigned': ({ role, person }, policy) => `${roleName(role, policy)}: ${personName(person)} took the role`,
  'role.released': ({ role, person }, policy) => `${roleName(role, policy)}: ${personName(person)} gave up the role`,
  'handover.offered': ({ roles, from, to, situation }, policy) =>
    `Handover of ${roleList(roles, policy)} from ${personName(from)} to ${personName(to)} offered${because(situation)}`,
  'handover.accepted': () => 'Handover accepted',
  'handover.declined': ({ reason }) => `Handover declined${because(reason)}`,
  'deadline.snoozed': ({ deadline, until, reason }) =>
    `Reminders of ${deadlineName(deadline)} snoozed until ${utc(until)}${because(reason)}`,

  'check.completed': ({ check, verdict, summary, manual }, policy) =>
    `Check "${checkName(check, policy)}" ${manual ? 'marked' : 'came out'} ${verdictNames[verdict]}${because(summary)}`,
  'finding.added': ({ check, text, place }, policy) =>
    `Finding in "${checkName(check, policy)}": ${text}${inBrackets([place])}`,
  'chart.exported': ({ check, title }, policy) =>
    `Chart of "${checkName(check, policy)}" exported: ${given(title) ?? 'without a title'}`,
  'suspect.judged': ({ commit, subject, judgement, reason }) =>
    `Suspect ${shortCommit(commit)} "${subject}" ${judgementNames[judgement]}${because(reason)}`,
  'change.inspected': ({ commits }) =>
    commits.length === 0
      ? 'Changes inspected: none'
      : `Changes inspected: ${commits.map(({ id, subject }) => `${shortCommit(id)} "${subject}"`).join(', ')}`,

  'deploy.observed': ({ commit, name, source, service }) => {
    const what = `${given(name) ?? 'without a name'} (${shortCommit(commit)})`;
    if (source === 'merge') return `Merged into the deploy branch: ${what}`;
    return `Deployed${service === undefined ? '' : ` ${service}`}: ${what}, told by ${deploySourceNames[source]}`;
  },

  'alert.attached': ({ name, summary, source, startsAt, again }) => {
    const since = startsAt === undefined ? 'firing' : `firing since ${utc(startsAt)}`;
    return `Alert ${again === true ? 'fires again' : 'attached'}: ${name}, ${since}, told by ${source}${because(summary)}`;
  },
  'alert.resolved': ({ name, source }) => `Alert resolved: ${name} is not told by ${source} any more`,
  'alertAction.started': ({ kind, name, target, matchers = [], until }) => {
    const what = kind === 'silence' ? 'Silencing' : 'Acknowledging';
    const silence = [matchers.join(', '), until === undefined ? '' : `until ${utc(until)}`];
    return `${what} alert ${name}: ${target}${inBrackets(silence)}`;
  },
  'alertAction.finished': ({ kind, name, done, note }) => {
    if (!done) return `Alert ${name} was not ${kind === 'silence' ? 'silenced' : 'acknowledged'}${because(note)}`;
    return `Alert ${name} ${kind === 'silence' ? 'silenced' : 'acknowledged'}${inBrackets([note])}`;
  },

  'mitigation.started': ({ what, cause }) => `Mitigation started: ${what}${inBrackets([cause])}`,
  'mitigation.finished': ({ what, cause, outcome, note }) =>
    `Mitigation finished, ${mitigationOutcomeNames[outcome]}: ${what}${inBrackets([cause, note])}`,

  'update.copied': ({ kind }) => `${updateKindNames[kind]} copied to the clipboard, not yet sent`,
  'update.sent': ({ kind, status, channel }) => {
    const saying = status === undefined ? '' : `, status ${statusNames[status]}`;
    return `${updateKindNames[kind]} sent${channel === undefined ? '' : ` to ${channel}`}${saying}`;
  },

  'verification.checked': ({ item, how }, policy) => `Verified: ${verificationText(item, policy)}${inBrackets([how])}`,
  'verification.unchecked': ({ item, reason }, policy) =>
    `Verification withdrawn: ${verificationText(item, policy)}${inBrackets([reason])}`,
  'verification.waived': ({ items, reason }, policy) =>
    `Verification waived for ${items.map((item) => verificationText(item, policy)).join('; ')}${because(reason)}`,
  'incident.resolved': ({ rootCause, impactEnd }) =>
    `Resolved; root cause: ${given(rootCause) ?? 'unknown yet'}${impactEnd === undefined ? '' : `; impact ended ${utc(impactEnd)}`}`,
  'incident.reopened': ({ reason }) => `Reopened${because(reason)}`,
  'incident.closed': ({ outcome, reason, duplicateOf }) => {
    const original = duplicateOf === undefined ? '' : ` of ${duplicateOf}`;
    return `Closed as ${closeOutcomeNames[outcome]}${original}${because(reason)}`;
  },

  'postMortem.written': ({ document }) => `Post-mortem written to ${document}`,
  'postMortem.completed': () => 'Post-mortem completed',
  'review.recorded': ({ heldAt, attendees, notes }) => {
    const who = attendees.length === 0 ? '' : ` with ${attendees.map(personName).join(', ')}`;
    return `Review held ${utc(heldAt)}${who}${because(notes)}`;
  },
  'action.added': ({ title, owner, dueOn }) =>
    `Action item added: ${title} (${owner === undefined ? 'no owner' : personName(owner)}, due ${dueOn})`,
  'action.edited': ({ title, owner, dueOn, link, reason }) => {
    const changes = [
      ...(title === undefined ? [] : [`title "${title}"`]),
      ...(owner === undefined ? [] : [`owner ${personName(owner)}`]),
      ...(dueOn === undefined ? [] : [`due ${dueOn}`]),
      ...(link === undefined ? [] : [`link ${link}`]),
    ];
    return `Action item changed${changes.length === 0 ? '' : `: ${changes.join(', ')}`}${inBrackets([reason])}`;
  },
  'action.completed': ({ note }) => `Action item completed${because(note)}`,
  'action.reopened': ({ reason }) => `Action item reopened${because(reason)}`,
  'action.dropped': ({ reason }) => `Action item dropped${because(reason)}`,

  'note.added': ({ text }) => given(text) ?? 'Note without text',
  'event.corrected': ({ at, text, reason }) => {
    const changes = [
      ...(at === undefined ? [] : [`time ${utc(at)}`]),
      ...(text === undefined ? [] : [`text "${text}"`]),
    ];
    return `An earlier entry corrected${changes.length === 0 ? '' : `: ${changes.join(', ')}`}${inBrackets([reason])}`;
  },
  'event.retracted': ({ reason }) => `An earlier entry retracted${because(reason)}`,
};

function editedFields(
  { title, impact, symptom, service, ticket, channel }: Readonly<EventData['incident.edited']>,
  policy: Policy,
): readonly string[] {
  return [
    ...(title === undefined ? [] : [`title "${title}"`]),
    ...(impact === undefined ? [] : [`impact "${impact}"`]),
    ...(symptom === undefined ? [] : [`symptom ${policy.symptoms[symptom].name.toLowerCase()}`]),
    ...(service === undefined ? [] : [`service ${service}`]),
    ...(ticket === undefined ? [] : [`ticket ${ticket}`]),
    ...(channel === undefined ? [] : [`channel ${channel}`]),
  ];
}

function deadlineName(deadline: string): string {
  const kind = deadline.replace(/-.*$/s, '');
  return Object.hasOwn(deadlineNames, kind) ? `“${deadlineNames[kind as keyof typeof deadlineNames]}”` : deadline;
}

function roleList(roles: readonly Role[], policy: Policy): string {
  return roles.length === 0 ? 'no role' : roles.map((role) => roleName(role, policy)).join(', ');
}

/** Commits are shown short only when they look like one. */
function shortCommit(commit: string): string {
  return /^[0-9a-f]{12,64}$/i.test(commit) ? commit.slice(0, 8) : commit;
}

function utc(time: IsoTime): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

function because(text: string | undefined): string {
  const words = given(text);
  return words === undefined ? '' : `: ${words}`;
}

function inBrackets(texts: readonly (string | undefined)[]): string {
  const words = texts.filter((text) => given(text) !== undefined);
  return words.length === 0 ? '' : ` (${words.join('; ')})`;
}
