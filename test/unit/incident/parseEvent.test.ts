import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isUlid, toIncidentId, ulidTimeMs } from '../../../src/incident/ids.ts';
import { parseEvent } from '../../../src/incident/parseEvent.ts';
import { arbitraryKnownEvent } from '../../support/builders/arbitraryEvents.ts';
import { after, eventLog, monday, ulidOf } from '../../support/builders/events.ts';

// Under load a property takes longer than vitest's five seconds; how long is no concern of these tests.
vi.setConfig({ testTimeout: 120_000 });

const envelope = { v: 1, id: ulidOf(monday, 1), n: 3, at: monday, by: 'Ada <ada@example.org>' };
const note = { ...envelope, type: 'note.added', data: { text: 'database slow' } };

describe('a line of a log', () => {
  it('is an event and the hash of the line before', () => {
    expect(parseEvent(JSON.stringify({ ...note, prev: 'a'.repeat(64) }))).toEqual({
      kind: 'event',
      event: note,
      prev: 'a'.repeat(64),
    });
  });

  it.each([
    ['missing', {}],
    ['null', { prev: null }],
    ['a number', { prev: 7 }],
  ])('has no hash when that is %s', (_case, prev) => {
    expect(parseEvent(JSON.stringify({ ...note, ...prev }))).toEqual({ kind: 'event', event: note, prev: null });
  });

  it('survives spaces and other orders of keys', () => {
    const { type, data, ...rest } = note;
    expect(parseEvent(` ${JSON.stringify({ data, type, ...rest }, undefined, 2)}\r`)).toMatchObject({ event: note });
  });

  it('a further field of the line is dropped, one of the data kept', () => {
    const line = JSON.stringify({ ...note, further: 1, data: { text: 'x', further: 2 } });
    expect(parseEvent(line)).toEqual({
      kind: 'event',
      event: { ...note, data: { text: 'x', further: 2 } },
      prev: null,
    });
  });
});

describe('damaged lines give a reason', () => {
  it.each([
    ['nothing', '', /not JSON/],
    ['spaces', '   ', /not JSON/],
    ['garbage', '\u0000\u0001garbage', /not JSON/],
    ['half a line', JSON.stringify(note).slice(0, 40), /not JSON/],
    ['two lines glued', JSON.stringify(note) + JSON.stringify(note), /not JSON/],
    ['a number', '42', /not a JSON object/],
    ['null', 'null', /not a JSON object/],
    ['a list', '[]', /not a JSON object/],
    ['text', '"text"', /not a JSON object/],
    ['an empty object', '{}', /version/],
    ['another version', JSON.stringify({ ...note, v: 2 }), /version 2/],
    ['a version as text', JSON.stringify({ ...note, v: '1' }), /version/],
    ['no id', JSON.stringify({ ...note, id: undefined }), /`id`/],
    ['a short id', JSON.stringify({ ...note, id: note.id.slice(1) }), /`id`/],
    ['an id in lower case', JSON.stringify({ ...note, id: note.id.toLowerCase() }), /`id`/],
    ['an id beyond 128 bits', JSON.stringify({ ...note, id: `8${note.id.slice(1)}` }), /`id`/],
    ['a negative counter', JSON.stringify({ ...note, n: -1 }), /`n`/],
    ['a fraction as counter', JSON.stringify({ ...note, n: 1.5 }), /`n`/],
    ['a counter beyond what adds up', JSON.stringify({ ...note, n: 2 ** 53 }), /`n`/],
    ['an infinite counter', JSON.stringify(note).replace('"n":3', '"n":1e999'), /`n`/],
    ['a counter as text', JSON.stringify({ ...note, n: '3' }), /`n`/],
    ['no time', JSON.stringify({ ...note, at: undefined }), /`at`/],
    ['a time of another zone', JSON.stringify({ ...note, at: '2026-11-23T06:00:00.000+01:00' }), /`at`/],
    ['30 February', JSON.stringify({ ...note, at: '2026-02-30T06:00:00.000Z' }), /`at`/],
    ['nobody', JSON.stringify({ ...note, by: null }), /`by`/],
    ['no type', JSON.stringify({ ...note, type: undefined }), /`type`/],
  ])('%s', (_case, line, reason) => {
    const parsed = parseEvent(line);
    expect(parsed).toMatchObject({ kind: 'damaged' });
    expect(parsed.kind === 'damaged' && parsed.reason).toMatch(reason);
  });

  it.each([1_000, 100_000, 1_000_000])('a line nested %d deep', (depth) => {
    const deep = '['.repeat(depth) + ']'.repeat(depth);
    expect(parseEvent(`{"v":${deep}}`)).toMatchObject({ kind: 'damaged' });
    const nested = parseEvent(JSON.stringify({ ...note, data: 0 }).replace('"data":0', `"data":{"text":${deep}}`));
    expect(nested.kind === 'damaged' || nested.event.type === 'unknown').toBe(true);
  });

  it('a reason stays short', () => {
    const parsed = parseEvent('x'.repeat(1_000_000));
    expect(parsed.kind === 'damaged' && parsed.reason.length).toBeLessThan(200);
  });
});

describe('times and counters at the edges are kept', () => {
  it.each([
    ['year 3000', { at: '3000-01-01T00:00:00.000Z' }],
    ['year 9999', { at: '9999-12-31T23:59:59.999Z' }],
    ['year 0', { at: '0000-01-01T00:00:00.000Z' }],
    ['the first counter', { n: 0 }],
    ['the greatest counter', { n: Number.MAX_SAFE_INTEGER }],
    ['nobody in particular', { by: '' }],
  ])('%s', (_case, change) => {
    expect(parseEvent(JSON.stringify({ ...note, ...change }))).toMatchObject({ event: { ...note, ...change } });
  });
});

describe('what this version does not know is kept as unknown', () => {
  it.each(['page.sent', 'unknown', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])('type %j', (type) => {
    expect(parseEvent(JSON.stringify({ ...note, type }))).toEqual({
      kind: 'event',
      event: { ...envelope, type: 'unknown', originalType: type, data: note.data },
      prev: null,
    });
  });

  const declared = JSON.parse(JSON.stringify(eventLog().declare().data)) as { policy: object };
  it.each<[string, string, unknown]>([
    ['no data', 'note.added', undefined],
    ['data that is a list', 'note.added', ['text']],
    ['a missing field', 'note.added', {}],
    ['a field of another form', 'note.added', { text: 7 }],
    ['an optional field that is null', 'incident.acknowledged', { note: null }],
    ['a word that is none', 'role.assigned', { role: 'boss', person: 'Ada' }],
    ['an inherited name as a word', 'role.assigned', { role: 'constructor', person: 'Ada' }],
    ['a status that only the end has', 'status.changed', { to: 'resolved' }],
    ['a time that is none', 'deadline.snoozed', { deadline: 'x', until: 'soon', reason: 'y' }],
    ['a date that no calendar has', 'action.added', { action: ulidOf(monday, 1), title: 'x', dueOn: '2026-02-30' }],
    ['a date with a time', 'action.added', { action: ulidOf(monday, 1), title: 'x', dueOn: '2026-02-20T00:00' }],
    ['a reference that is no id', 'event.retracted', { event: '../x', reason: 'y' }],
    ['an action’s due time among the clocks', 'incident.reopened', { reason: 'x', due: [{ kind: 'actionItem', from: monday, dueAt: monday }] }], // prettier-ignore
    ['a clock without a beginning', 'incident.reopened', { reason: 'x', due: [{ kind: 'respond', dueAt: monday }] }],
    [
      'evidence outside its folder',
      'note.added',
      { text: 'x', evidence: [{ sha256: '../../x', name: 'x', bytes: 1 }] },
    ],
    ['a declaration without policy', 'incident.declared', { ...declared, policy: undefined }],
    ['a policy without checks', 'incident.declared', { ...declared, policy: { ...declared.policy, checks: 'all' } }],
    ['a policy without a zone', 'incident.declared', { ...declared, policy: { ...declared.policy, calendar: { workingDays: [], holidays: [] } } }], // prettier-ignore
    ['a span without minutes', 'incident.declared', withRespond({ kind: 'within' })],
    ['a span of null minutes', 'incident.declared', withRespond({ kind: 'within', minutes: null })],
    ['a target of another kind', 'incident.declared', withRespond({ kind: 'someday' })],
  ])('%s', (_case, type, data) => {
    const line = JSON.stringify({ ...envelope, type, data });
    expect(parseEvent(line)).toMatchObject({ event: { type: 'unknown', originalType: type } });
  });

  function withRespond(respond: object): unknown {
    const policy = declared.policy as { severities: Record<string, object> };
    const severities = { ...policy.severities, SEV1: { ...policy.severities['SEV1'], respond } };
    return { ...declared, policy: { ...policy, severities } };
  }
});

describe('parseEvent', () => {
  it('reads back whatever can be recorded', () => {
    fc.assert(
      fc.property(arbitraryKnownEvent, (event) => {
        const stored = JSON.parse(JSON.stringify(event)) as unknown;
        expect(parseEvent(JSON.stringify(event))).toEqual({ kind: 'event', event: stored, prev: null });
      }),
      { numRuns: 500 },
    );
  });

  it('is total on any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), (line) => {
        expect(['event', 'damaged']).toContain(parseEvent(line).kind);
      }),
      { numRuns: 1000 },
    );
  });

  it('is total on lines cut at any byte', () => {
    const line = JSON.stringify({ ...note, prev: 'a'.repeat(64) });
    for (let length = 0; length < line.length; length++) {
      expect(parseEvent(line.slice(0, length))).toMatchObject({ kind: 'damaged' });
    }
  });
});

describe('ids', () => {
  it.each([
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV', true],
    ['7ZZZZZZZZZZZZZZZZZZZZZZZZZ', true],
    ['8ZZZZZZZZZZZZZZZZZZZZZZZZZ', false],
    ['01ARZ3NDEKTSV4RRFFQ69G5FA', false],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAVX', false],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAI', false],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAL', false],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAO', false],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAU', false],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV\n', false],
    ['../../../../../etc/passwd.', false],
    ['', false],
    [undefined, false],
    [7, false],
  ])('%j is one: %s', (value, expected) => {
    expect(isUlid(value)).toBe(expected);
    expect(toIncidentId(value)).toBe(expected ? value : undefined);
  });

  it('tell when they were made', () => {
    expect(ulidTimeMs(ulidOf(after(7), 3))).toBe(Date.parse(after(7)));
    expect(ulidTimeMs('01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe(1469922850259);
    expect(ulidTimeMs('not one')).toBeNaN();
  });
});
