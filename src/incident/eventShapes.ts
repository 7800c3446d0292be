import type { EventData, EventType } from './events.ts';
import { isUlid } from './ids.ts';
import { isIsoTime } from './isoTime.ts';
import { severities } from './severity.ts';
import {
  alertActionKinds,
  checks,
  closeOutcomes,
  deadlineKinds,
  deploySources,
  mitigationOutcomes,
  moments,
  roles,
  suspectJudgements,
  symptoms,
  updateKinds,
  verdicts,
  workingStatuses,
} from './words.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** A length of time may have a fraction: 90 minutes are 1.5 hours. */
const amount: Check = (value) => Number.isFinite(value) && (value as number) >= 0;
const date: Check = (value) => typeof value === 'string' && isIsoTime(`${value}T00:00:00.000Z`);
const sha256: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const record = (shape: Readonly<Record<string, Check>>): Check => {
  const checked = Object.entries(shape);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const fields = value as Record<string, unknown>;
    return checked.every(([name, check]) => check(fields[name]));
  };
};

const valuesOf =
  (check: Check): Check =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(check);

const clock = oneOf(deadlineKinds.filter((kind) => kind !== 'actionItem'));
const dueTime = record({ kind: clock, from: isIsoTime, dueAt: isIsoTime });
const dueTimes = listOf(dueTime);
const evidenceList = listOf(record({ sha256, name: text, bytes: count }));
const evidence = optional(evidenceList);
const heads = optional(listOf(record({ writer: isUlid, lines: count, sha256 })));

/** A stored policy is used by the fold and by clocks, so its skeleton must hold; its numbers are the team's. */
const kindOnly = (kind: string) => record({ kind: oneOf([kind]) });
const span = (kind: string) => record({ kind: oneOf([kind]), minutes: (minutes) => Number.isFinite(minutes) });
const either =
  (one: Check, other: Check): Check =>
  (value) =>
    one(value) || other(value);
const target = either(span('within'), kindOnly('nextBusinessDay'));
const severityPolicy = record({
  meaning: text,
  respond: target,
  mitigate: target,
  communicate: either(span('every'), kindOnly('ticket')),
  roles: listOf(oneOf(roles)),
  postMortem: flag,
  review: flag,
});
const policy = record({
  severities: record(Object.fromEntries(severities.map((severity) => [severity, severityPolicy]))),
  classifyWithinMinutes: amount,
  warnAtPercent: count,
  calendar: record({ zone: text, workingDays: listOf(count), holidays: listOf(text) }),
  channelPrefix: text,
  postMortemWithinHours: amount,
  reviewWithinBusinessDays: count,
  sprintDays: count,
  actionItemSprints: count,
  changeWindowMinutes: amount,
  roles: record(Object.fromEntries(roles.map((role) => [role, record({ name: text, duty: text })]))),
  checks: listOf(record({ id: oneOf(checks), name: text, looksAt: text })),
  symptoms: record(
    Object.fromEntries(
      symptoms.map((symptom) => [
        symptom,
        record({
          name: text,
          lookFirst: listOf(record({ checks: listOf(oneOf(checks)), hint: text })),
          mitigations: listOf(text),
        }),
      ]),
    ),
  ),
  mitigations: listOf(record({ id: text, cause: text, action: text, command: optional(text) })),
  verification: listOf(record({ id: text, text })),
  alerts: optional(record({ label: text, severities: valuesOf(oneOf(severities)) })),
});

/** A check for every field of every type: the compiler sees to it that none is forgotten. */
const fields: { readonly [T in EventType]: { readonly [K in keyof EventData[T]]-?: Check } } = {
  'writer.opened': { incident: isUlid, host: text, continues: optional(isUlid), heads },
  'incident.declared': {
    name: text,
    title: text,
    severity: oneOf(severities),
    impact: text,
    symptom: optional(oneOf(symptoms)),
    confidential: flag,
    channel: text,
    service: optional(text),
    ticket: optional(text),
    impactStart: optional(isIsoTime),
    detected: isIsoTime,
    drill: optional(flag),
    policy,
    due: dueTimes,
  },
  'incident.acknowledged': { note: optional(text) },
  'incident.edited': {
    title: optional(text),
    impact: optional(text),
    symptom: optional(oneOf(symptoms)),
    service: optional(text),
    ticket: optional(text),
    channel: optional(text),
  },
  'severity.changed': {
    from: oneOf(severities),
    to: oneOf(severities),
    reason: text,
    misclassified: flag,
    due: dueTimes,
    withdrawn: listOf(clock),
  },
  'moment.corrected': { moment: oneOf(moments), time: optional(isIsoTime), reason: text },
  'status.changed': { to: oneOf(workingStatuses), note: optional(text) },
  'role.assigned': { role: oneOf(roles), person: text },
  'role.released': { role: oneOf(roles), person: text },
  'handover.offered': {
    roles: listOf(oneOf(roles)),
    from: text,
    to: text,
    situation: text,
    tried: text,
    next: text,
    document: optional(text),
  },
  'handover.accepted': { handover: isUlid },
  'handover.declined': { handover: isUlid, reason: text },
  'deadline.snoozed': { deadline: text, until: isIsoTime, reason: text },
  'check.completed': { check: oneOf(checks), verdict: oneOf(verdicts), summary: text, manual: flag, evidence },
  'finding.added': {
    check: oneOf(checks),
    text,
    link: optional(text),
    place: optional(text),
    revision: optional(text),
    evidence,
  },
  'chart.exported': { check: oneOf(checks), chart: text, title: text, source: text, evidence: evidenceList },
  'suspect.judged': { commit: text, subject: text, judgement: oneOf(suspectJudgements), reason: text },
  'change.inspected': { commits: listOf(record({ id: text, subject: text, author: text, at: isIsoTime })) },
  'deploy.observed': { commit: text, name: text, source: oneOf(deploySources), service: optional(text) },
  'alert.attached': {
    source: text,
    fingerprint: text,
    name: text,
    labels: valuesOf(text),
    summary: optional(text),
    link: optional(text),
    startsAt: optional(isIsoTime),
    again: optional(flag),
    evidence,
  },
  'alert.resolved': { source: text, fingerprint: text, name: text },
  'alertAction.started': {
    action: isUlid,
    kind: oneOf(alertActionKinds),
    name: text,
    source: text,
    target: text,
    matchers: optional(listOf(text)),
    until: optional(isIsoTime),
  },
  'alertAction.finished': {
    action: isUlid,
    kind: oneOf(alertActionKinds),
    name: text,
    done: flag,
    note: optional(text),
  },
  'mitigation.started': { mitigation: isUlid, what: text, cause: optional(text) },
  'mitigation.finished': {
    mitigation: isUlid,
    what: text,
    cause: optional(text),
    outcome: oneOf(mitigationOutcomes),
    note: optional(text),
    evidence,
  },
  'update.copied': { update: isUlid, kind: oneOf(updateKinds), sha256 },
  'update.sent': {
    update: isUlid,
    kind: oneOf(updateKinds),
    status: optional(oneOf(workingStatuses)),
    text,
    document: optional(text),
    channel: optional(text),
    due: dueTimes,
  },
  'verification.checked': { item: text, how: optional(text) },
  'verification.unchecked': { item: text, reason: optional(text) },
  'verification.waived': { items: listOf(text), reason: text },
  'incident.resolved': {
    rootCause: optional(text),
    impactEnd: optional(isIsoTime),
    followUp: optional(text),
    due: dueTimes,
    heads,
  },
  'incident.reopened': { reason: text, due: dueTimes },
  'incident.closed': { outcome: oneOf(closeOutcomes), reason: optional(text), duplicateOf: optional(isUlid), heads },
  'postMortem.written': { document: text, sha256 },
  'postMortem.completed': { document: optional(text) },
  'review.recorded': { heldAt: isIsoTime, attendees: listOf(text), notes: optional(text) },
  'action.added': { action: isUlid, title: text, owner: optional(text), dueOn: date, link: optional(text) },
  'action.edited': {
    action: isUlid,
    title: optional(text),
    owner: optional(text),
    dueOn: optional(date),
    link: optional(text),
    reason: optional(text),
  },
  'action.completed': { action: isUlid, note: optional(text) },
  'action.reopened': { action: isUlid, reason: text },
  'action.dropped': { action: isUlid, reason: text },
  'note.added': { text, evidence },
  'event.corrected': { event: isUlid, at: optional(isIsoTime), text: optional(text), reason: text },
  'event.retracted': { event: isUlid, reason: text },
};

const shapes: ReadonlyMap<string, Check> = new Map(
  Object.entries(fields).map(([type, shape]) => [type, record(shape)]),
);

/** True for a type that this version knows. */
export function isEventType(type: string): type is EventType {
  return shapes.has(type);
}

/** True when `data` has every field that the type promises, in its form. Further fields are allowed. */
export function fitsEventType(type: EventType, data: unknown): boolean {
  return shapes.get(type)?.(data) ?? false;
}
