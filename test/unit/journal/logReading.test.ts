import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyJsonOf, chain } from '../../../src/journal/eventLine.ts';
import type { LogReading } from '../../../src/journal/logReading.ts';
import { completeBytes, emptyReading, eventsIn, lineLimitBytes, readBytes } from '../../../src/journal/logReading.ts';
import { after, eventLog, monday } from '../../support/builders/events.ts';

function logOf(count: number): { readonly bytes: Buffer; readonly ids: readonly string[] } {
  const log = eventLog();
  log.open();
  log.declare();
  for (let number = log.events.length; number < count; number++) log.add('note.added', { text: `note ${number} ü\n` });
  const { bytes } = chain(log.events.map(bodyJsonOf), null);
  return { bytes, ids: log.events.map(({ id }) => id) };
}

function readIn(bytes: Uint8Array, cuts: readonly number[] = []): LogReading {
  const reading = emptyReading();
  let start = 0;
  for (const end of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    readBytes(reading, bytes.subarray(start, end), monday);
    start = end;
  }
  return reading;
}

const idsOf = ({ events }: LogReading): readonly string[] => events.map(({ id }) => id);
const lines = (bytes: Buffer): string[] => bytes.toString().trimEnd().split('\n');
const log = logOf(6);

describe('readBytes', () => {
  it('reads a log the same, in whatever pieces it comes', () => {
    const cut = fc.integer({ min: 0, max: log.bytes.length });
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 12 }), (cuts) => {
        const reading = readIn(log.bytes, cuts);
        expect(idsOf(reading)).toEqual(log.ids);
        expect(reading.problems).toEqual([]);
        expect(completeBytes(reading).equals(log.bytes)).toBe(true);
      }),
    );
  });

  it('reads every complete line of a log that ends anywhere, and finds nothing wrong with them', () => {
    for (let length = 0; length <= log.bytes.length; length++) {
      const reading = readIn(log.bytes.subarray(0, length));
      const complete = log.bytes.subarray(0, length).filter((byte) => byte === 0x0a).length;
      expect(idsOf(reading)).toEqual(log.ids.slice(0, complete));
      expect(reading.problems).toEqual([]);
      expect(completeBytes(reading).length + reading.unfinishedBytes).toBe(length);
    }
  });

  it('never throws, and keeps every event of intact lines, whatever lies between them', () => {
    const garbage = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0a)));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 5 }), garbage), { maxLength: 4 }), (insertions) => {
        const parts = lines(log.bytes).map((line) => Buffer.from(line));
        for (const [at, bytes] of insertions) parts.splice(at, 0, bytes);
        const reading = readIn(Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')])));
        expect(idsOf(reading)).toEqual(log.ids);
        const damaged = reading.problems.filter(({ kind }) => kind === 'damaged');
        expect(damaged).toHaveLength(insertions.length);
        expect(reading.problems.some(({ kind }) => kind === 'altered')).toBe(insertions.some(([at]) => at <= 5));
      }),
    );
  });

  it.each([
    [
      'garbage',
      (all: string[]) => all.splice(3, 0, '%%%'),
      [
        { kind: 'damaged', line: 4, reason: expect.stringContaining('not JSON') as string },
        { kind: 'altered', line: 5 },
      ],
    ],
    [
      'half a line',
      (all: string[]) => all.splice(3, 1, (all[3] ?? '').slice(0, 40)),
      [
        { kind: 'damaged', line: 4 },
        { kind: 'altered', line: 5 },
      ],
    ],
    ['a repeated line', (all: string[]) => all.splice(3, 0, all[2] ?? ''), [{ kind: 'altered', line: 4 }]],
    ['a missing line', (all: string[]) => all.splice(3, 1), [{ kind: 'altered', line: 4 }]],
    ['a missing beginning', (all: string[]) => all.splice(0, 1), [{ kind: 'altered', line: 1 }]],
    [
      'other words',
      (all: string[]) => all.splice(3, 1, (all[3] ?? '').replace('note 3', 'nota 3')),
      [{ kind: 'altered', line: 5 }],
    ],
    [
      'an empty line',
      (all: string[]) => all.splice(3, 0, ''),
      [
        { kind: 'damaged', line: 4 },
        { kind: 'altered', line: 5 },
      ],
    ],
  ])('names the line of %s', (_what, change, problems) => {
    const all = lines(log.bytes);
    change(all);
    const reading = readIn(Buffer.from(`${all.join('\n')}\n`));
    expect(reading.problems).toMatchObject(problems);
    expect(reading.problems).toHaveLength(problems.length);
  });

  it('reports bytes that are no text, and lines that are too long, and reads on', () => {
    const [first = '', ...rest] = lines(log.bytes);
    const parts = [
      Buffer.from(first),
      Buffer.from([0x22, 0xff, 0x22]),
      Buffer.alloc(lineLimitBytes + 1, 'x'),
      ...rest.map((line) => Buffer.from(line)),
    ];
    const bytes = Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')]));
    const reading = readIn(bytes);
    expect(idsOf(reading)).toEqual(log.ids);
    expect(reading.problems).toMatchObject([
      { kind: 'damaged', line: 2, reason: 'not UTF-8 text' },
      { kind: 'damaged', line: 3, reason: 'longer than 8 MB' },
      { kind: 'altered', line: 4 },
    ]);
    expect(eventsIn(bytes).map(({ id }) => id)).toEqual(log.ids);
  });

  it('counts an event of the year 3000, and says so; one of tomorrow is nothing to speak of', () => {
    const strange = eventLog();
    strange.open();
    strange.add('note.added', { text: 'tomorrow' }, { at: after(23 * 60) });
    strange.add('note.added', { text: 'far' }, { at: '3000-01-01T00:00:00.000Z' });
    const reading = readIn(chain(strange.events.map(bodyJsonOf), null).bytes);
    expect(reading.events).toHaveLength(3);
    expect(reading.problems).toEqual([{ kind: 'future', line: 3, at: '3000-01-01T00:00:00.000Z' }]);
  });

  it('keeps what this version does not know, and writes it with its own type', () => {
    const line =
      '{"v":1,"id":"01KAR1YQ000000000000000001","n":1,"at":"2026-11-23T06:00:00.000Z","by":"Ada","type":"moon.rose","data":{"a":1},"prev":null}';
    const [event] = readIn(Buffer.from(`${line}\n`)).events;
    expect(event).toMatchObject({ type: 'unknown', originalType: 'moon.rose', data: { a: 1 } });
    expect(chain(event === undefined ? [] : [bodyJsonOf(event)], null).bytes.toString()).toBe(`${line}\n`);
  });
});
