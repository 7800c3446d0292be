import { builtInPolicy } from '../../src/incident/builtInPolicy.ts';
import { initialDueTimes, learningDueTimes } from '../../src/incident/dueTimes.ts';
import type { EventData, EventType, KnownEvent } from '../../src/incident/events.ts';
import type { Ulid } from '../../src/incident/ids.ts';
import type { IsoTime } from '../../src/incident/isoTime.ts';
import { plusMs } from '../../src/incident/isoTime.ts';
import { roles } from '../../src/incident/words.ts';
import { ulidOf } from '../support/builders/events.ts';
import type { Last } from './eventMakers.ts';
import { makeEvent, people } from './eventMakers.ts';
import { randomNumbers, sentence } from './randomText.ts';

export interface EventMix {
  /** Tells incidents apart; the same number gives the same events. */
  readonly number: number;
  readonly startedAt: IsoTime;
  readonly count: number;
  readonly writers: number;
  readonly end: 'open' | 'closed';
  /** Leaves an action item open at the end. */
  readonly openAction?: boolean;
}

const policy = builtInPolicy('UTC');
const stepMs = 15_000;

/**
 * The events of one incident as several people record them who talk, look, try and write: for each writer its log, in
 * order, with counters that run through all of them.
 */
export function eventMix(mix: EventMix): readonly (readonly KnownEvent[])[] {
  const { number, startedAt, count, writers, end } = mix;
  const random = randomNumbers(number);
  const logs = Array.from({ length: writers }, (): KnownEvent[] => []);
  const openActions = new Set<Ulid>();
  const none = ulidOf(startedAt, 0);
  let last: Last = { note: none, mitigation: none, action: none };
  let n = 0;
  const now = (): IsoTime => plusMs(startedAt, n * stepMs);
  const add = <T extends EventType>(writer: number, type: T, data: EventData[T]): void => {
    const id = ulidOf(now(), number * 1_000_000 + n);
    // TypeScript cannot see that type and data belong together.
    const event = {
      v: 1,
      id,
      at: now(),
      n: ++n,
      by: people[writer % people.length],
      type,
      data,
    } as unknown as KnownEvent;
    logs[writer]!.push(event);
    if (event.type === 'note.added') last = { ...last, note: id };
    if (event.type === 'mitigation.started') last = { ...last, mitigation: event.data.mitigation };
    if (event.type === 'action.completed') openActions.delete(event.data.action);
    if (event.type !== 'action.added') return;
    last = { ...last, action: event.data.action };
    openActions.add(event.data.action);
  };

  const host = (writer: number): string => `laptop-${writer}`;
  logs.forEach((_, writer) => {
    add(writer, 'writer.opened', { incident: incidentIdOf(mix), host: host(writer) });
  });
  add(0, 'incident.declared', declaration(mix));
  add(0, 'incident.acknowledged', {});
  for (const role of roles) add(0, 'role.assigned', { role, person: people[0]! });
  const ending = end === 'open' ? 0 : 2;
  while (n < count - ending - (end === 'open' ? 0 : openActions.size)) {
    const { type, data } = makeEvent(random, now(), last);
    add(Math.floor(random() * writers), type, data);
  }
  if (end === 'open') return logs;
  for (const action of openActions)
    if (mix.openAction !== true || openActions.size > 1) add(0, 'action.completed', { action });
  add(0, 'incident.resolved', { rootCause: sentence(random), due: learningDueTimes(policy, 'SEV2', now()) });
  add(0, 'incident.closed', { outcome: 'completed' });
  return logs;
}

/** The id of the incident, which its first events name. */
export function incidentIdOf({ number, startedAt }: Pick<EventMix, 'number' | 'startedAt'>): Ulid {
  return ulidOf(startedAt, number * 1_000_000 + 999_999);
}

/** What the incident and its folder are called. */
export function incidentNameOf({ number, startedAt }: Pick<EventMix, 'number' | 'startedAt'>): string {
  return `${startedAt.slice(0, 10)}-checkout-${number}`;
}

function declaration(mix: EventMix): EventData['incident.declared'] {
  const { number, startedAt } = mix;
  const name = incidentNameOf(mix);
  return {
    name,
    title: `Checkout ${number} is down`,
    severity: 'SEV2',
    impact: 'Nobody can pay',
    symptom: 'highErrorRate',
    confidential: false,
    channel: `#incident-${name}`,
    detected: startedAt,
    policy,
    due: initialDueTimes(policy, 'SEV2', startedAt),
  };
}
