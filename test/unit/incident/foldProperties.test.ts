import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { compareContents } from '../../../src/incident/compareContents.ts';
import { deadlinesOf, mostUrgent } from '../../../src/incident/deadlinesOf.ts';
import {
  dueTimesAfterSeverityChange,
  initialDueTimes,
  learningDueTimes,
  nextUpdateDueTime,
} from '../../../src/incident/dueTimes.ts';
import type { IncidentEvent } from '../../../src/incident/events.ts';
import { compareEvents, foldIncident } from '../../../src/incident/foldIncident.ts';
import { isIsoTime } from '../../../src/incident/isoTime.ts';
import { parseEvent } from '../../../src/incident/parseEvent.ts';
import { severities } from '../../../src/incident/severity.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import { arbitraryEvents, arbitraryHostileLine } from '../../support/builders/arbitraryEvents.ts';
import { after, eventLog, ulidOf } from '../../support/builders/events.ts';

// Under load a property takes longer than vitest's five seconds; how long is no concern of these tests.
vi.setConfig({ testTimeout: 120_000 });

const runs = { numRuns: 200 };
const moments = [after(0), after(100), '0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'];

/** The events of lines, as the journal would read them. */
function read(lines: readonly string[]): readonly IncidentEvent[] {
  return lines.flatMap((line) => {
    const parsed = parseEvent(line);
    return parsed.kind === 'event' ? [parsed.event] : [];
  });
}

/** Everything that the core answers about a state; throws when any of it throws. */
function askEverything(state: IncidentState): void {
  for (const now of moments) {
    const { deadlines, nextChangeAt } = deadlinesOf(state, now);
    mostUrgent(deadlines);
    for (const { dueAt } of deadlines) expect(isIsoTime(dueAt)).toBe(true);
    expect(nextChangeAt === undefined || (isIsoTime(nextChangeAt) && nextChangeAt > now)).toBe(true);
  }
  for (const severity of severities) {
    const dues = [
      ...initialDueTimes(state.policy, severity, moments[3]!),
      ...nextUpdateDueTime(state.policy, severity, moments[2]!),
      ...learningDueTimes(state.policy, severity, moments[3]!),
      ...dueTimesAfterSeverityChange(state, severity, after(30)).due,
    ];
    // Whatever a decision would store must be readable again.
    for (const { from, dueAt } of dues) expect(isIsoTime(from) && isIsoTime(dueAt)).toBe(true);
  }
}

/** The events of a state as they were first recorded. */
function recordedOf(state: IncidentState): readonly IncidentEvent[] {
  return state.entries.map(({ event, original }) => original ?? event);
}

describe('the fold', () => {
  it('gives a state for any events that the types allow, and the core an answer about it', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        askEverything(foldIncident(events));
      }),
      runs,
    );
  });

  it('gives a state for any lines that strangers wrote, and the core an answer about it', () => {
    fc.assert(
      fc.property(fc.array(arbitraryHostileLine, { maxLength: 40, size: 'max' }), (lines) => {
        askEverything(foldIncident(read(lines)));
      }),
      runs,
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE])(
    'answers for a policy of %d minutes, hours, days and percent',
    (number) => {
      const policy = builtInPolicy('UTC');
      const within = { kind: 'within', minutes: number } as const;
      const level = {
        ...policy.severities.SEV1,
        respond: within,
        communicate: { kind: 'every', minutes: number } as const,
      };
      const numbers = { warnAtPercent: number, postMortemWithinHours: number, reviewWithinBusinessDays: number };
      const log = eventLog();
      log.declare('SEV2', { policy: { ...policy, ...numbers, severities: { ...policy.severities, SEV1: level } } });
      log.changeSeverity('SEV1', { at: 1 });
      log.post('initial', { at: 2 });
      log.resolve({ at: 3 });
      askEverything(log.state());
    },
  );

  it('does not depend on the order of arrival', () => {
    const shuffled = arbitraryEvents.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    fc.assert(
      fc.property(shuffled, ([events, others]) => {
        expect(foldIncident(others)).toEqual(foldIncident(events));
      }),
      runs,
    );
  });

  it('does not depend on the order of arrival of what strangers wrote', () => {
    const lines = fc.array(arbitraryHostileLine, { maxLength: 30, size: 'max' });
    fc.assert(
      fc.property(lines, (all) => {
        expect(foldIncident(read(all.toReversed()))).toEqual(foldIncident(read(all)));
      }),
      runs,
    );
  });

  it('counts repeated events once, the same object or a copy', () => {
    fc.assert(
      fc.property(arbitraryEvents, fc.boolean(), (events, copies) => {
        const again = copies ? structuredClone(events) : events;
        expect(foldIncident([...events, ...again.toReversed()])).toEqual(foldIncident(events));
      }),
      runs,
    );
  });

  it('folded twice is the same: from the same events, from those it kept, and from a copy on disk', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const state = foldIncident(events);
        expect(foldIncident(events)).toEqual(state);
        const { problems: _conflicts, ...kept } = state;
        expect(foldIncident(recordedOf(state))).toMatchObject(kept);
        const stored = JSON.parse(JSON.stringify(recordedOf(state))) as IncidentEvent[];
        expect(foldIncident(stored)).toMatchObject(JSON.parse(JSON.stringify(kept)) as object);
      }),
      runs,
    );
  });

  it('changes none of the events', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const frozen = events.map(deepFreeze);
        const before = structuredClone(events);
        foldIncident(Object.freeze(frozen));
        expect(events).toEqual(before);
      }),
      runs,
    );
  });

  it('loses no event: each id has one entry, in the order of the record', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const recorded = recordedOf(foldIncident(events));
        expect(new Set(recorded.map(({ id }) => id))).toEqual(new Set(events.map(({ id }) => id)));
        expect(recorded).toHaveLength(new Set(events.map(({ id }) => id)).size);
        expect([...recorded].sort(compareEvents)).toEqual(recorded);
        for (const event of recorded) expect(events).toContain(event);
      }),
      runs,
    );
  });

  it('tells exactly the ids that have two contents', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const conflicting = [...new Set(events.map(({ id }) => id))].filter(
          (id) => new Set(events.filter((event) => event.id === id).map(sortedText)).size > 1,
        );
        const told = foldIncident(events).problems.flatMap((problem) =>
          problem.kind === 'conflictingContents' ? [problem.event] : [],
        );
        expect(told).toEqual(conflicting.sort());
      }),
      runs,
    );
  });

  it('keeps the promises of the ledger: one pending clock of a kind, ids once, judged by the due time', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const { ledger, closed } = foldIncident(events);
        expect(new Set(ledger.map(({ id }) => id)).size).toBe(ledger.length);
        const pending = ledger.filter(({ outcome }) => outcome.kind === 'pending').map(({ kind }) => kind);
        expect(new Set(pending).size).toBe(pending.length);
        if (closed !== undefined) expect(pending).toEqual([]);
        for (const { outcome, dueAt } of ledger) {
          if (outcome.kind === 'met') expect(outcome.at <= dueAt).toBe(true);
          if (outcome.kind === 'missed' && outcome.at !== undefined) expect(outcome.at > dueAt).toBe(true);
        }
      }),
      runs,
    );
  });

  it('survives contents nested deeper than the stack, twice', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const line = (text: string) =>
      `{"v":1,"id":"${ulidOf(after(0), 1)}","n":1,"at":"${after(0)}","by":"","type":"x","data":${text}}`;
    const state = foldIncident(read([line(deep), line(deep), line(`[${deep}]`)]));
    expect(state.problems).toEqual([
      { kind: 'conflictingContents', event: ulidOf(after(0), 1) },
      { kind: 'notDeclared' },
    ]);
  });
});

describe('chains of retractions and corrections', () => {
  it('an event counts when an even number of retractions hang on it, one on another', () => {
    fc.assert(
      fc.property(fc.nat(12), (length) => {
        const log = eventLog();
        log.declare('SEV1');
        let last: IncidentEvent = log.add('incident.acknowledged', {}, { at: 1 });
        for (let link = 0; link < length; link++) last = log.retract(last);
        expect(log.state().moments.acknowledged !== undefined).toBe(length % 2 === 0);
      }),
    );
  });

  it('the last correction that is not retracted counts', () => {
    const step = fc.record({ text: fc.string(), retracted: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const log = eventLog();
        const note = log.add('note.added', { text: 'first' });
        const corrections = steps.map(({ text }) => log.correct(note, { text }));
        for (const [index, { retracted }] of steps.entries()) if (retracted) log.retract(corrections[index]!);
        const entry = log.state().entries[0]!;
        const counting = steps.filter(({ retracted }) => !retracted);
        expect(entry.event.data).toEqual({ text: counting.at(-1)?.text ?? 'first' });
        expect(entry.corrections).toHaveLength(counting.length);
      }),
    );
  });

  it('what is retracted leaves no trace but its entry', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const unique = [...new Map(events.map((event) => [event.id, { ...event, n: event.n % 50 }])).values()].filter(
          ({ type }) => !['event.retracted', 'event.corrected', 'writer.opened', 'incident.declared'].includes(type),
        ) as IncidentEvent[];
        const log = eventLog();
        log.declare('SEV1', {}, { at: 0, n: 0 });
        const declaration = log.events[0]!;
        const retractions = unique.map((event, index) => log.retract(event, { n: 100 + index }));
        const state = foldIncident([declaration, ...unique, ...retractions]);
        const untouched = foldIncident([declaration]);
        expect({ ...state, entries: [], greatestN: 0 }).toEqual({ ...untouched, entries: [], greatestN: 0 });
        expect(state.entries).toHaveLength(1 + 2 * unique.length);
      }),
      runs,
    );
  });
});

describe('the order of contents', () => {
  const contents = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(Number.POSITIVE_INFINITY, -0, 0, undefined));

  it('is 0 exactly for what is the same, whatever the order of keys', () => {
    fc.assert(
      fc.property(contents, contents, (a, b) => {
        expect(compareContents(a, b) === 0).toBe(sortedText(a) === sortedText(b) && isSame(a, b));
        expect(compareContents(a, structuredClone(a))).toBe(0);
      }),
      runs,
    );
  });

  it('is the other way round for the other way round, and a chain stays a chain', () => {
    fc.assert(
      fc.property(contents, contents, contents, (a, b, c) => {
        expect(Math.sign(compareContents(a, b))).toBe(-Math.sign(compareContents(b, a)) + 0);
        const [first, , last] = [[a], [b], [c]].sort(compareContents);
        expect(compareContents(first, last)).toBeLessThanOrEqual(0);
      }),
      runs,
    );
  });
});

/** JSON with sorted keys, which says of two contents whether they are one. */
function sortedText(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return Object.is(part, -0) ? '-0' : part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** JSON cannot tell Infinity from null. */
function isSame(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number'
    ? Object.is(a, b)
    : typeof a === typeof b && (a === null) === (b === null);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part as unknown);
    Object.freeze(value);
  }
  return value;
}
