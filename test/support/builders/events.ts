import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import type { Deadline } from '../../../src/incident/deadline.ts';
import { deadlinesOf } from '../../../src/incident/deadlinesOf.ts';
import {
  dueTimesAfterSeverityChange,
  initialDueTimes,
  learningDueTimes,
  nextUpdateDueTime,
} from '../../../src/incident/dueTimes.ts';
import type {
  DueTime,
  EventData,
  EventOf,
  EventType,
  IncidentEvent,
  KnownEvent,
} from '../../../src/incident/events.ts';
import { foldIncident } from '../../../src/incident/foldIncident.ts';
import type { Ulid } from '../../../src/incident/ids.ts';
import type { IsoTime } from '../../../src/incident/isoTime.ts';
import { epochMsOf, minuteMs, plusMs } from '../../../src/incident/isoTime.ts';
import type { Severity } from '../../../src/incident/severity.ts';
import type { IncidentState, LedgerEntry } from '../../../src/incident/state.ts';
import type { UpdateKind } from '../../../src/incident/words.ts';

/** When the incidents of tests begin: a Monday. */
export const monday: IsoTime = '2026-11-23T06:00:00.000Z';

/** `minutes` after the incident began (before, when negative). */
export function after(minutes: number): IsoTime {
  return plusMs(monday, minutes * minuteMs);
}

/** A well-formed ULID of that time; the same number gives the same id. */
export function ulidOf(at: IsoTime, number: number): Ulid {
  return base32(Math.max(0, epochMsOf(at)), 10) + base32(number, 16);
}

/** How an event differs from the next of its log. */
export interface EventOptions {
  /** When it happened: a time, or minutes after the beginning. By default one second after the event before. */
  readonly at?: IsoTime | number;
  readonly by?: string;
  readonly n?: number;
  readonly id?: Ulid;
}

/** Events of one incident, each as a decision of the real product would record it, in the order of the calls. */
export interface EventLog {
  readonly events: readonly KnownEvent[];
  add<T extends EventType>(type: T, data: EventData[T], options?: EventOptions): EventOf<T>;
  open(options?: EventOptions): EventOf<'writer.opened'>;
  declare(
    severity?: Severity,
    data?: Partial<EventData['incident.declared']>,
    options?: EventOptions,
  ): EventOf<'incident.declared'>;
  changeSeverity(
    to: Severity,
    options?: EventOptions & { readonly misclassified?: boolean },
  ): EventOf<'severity.changed'>;
  post(kind: UpdateKind, options?: EventOptions & { readonly nextAt?: IsoTime }): EventOf<'update.sent'>;
  resolve(options?: EventOptions): EventOf<'incident.resolved'>;
  retract(event: IncidentEvent, options?: EventOptions): EventOf<'event.retracted'>;
  correct(
    event: IncidentEvent,
    change: { readonly at?: IsoTime; readonly text?: string },
    options?: EventOptions,
  ): EventOf<'event.corrected'>;
  state(): IncidentState;
  deadlines(now: IsoTime | number): readonly Deadline[];
  /** The entries of the ledger of one kind, in the order they were set. */
  ledger(kind: DueTime['kind']): readonly LedgerEntry[];
}

/** A new log, of the `writer`th writer of incident `ulidOf(monday, 1)`. */
export function eventLog(options: { readonly writer?: number; readonly by?: string } = {}): EventLog {
  const { writer = 1, by: author = 'Ada <ada@example.org>' } = options;
  const events: KnownEvent[] = [];
  let lastAt = monday;
  const state = () => foldIncident(events);

  const add: EventLog['add'] = (type, data, { at, by = author, n = events.length + 1, id } = {}) => {
    lastAt = at === undefined ? plusMs(lastAt, 1000) : timeOf(at);
    const made = { v: 1, id: id ?? ulidOf(lastAt, writer * 1_000_000 + events.length), n, at: lastAt, by, type, data };
    // TypeScript cannot see that type and data belong together.
    events.push(made as unknown as KnownEvent);
    return made as unknown as EventOf<typeof type>;
  };

  return {
    events,
    add,
    state,
    open: (eventOptions) => add('writer.opened', { incident: ulidOf(monday, 1), host: 'laptop' }, eventOptions),
    declare: (severity = 'SEV2', data = {}, eventOptions = { at: 0 }) => {
      const detected = data.detected ?? timeOf(eventOptions.at ?? 0);
      const policy = data.policy ?? builtInPolicy('UTC');
      return add(
        'incident.declared',
        {
          name: '2026-11-23-checkout-down',
          title: 'Checkout down',
          severity,
          impact: 'Nobody can pay',
          confidential: false,
          channel: '#incident-2026-11-23-checkout-down',
          detected,
          policy,
          due: initialDueTimes(policy, severity, detected),
          ...data,
        },
        eventOptions,
      );
    },
    changeSeverity: (to, { misclassified = false, ...eventOptions } = {}) => {
      const now = state();
      const at = eventOptions.at === undefined ? plusMs(lastAt, 1000) : timeOf(eventOptions.at);
      return add(
        'severity.changed',
        {
          from: now.severity,
          to,
          reason: 'seen more',
          misclassified,
          ...dueTimesAfterSeverityChange(now, to, at),
        },
        { ...eventOptions, at },
      );
    },
    post: (kind, { nextAt, ...eventOptions } = {}) => {
      const { policy, severity } = state();
      const at = eventOptions.at === undefined ? plusMs(lastAt, 1000) : timeOf(eventOptions.at);
      const due = kind === 'resolved' ? [] : nextUpdateDueTime(policy, severity, at, nextAt);
      const update = ulidOf(at, writer * 1_000_000 + 500_000 + events.length);
      return add('update.sent', { update, kind, text: `${kind} message`, due }, { ...eventOptions, at });
    },
    resolve: (eventOptions = {}) => {
      const { policy, dutySeverity } = state();
      const at = eventOptions.at === undefined ? plusMs(lastAt, 1000) : timeOf(eventOptions.at);
      return add('incident.resolved', { due: learningDueTimes(policy, dutySeverity, at) }, { ...eventOptions, at });
    },
    retract: (event, eventOptions) => add('event.retracted', { event: event.id, reason: 'mistaken' }, eventOptions),
    correct: (event, change, eventOptions) =>
      add('event.corrected', { event: event.id, ...change, reason: 'mistyped' }, eventOptions),
    deadlines: (now) => deadlinesOf(state(), timeOf(now)).deadlines,
    ledger: (kind) => state().ledger.filter((entry) => entry.kind === kind),
  };
}

function timeOf(at: IsoTime | number): IsoTime {
  return typeof at === 'number' ? after(at) : at;
}

function base32(value: number, length: number): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = digits.charAt(rest % 32) + text;
  return text;
}
