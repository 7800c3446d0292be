import { describe, expect, it } from 'vitest';
import { correctableText } from '../../../src/incident/correctedEvent.ts';
import type { IncidentEvent, UnknownEvent } from '../../../src/incident/events.ts';
import { foldIncident, isRetractable } from '../../../src/incident/foldIncident.ts';
import type { TimelineEntry } from '../../../src/incident/state.ts';
import type { EventLog } from '../../support/builders/events.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

function entryOf(log: EventLog, event: IncidentEvent): TimelineEntry {
  return log.state().entries.find((entry) => entry.event.id === event.id)!;
}

function noted(): { readonly log: EventLog; readonly note: IncidentEvent } {
  const log = eventLog();
  log.declare('SEV1');
  return { log, note: log.add('note.added', { text: 'databse slow' }, { at: 5 }) };
}

describe('event.corrected keeps both versions', () => {
  it('other words', () => {
    const { log, note } = noted();
    const correction = log.correct(note, { text: 'database slow' });
    expect(entryOf(log, note)).toEqual({
      event: { ...note, data: { text: 'database slow' } },
      original: note,
      corrections: [correction],
    });
  });

  it('another time', () => {
    const { log, note } = noted();
    const correction = log.correct(note, { at: after(3) });
    expect(entryOf(log, note)).toEqual({ event: { ...note, at: after(3) }, original: note, corrections: [correction] });
  });

  it('the last words and the last time win, each for itself', () => {
    const { log, note } = noted();
    log.correct(note, { text: 'first', at: after(3) });
    log.correct(note, { text: 'second' });
    log.correct(note, { at: after(4) });
    expect(entryOf(log, note)).toMatchObject({
      event: { at: after(4), data: { text: 'second' } },
      original: { at: after(5), data: { text: 'databse slow' } },
    });
    expect(entryOf(log, note).corrections).toHaveLength(3);
  });

  it('a correction that is retracted counts no longer, and stays in the record', () => {
    const { log, note } = noted();
    const correction = log.correct(note, { text: 'wrong' });
    log.retract(correction);
    expect(entryOf(log, note)).toEqual({ event: note, corrections: [] });
    expect(entryOf(log, correction)).toMatchObject({ retraction: { type: 'event.retracted' } });
  });

  it('an event without corrections has no original', () => {
    const { log, note } = noted();
    expect(entryOf(log, note)).toEqual({ event: note, corrections: [] });
  });

  it('words for an event that has none change nothing', () => {
    const log = eventLog();
    log.declare();
    const sent = log.post('initial');
    log.correct(sent, { text: 'something else' });
    expect(entryOf(log, sent)).toMatchObject({ event: sent });
    expect(entryOf(log, sent)).not.toHaveProperty('original');
    expect(entryOf(log, sent).corrections).toHaveLength(1);
  });

  it('of what nobody recorded is ignored', () => {
    const { log } = noted();
    log.add('event.corrected', { event: ulidOf(monday, 4242), text: 'x', reason: 'y' });
    expect(log.state().entries).toHaveLength(3);
  });

  it('the title of the declaration, and an edit after it still counts', () => {
    const log = eventLog();
    const declared = log.declare('SEV1', { title: 'Chekout down' });
    log.correct(declared, { text: 'Checkout down' });
    expect(log.state().title).toBe('Checkout down');
    log.add('incident.edited', { title: 'Checkout slow' });
    expect(log.state().title).toBe('Checkout slow');
  });

  it('the time of an acknowledgement judges the clock again, against the same due time', () => {
    const log = eventLog();
    log.declare('SEV1');
    const acknowledged = log.add('incident.acknowledged', {}, { at: 9 });
    expect(log.ledger('respond')).toMatchObject([{ outcome: { kind: 'missed' } }]);
    log.correct(acknowledged, { at: after(4) });
    expect(log.ledger('respond')).toMatchObject([{ dueAt: after(5), outcome: { kind: 'met', at: after(4) } }]);
    expect(log.state().moments.acknowledged).toBe(after(4));
  });

  it.each([
    ['a resolution', (log: EventLog) => log.resolve({ at: 30 }), ['postMortem', 'review']],
    ['a message', (log: EventLog) => log.post('initial', { at: 3 }), ['communicate']],
  ] as const)('the time of %s leaves the due times that it set', (_what, add, kinds) => {
    const log = eventLog();
    log.declare('SEV1');
    const event = add(log);
    const due = () => log.state().ledger.filter(({ setBy }) => setBy === event.id);
    const before = due();
    expect(before.map(({ kind }) => kind)).toEqual(kinds);
    log.correct(event, { at: after(1) });
    expect(due().map(({ id, dueAt }) => [id, dueAt])).toEqual(before.map(({ id, dueAt }) => [id, dueAt]));
  });

  it('does not move an event in the order of the record', () => {
    const { log, note } = noted();
    log.add('note.added', { text: 'later' }, { at: 6 });
    log.correct(note, { at: after(60) });
    expect(log.state().entries.map(({ event }) => event.n)).toEqual([1, 2, 3, 4]);
  });
});

describe('correctableText', () => {
  it.each([
    ['note.added', { text: 'x' }, 'x'],
    ['incident.acknowledged', {}, ''],
    ['deadline.snoozed', { deadline: 'respond-x', until: monday, reason: 'call' }, 'call'],
    ['action.dropped', { action: ulidOf(monday, 1), reason: 'superseded' }, 'superseded'],
    ['role.assigned', { role: 'scribe', person: 'Ada' }, undefined],
    ['event.retracted', { event: ulidOf(monday, 1), reason: 'x' }, undefined],
  ] as const)('of %s', (type, data, expected) => {
    const log = eventLog();
    log.add(type, data);
    expect(correctableText(log.events[0]!)).toBe(expected);
  });

  it('of an unknown event there is none', () => {
    expect(correctableText(unknownEvent())).toBeUndefined();
  });
});

describe('event.retracted keeps the event and stops its counting', () => {
  it('a note', () => {
    const { log, note } = noted();
    const retraction = log.retract(note);
    expect(entryOf(log, note)).toEqual({ event: note, corrections: [], retraction });
  });

  it('a corrected note keeps its correction too', () => {
    const { log, note } = noted();
    log.correct(note, { text: 'database slow' });
    log.retract(note);
    expect(entryOf(log, note)).toMatchObject({
      event: { data: { text: 'database slow' } },
      original: note,
      retraction: { type: 'event.retracted' },
    });
  });

  it('a retraction of a retraction brings the event back, one more takes it out again', () => {
    const log = eventLog();
    log.declare('SEV1');
    const acknowledged = log.add('incident.acknowledged', {}, { at: 2 });
    const counts = () => log.state().moments.acknowledged !== undefined;
    let last: IncidentEvent = acknowledged;
    for (const expected of [false, true, false, true]) {
      last = log.retract(last);
      expect(counts()).toBe(expected);
    }
  });

  it('of two retractions both must be retracted', () => {
    const { log, note } = noted();
    const [first, second] = [log.retract(note), log.retract(note)];
    log.retract(second);
    expect(entryOf(log, note).retraction).toEqual(first);
    log.retract(first);
    expect(entryOf(log, note)).not.toHaveProperty('retraction');
  });

  it.each([
    ['the declaration', (log: EventLog) => log.declare('SEV1')],
    ['the opening of a log', (log: EventLog) => log.open()],
  ] as const)('%s cannot be taken out', (_what, add) => {
    const log = eventLog();
    const event = add(log);
    log.retract(event);
    expect(isRetractable(event)).toBe(false);
    expect(entryOf(log, event)).not.toHaveProperty('retraction');
  });

  it('nothing retracts what comes after it', () => {
    const { log, note } = noted();
    log.add('event.retracted', { event: note.id, reason: 'x' }, { n: 0 });
    expect(entryOf(log, note)).not.toHaveProperty('retraction');
  });

  it('an event cannot retract itself', () => {
    const log = eventLog();
    log.declare();
    const id = ulidOf(monday, 4711);
    const retraction = log.add('event.retracted', { event: id, reason: 'x' }, { id });
    expect(entryOf(log, retraction)).not.toHaveProperty('retraction');
  });
});

describe('unknown types are kept and shown', () => {
  it('in their place, without effect', () => {
    const log = eventLog();
    log.declare('SEV1');
    const without = log.state();
    const unknown = unknownEvent();
    const state = foldIncident([unknown, ...log.events]);
    expect(state.entries.at(-1)).toEqual({ event: unknown, corrections: [] });
    expect({ ...state, entries: [], greatestN: 0 }).toEqual({ ...without, entries: [], greatestN: 0 });
    expect(state.greatestN).toBe(7);
  });

  it('can be retracted, and given another time', () => {
    const log = eventLog();
    log.declare('SEV1');
    const unknown = unknownEvent();
    log.correct(unknown, { at: after(1), text: 'x' }, { n: 8 });
    log.retract(unknown, { n: 9 });
    const entry = foldIncident([...log.events, unknown]).entries.find(({ event }) => event.id === unknown.id);
    expect(entry).toMatchObject({
      event: { ...unknown, at: after(1) },
      original: unknown,
      retraction: { type: 'event.retracted' },
    });
  });
});

describe('what a person should know of the record', () => {
  it('one id with two contents: the same one counts whichever comes first', () => {
    const { log, note } = noted();
    const forged = { ...note, data: { text: 'all is well' } } as IncidentEvent;
    const states = [[...log.events, forged], [forged, ...log.events]].map((events) => foldIncident(events)); // prettier-ignore
    expect(states[0]).toEqual(states[1]);
    expect(states[0]!.problems).toEqual([{ kind: 'conflictingContents', event: note.id }]);
    expect(states[0]!.entries).toHaveLength(2);
  });

  it('the same content written in another order of its keys is no conflict', () => {
    const { log, note } = noted();
    const { data, type, ...rest } = note;
    expect(foldIncident([...log.events, { type, data, ...rest } as IncidentEvent]).problems).toEqual([]);
  });

  it('logs of several incidents in one folder', () => {
    const log = eventLog();
    log.open();
    log.declare();
    for (const other of [9, 9, 8]) log.add('writer.opened', { incident: ulidOf(monday, other), host: 'other' });
    expect(log.state().id).toBe(ulidOf(monday, 1));
    expect(log.state().problems).toEqual([
      { kind: 'severalIncidents', incident: ulidOf(monday, 9) },
      { kind: 'severalIncidents', incident: ulidOf(monday, 8) },
    ]);
  });

  it('no declaration', () => {
    const log = eventLog();
    log.open();
    log.add('note.added', { text: 'x' });
    expect(log.state()).toMatchObject({ declared: undefined, problems: [{ kind: 'notDeclared' }] });
    expect(foldIncident([])).toMatchObject({
      id: undefined,
      greatestN: 0,
      entries: [],
      problems: [{ kind: 'notDeclared' }],
    });
  });

  it('a second declaration does not take the incident over', () => {
    const log = eventLog();
    log.declare('SEV1');
    log.declare('SEV4', { title: 'Nothing to see' });
    expect(log.state()).toMatchObject({ title: 'Checkout down', severity: 'SEV1' });
  });
});

function unknownEvent(): UnknownEvent {
  return {
    v: 1,
    id: ulidOf(after(2), 77),
    n: 7,
    at: after(2),
    by: 'Ada',
    type: 'unknown',
    originalType: 'page.sent',
    data: { to: ['Bob'] },
  };
}
