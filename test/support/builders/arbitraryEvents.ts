import fc from 'fast-check';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import type { EventData, EventType, IncidentEvent, KnownEvent, UnknownEvent } from '../../../src/incident/events.ts';
import type { Policy, Target } from '../../../src/incident/policy.ts';
import { severities } from '../../../src/incident/severity.ts';
import {
  alertActionKinds,
  checks,
  closeOutcomes,
  deploySources,
  mitigationOutcomes,
  moments,
  roles,
  suspectJudgements,
  symptoms,
  updateKinds,
  verdicts,
  workingStatuses,
} from '../../../src/incident/words.ts';
import { after, ulidOf } from './events.ts';

/** Few ids, so that events refer to one another, repeat and contradict one another. */
const id = fc.integer({ min: 0, max: 15 }).map((number) => ulidOf(after(number), number));
const time = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -60, max: 600 }).map(after) },
  fc.constantFrom('0000-01-01T00:00:00.000Z', '3000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'),
);
const text = fc.oneof(
  fc.constantFrom('', 'x', 'Ada', '__proto__', 'constructor', 'toString', 'errorRate', '\u202E🔥\n'),
  fc.string({ maxLength: 8 }),
);
const sha256 = fc.constantFrom('a'.repeat(64), '0'.repeat(64));
const count = fc.oneof(fc.nat(100), fc.constant(Number.MAX_SAFE_INTEGER));
const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 });
const word = <T>(words: readonly T[]) => fc.constantFrom(...words);
const evidence = list(fc.record({ sha256, name: text, bytes: count }));
const heads = list(fc.record({ writer: id, lines: count, sha256 }));
const clock = word(['respond', 'mitigate', 'communicate', 'postMortem', 'review'] as const);
const due = fc.array(fc.record({ kind: clock, from: time, dueAt: time }), { maxLength: 5 });
const date = fc.constantFrom('2026-11-23', '2026-12-07', '0000-01-01', '9999-12-31');

/** Fields that must be there, and fields that may. */
function fields<R extends object, O extends object = object>(
  required: { [K in keyof R]: fc.Arbitrary<R[K]> },
  optional?: { [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<R & Partial<O>> {
  const all = { ...required, ...optional } as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(all, { requiredKeys: Object.keys(required) }) as never;
}

/** Any team's calendar, sensible or not: unknown zones, weeks of no days. */
const calendar = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia', 'Asia/Kolkata', 'Mars/Base', '', '__proto__'),
  workingDays: fc.constantFrom([1, 2, 3, 4, 5], [], [7], [0, 9]),
  holidays: fc.constantFrom([], ['2026-11-24'], ['', 'x']),
});
const minutes = fc.oneof(fc.integer({ min: -10, max: 10_000 }), fc.constantFrom(0, 1e15, 1e300, 0.1));
const target: fc.Arbitrary<Target> = fc.oneof(
  fc.record({ kind: fc.constant('within' as const), minutes }),
  fc.constant({ kind: 'nextBusinessDay' as const }),
);
const policy: fc.Arbitrary<Policy> = fc
  .record({ calendar, respond: target, minutes, warnAtPercent: count, hours: count, days: fc.nat(30) })
  .map((chosen) => {
    const policy = builtInPolicy('UTC');
    const { SEV1, ...others } = policy.severities;
    const communicate = { kind: 'every', minutes: chosen.minutes } as const;
    return {
      ...policy,
      calendar: chosen.calendar,
      warnAtPercent: chosen.warnAtPercent,
      postMortemWithinHours: chosen.hours,
      reviewWithinBusinessDays: chosen.days,
      severities: { ...others, SEV1: { ...SEV1, respond: chosen.respond, communicate } },
    };
  });

const data: { readonly [T in EventType]: fc.Arbitrary<EventData[T]> } = {
  'writer.opened': fields({ incident: id, host: text }, { continues: id, heads }),
  'incident.declared': fields(
    { name: text, title: text, severity: word(severities), impact: text, confidential: fc.boolean(), channel: text, detected: time, policy, due }, // prettier-ignore
    { symptom: word(symptoms), service: text, ticket: text, impactStart: time, drill: fc.boolean() },
  ),
  'incident.acknowledged': fields({}, { note: text }),
  'incident.edited': fields({}, { title: text, impact: text, symptom: word(symptoms), service: text, channel: text }),
  'severity.changed': fields({
    from: word(severities),
    to: word(severities),
    reason: text,
    misclassified: fc.boolean(),
    due,
    withdrawn: list(clock),
  }),
  'moment.corrected': fields({ moment: word(moments), reason: text }, { time }),
  'status.changed': fields({ to: word(workingStatuses) }, { note: text }),
  'role.assigned': fields({ role: word(roles), person: text }),
  'role.released': fields({ role: word(roles), person: text }),
  'handover.offered': fields(
    { roles: list(word(roles)), from: text, to: text, situation: text, tried: text, next: text },
    { document: text },
  ),
  'handover.accepted': fields({ handover: id }),
  'handover.declined': fields({ handover: id, reason: text }),
  'deadline.snoozed': fields({ deadline: fc.oneof(text, id.map((event) => `respond-${event}`)), until: time, reason: text }), // prettier-ignore
  'check.completed': fields(
    { check: word(checks), verdict: word(verdicts), summary: text, manual: fc.boolean() },
    { evidence },
  ),
  'finding.added': fields({ check: word(checks), text }, { link: text, place: text, revision: text, evidence }),
  'chart.exported': fields({ check: word(checks), chart: text, title: text, source: text, evidence }),
  'suspect.judged': fields({ commit: text, subject: text, judgement: word(suspectJudgements), reason: text }),
  'change.inspected': fields({ commits: list(fc.record({ id: text, subject: text, author: text, at: time })) }),
  'deploy.observed': fields({ commit: text, name: text, source: word(deploySources) }, { service: text }),
  'alert.attached': fields(
    { source: text, fingerprint: text, name: text, labels: fc.dictionary(text, text, { maxKeys: 3 }) },
    { summary: text, link: text, startsAt: time, again: fc.boolean(), evidence },
  ),
  'alert.resolved': fields({ source: text, fingerprint: text, name: text }),
  'alertAction.started': fields(
    { action: id, kind: word(alertActionKinds), name: text, source: text, target: text },
    { matchers: list(text), until: time },
  ),
  'alertAction.finished': fields(
    { action: id, kind: word(alertActionKinds), name: text, done: fc.boolean() },
    { note: text },
  ),
  'mitigation.started': fields({ mitigation: id, what: text }, { cause: text }),
  'mitigation.finished': fields(
    { mitigation: id, what: text, outcome: word(mitigationOutcomes) },
    { cause: text, note: text, evidence },
  ),
  'update.copied': fields({ update: id, kind: word(updateKinds), sha256 }),
  'update.sent': fields(
    { update: id, kind: word(updateKinds), text, due },
    { status: word(workingStatuses), document: text, channel: text },
  ),
  'verification.checked': fields({ item: text }, { how: text }),
  'verification.unchecked': fields({ item: text }, { reason: text }),
  'verification.waived': fields({ items: list(text), reason: text }),
  'incident.resolved': fields({ due }, { rootCause: text, impactEnd: time, followUp: text, heads }),
  'incident.reopened': fields({ reason: text, due }),
  'incident.closed': fields({ outcome: word(closeOutcomes) }, { reason: text, duplicateOf: id, heads }),
  'postMortem.written': fields({ document: text, sha256 }),
  'postMortem.completed': fields({}, { document: text }),
  'review.recorded': fields({ heldAt: time, attendees: list(text) }, { notes: text }),
  'action.added': fields({ action: id, title: text, dueOn: date }, { owner: text, link: text }),
  'action.edited': fields({ action: id }, { title: text, owner: text, dueOn: date, link: text, reason: text }),
  'action.completed': fields({ action: id }, { note: text }),
  'action.reopened': fields({ action: id, reason: text }),
  'action.dropped': fields({ action: id, reason: text }),
  'note.added': fields({ text }, { evidence }),
  'event.corrected': fields({ event: id, reason: text }, { at: time, text }),
  'event.retracted': fields({ event: id, reason: text }),
};

const envelope = {
  v: fc.constant(1 as const),
  id,
  n: fc.oneof({ weight: 9, arbitrary: fc.nat(40) }, fc.constant(Number.MAX_SAFE_INTEGER)),
  at: time,
  by: text,
};

/** Any event that the types allow, of every type. */
export const arbitraryKnownEvent: fc.Arbitrary<KnownEvent> = fc.oneof(
  ...(Object.keys(data) as EventType[]).map(
    (type) => fc.record({ ...envelope, type: fc.constant(type), data: data[type] }) as fc.Arbitrary<KnownEvent>,
  ),
);

const arbitraryUnknownEvent: fc.Arbitrary<UnknownEvent> = fc.record({
  ...envelope,
  type: fc.constant('unknown' as const),
  originalType: text,
  data: fc.jsonValue(),
});

/** A set of events as several hands may have left it: repeated ids, contradictions, years 0 to 9999. */
export const arbitraryEvents: fc.Arbitrary<IncidentEvent[]> = fc.array(
  fc.oneof({ weight: 20, arbitrary: arbitraryKnownEvent }, arbitraryUnknownEvent),
  { maxLength: 40, size: 'max' },
);

const hostileValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, -0, 1e308, -1, '', [], {}, [null], { kind: 'met' }, { length: 1 }, '__proto__'),
);
const hostileKey = fc.constantFrom(
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toJSON',
    'then',
    'outcome',
    'id',
    'at',
    'by',
    'kind',
    'event',
    'addedAt',
  ],
  ...['dueOn', 'title', 'roles', 'policy', 'due', 'corrections', 'original', 'retraction', 'evidence', 'offeredAt'],
);

/** Lines of a log that strangers wrote: real events with fields added, taken or replaced, and any JSON. */
export const arbitraryHostileLine: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(arbitraryKnownEvent, fc.array(fc.tuple(hostileKey, hostileValue, fc.boolean()), { maxLength: 4 }))
      .map(([event, changes]) => {
        const fieldsOf = (value: object): Map<string, unknown> => new Map(Object.entries(value));
        const [outer, inner] = [fieldsOf(event), fieldsOf(event.data)];
        for (const [key, value, isInner] of changes) (isInner ? inner : outer).set(key, value);
        outer.set('data', Object.fromEntries(inner));
        return JSON.stringify(Object.fromEntries(outer));
      }),
  },
  fc.json(),
  fc.string(),
);
