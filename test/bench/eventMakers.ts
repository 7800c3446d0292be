import { builtInPolicy } from '../../src/incident/builtInPolicy.ts';
import { nextUpdateDueTime } from '../../src/incident/dueTimes.ts';
import type { EventData, EventType } from '../../src/incident/events.ts';
import type { Ulid } from '../../src/incident/ids.ts';
import type { IsoTime } from '../../src/incident/isoTime.ts';
import { minuteMs, plusMs } from '../../src/incident/isoTime.ts';
import { checks, roles } from '../../src/incident/words.ts';
import { ulidOf } from '../support/builders/events.ts';
import { pickOf, sentence } from './randomText.ts';

/** Who records. */
export const people = ['Ana Ruiz', 'Ben Okafor', 'Chloé Martin', 'Dmitri Petrov'].map(
  (name) => `${name} <${name.slice(0, 3).toLowerCase()}@example.org>`,
);
const policy = builtInPolicy('UTC');

/** An event without its place in a log. */
type Made = { readonly [T in EventType]: { readonly type: T; readonly data: EventData[T] } }[EventType];
/** What later events refer to. */
export interface Last {
  readonly note: Ulid;
  readonly mitigation: Ulid;
  readonly action: Ulid;
}

/** How often of 100 each type occurs; the rest are notes. */
const shares: readonly (readonly [EventType, number])[] = [
  ['finding.added', 18],
  ['check.completed', 10],
  ['update.sent', 8],
  ['change.inspected', 5],
  ['suspect.judged', 4],
  ['status.changed', 4],
  ['role.assigned', 4],
  ['mitigation.started', 4],
  ['mitigation.finished', 4],
  ['deadline.snoozed', 2],
  ['verification.checked', 3],
  ['action.added', 2],
  ['action.completed', 2],
  ['event.corrected', 3],
  ['event.retracted', 1],
];

/** Makes one event of those that an incident consists of between its beginning and its end. */
export function makeEvent(random: () => number, at: IsoTime, last: Last): Made {
  let rest = random() * 100;
  const type = shares.find(([, share]) => (rest -= share) < 0)?.[0] ?? 'note.added';
  return makers[type]?.(random, at, last) ?? { type: 'note.added', data: { text: sentence(random) } };
}

const makers: Readonly<Partial<Record<EventType, (random: () => number, at: IsoTime, last: Last) => Made>>> = {
  'finding.added': (random) => ({
    type: 'finding.added',
    data: {
      check: pickOf(checks, random),
      text: sentence(random),
      place: 'src/db.js:14-18',
      revision: hex(random, 40),
    },
  }),
  'check.completed': (random) => ({
    type: 'check.completed',
    data: {
      check: pickOf(checks, random),
      verdict: pickOf(['ok', 'suspicious', 'bad'], random),
      summary: sentence(random),
      manual: true,
      evidence: [{ sha256: hex(random, 64), name: 'commits.txt', bytes: 2048 }],
    },
  }),
  'update.sent': (random, at) => ({
    type: 'update.sent',
    data: {
      update: ulidFrom(random, at),
      kind: 'update',
      status: 'investigating',
      text: `${sentence(random)}\n\n${sentence(random)}\n${sentence(random)}`,
      due: nextUpdateDueTime(policy, 'SEV2', at),
    },
  }),
  'change.inspected': (random, at) => ({
    type: 'change.inspected',
    data: {
      commits: [1, 2, 3].map(() => ({
        id: hex(random, 40),
        subject: sentence(random),
        author: pickOf(people, random),
        at,
      })),
    },
  }),
  'suspect.judged': (random) => ({
    type: 'suspect.judged',
    data: { commit: hex(random, 40), subject: sentence(random), judgement: 'suspected', reason: sentence(random) },
  }),
  'status.changed': (random) => ({
    type: 'status.changed',
    data: { to: pickOf(['investigating', 'identified', 'mitigating'], random) },
  }),
  'role.assigned': (random) => ({
    type: 'role.assigned',
    data: { role: pickOf(roles, random), person: pickOf(people, random) },
  }),
  'mitigation.started': (random, at) => ({
    type: 'mitigation.started',
    data: { mitigation: ulidFrom(random, at), what: sentence(random) },
  }),
  'mitigation.finished': (random, _at, { mitigation }) => ({
    type: 'mitigation.finished',
    data: { mitigation, what: sentence(random), outcome: 'noEffect' },
  }),
  'deadline.snoozed': (random, at) => ({
    type: 'deadline.snoozed',
    data: { deadline: 'communicate', until: plusMs(at, 5 * minuteMs), reason: sentence(random) },
  }),
  'verification.checked': (random) => ({
    type: 'verification.checked',
    data: { item: pickOf(policy.verification, random).id },
  }),
  'action.added': (random, at) => ({
    type: 'action.added',
    data: { action: ulidFrom(random, at), title: sentence(random), dueOn: '2026-12-24' },
  }),
  'action.completed': (_random, _at, { action }) => ({ type: 'action.completed', data: { action } }),
  'event.corrected': (random, _at, { note }) => ({
    type: 'event.corrected',
    data: { event: note, text: sentence(random), reason: 'mistyped' },
  }),
  'event.retracted': (_random, _at, { note }) => ({
    type: 'event.retracted',
    data: { event: note, reason: 'mistaken' },
  }),
};

function hex(random: () => number, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
}

function ulidFrom(random: () => number, at: IsoTime): Ulid {
  return ulidOf(at, 0x20_0000_0000_0000 - Math.floor(random() * 0x1_0000_0000));
}
