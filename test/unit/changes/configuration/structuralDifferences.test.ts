import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceText } from '../../../../src/changes/configuration/difference.ts';
import type { Plain, PlainRecord } from '../../../../src/changes/configuration/structuralDifferences.ts';
import { structuralDifferences } from '../../../../src/changes/configuration/structuralDifferences.ts';

function told(before: Plain, after: Plain): readonly string[] {
  return structuralDifferences(before, after, {}).map((difference) => differenceText(difference));
}

const members = (...names: string[]): readonly Plain[] => names.map((name) => ({ name, port: name.length }));

describe('what differs in meaning', () => {
  it.each<readonly [string, Plain, Plain, readonly string[]]>([
    ['a value', { checkout: { timeout: '30s' } }, { checkout: { timeout: '3s' } }, ['checkout.timeout: 30s → 3s']],
    ['nothing, with keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['a key that came', { a: 1 }, { a: 1, b: 2 }, ['b added: 2']],
    ['a key that went', { a: 1, b: 2 }, { a: 1 }, ['b removed (was 2)']],
    [
      'the order of the later version, what went behind it',
      { x: 1, z: 1 },
      { y: 1, z: 2 },
      ['y added: 1', 'z: 1 → 2', 'x removed (was 1)'],
    ],
    ['a record that came, by its leaves', {}, { a: { b: 1, c: { d: 'x' } } }, ['a added: {b: 1, c.d: x}']],
    ['a large record that came, by its size', {}, { a: { b: 1, c: 2, d: 3, e: 4, f: 5 } }, ['a added: 5 keys']],
    [
      'an empty record and list',
      {},
      { a: {}, b: [], c: { d: [] } },
      ['a added: {}', 'b added: []', 'c added: {d: []}'],
    ],
    [
      'null and nothing',
      { a: null, b: '' },
      { b: null, c: null },
      ['b:  → null', 'c added: null', 'a removed (was null)'],
    ],
    [
      'text and number that print the same',
      { a: '3', b: true },
      { a: 3, b: 'true' },
      ['a: "3" → 3', 'b: true → "true"'],
    ],
    ['numbers of any kind by value', { a: 3n, b: -0, c: Number.NaN }, { a: 3, b: 0, c: Number.NaN }, []],
    [
      'large integers',
      { a: 12345678901234567890n },
      { a: 12345678901234567891n },
      ['a: 12345678901234567890 → 12345678901234567891'],
    ],
    [
      'moments',
      { a: new Date(0), b: new Date(1) },
      { a: new Date(0), b: new Date(2) },
      ['b: 1970-01-01T00:00:00.001Z → 1970-01-01T00:00:00.002Z'],
    ],
    ['a value that became a record', { a: 'x' }, { a: { b: 1 } }, ['a: x → {b: 1}']],
    ['a list that became a value', { a: [1, 2] }, { a: 1 }, ['a: [1, 2] → 1']],
    [
      'members by name',
      { l: members('a', 'bb') },
      { l: members('bb', 'ccc', 'a') },
      ['l[ccc] added: {name: ccc, port: 3}'],
    ],
    ['a value of a member', { l: [{ id: 7, v: 1 }] }, { l: [{ id: 7, v: 2 }] }, ['l[7].v: 1 → 2']],
    [
      'members by port and protocol',
      {
        ports: [
          { port: 53, protocol: 'UDP', t: 1 },
          { port: 53, protocol: 'TCP', t: 1 },
        ],
      },
      {
        ports: [
          { port: 53, protocol: 'TCP', t: 2 },
          { port: 53, protocol: 'UDP', t: 1 },
        ],
      },
      ['ports[53/TCP].t: 1 → 2'],
    ],
    [
      'members whose name is not unique by position',
      {
        l: [
          { name: 'a', v: 1 },
          { name: 'a', v: 2 },
        ],
      },
      {
        l: [
          { name: 'a', v: 1 },
          { name: 'a', v: 3 },
        ],
      },
      ['l[1].v: 2 → 3'],
    ],
    [
      'members without a name: one that came between',
      { l: [{ v: 1 }, { v: 3 }] },
      { l: [{ v: 1 }, { v: 2 }, { v: 3 }] },
      ['l[1] added: {v: 2}'],
    ],
    [
      'members without a name: one that went',
      { l: [{ v: 1 }, { v: 2 }, { v: 3 }] },
      { l: [{ v: 1 }, { v: 3 }] },
      ['l[1] removed (was {v: 2})'],
    ],
    ['scalars in another order', { origins: ['a', 'b', 'c'] }, { origins: ['c', 'a', 'b'] }, []],
    ['a scalar that came', { origins: ['a'] }, { origins: ['b', 'a'] }, ['origins[] added: b']],
    ['one scalar for another', { origins: ['a', 'b'] }, { origins: ['c', 'a'] }, ['origins[]: b → c']],
    ['repeated scalars', { origins: ['a', 'a', 'b'] }, { origins: ['b', 'a'] }, ['origins[] removed (was a)']],
    [
      'scalars whose order has a meaning',
      { args: ['-a', '-b'] },
      { args: ['-b', '-a'] },
      ['args[0]: -a → -b', 'args[1]: -b → -a'],
    ],
    ['an argument that came', { command: ['run', 'x'] }, { command: ['run', '-v', 'x'] }, ['command[1] added: -v']],
    ['one line of a text', { script: 'a\nb\nc\n' }, { script: 'a\nB\nc\n' }, ['script: b → B (line 2 of 3)']],
    [
      'several lines of a text',
      { script: 'a\nb\nc\n' },
      { script: 'a\nx\ny\nc\nd\n' },
      ['script: 3 lines → 5 lines (+4 −2)'],
    ],
    [
      'credentials beside their names in what came',
      {},
      { db: { user: 'app', password: 'hunter2' } },
      ['db added: {user: app, password: [redacted value f52fbd32]}'],
    ],
    [
      'credentials below their names in what came',
      { l: [] },
      { l: [{ name: 'DB_PASSWORD', value: 'hunter,2' }] },
      ['l[DB_PASSWORD] added: {name: DB_PASSWORD, value: [redacted value ef868f7e]}'],
    ],
    ['the whole', 'a', 'b', ['content: a → b']],
    ['the whole, gone', { a: 1 }, undefined, ['a removed (was 1)']],
    ['an empty whole, gone', {}, undefined, ['content removed (was {})']],
  ])('%s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
    expect(told(before, before)).toEqual([]);
  });

  it('names, notes and lines are those of the options', () => {
    const options = {
      lineAfter: (place: readonly string[]) => 100 + Number(place[1]),
      lineBefore: (place: readonly string[]) => 200 + Number(place[1]),
      keyOf: () => 'n',
      subjectOf: (names: readonly string[]) =>
        names.at(-1) === 'v' ? `the value of ${names.at(-2) ?? ''}` : undefined,
      noteOf: () => 'here',
    };
    const before = { l: [{ n: 'gone' }, { n: 'x', v: 1 }] };
    const after = { l: [{ n: 'x', v: 2 }] };
    expect(structuralDifferences(before, after, options)).toEqual([
      { kind: 'changed', subject: 'the value of [x]', before: '1', after: '2', note: 'here', line: 100 },
      { kind: 'removed', subject: 'l[gone]', before: '{n: gone}', note: 'here', line: 200 },
    ]);
  });

  it('counts what is too much to tell', () => {
    const many = (value: number) =>
      Object.fromEntries(Array.from({ length: 1200 }, (_, index) => [`k${index}`, value]));
    const differences = told(many(1), many(2));
    expect(differences).toHaveLength(1001);
    expect(differences.at(-1)).toBe('and 200 more differences');
  });

  it('what is nested deeper than a stack is compared nevertheless', () => {
    const nested = (leaf: number, depth = 200_000): Plain => {
      let value: Plain = leaf;
      for (let level = 0; level < depth; level++) value = level % 2 === 0 ? { a: value } : [value];
      return value;
    };
    expect(told(nested(1), nested(1))).toEqual([]);
    expect(told(nested(1), nested(2))).toHaveLength(1);
  });

  it('long lists take no quadratic time', () => {
    const list = (from: number) =>
      Array.from({ length: 50_000 }, (_, index) => ({ name: `m${from + index}`, v: index }));
    expect(structuralDifferences({ l: list(0) }, { l: list(25_000) }, {})).toHaveLength(1001);
    const scalars = (from: number) => Array.from({ length: 100_000 }, (_, index) => `s${from + index}`);
    expect(structuralDifferences({ l: scalars(0) }, { l: scalars(50_000) }, {})).toHaveLength(1001);
  });
});

const leaf = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.bigInt(), fc.date());
const plain = fc.letrec<{ any: Plain; record: PlainRecord }>((tie) => ({
  any: fc.oneof({ maxDepth: 5 }, leaf, tie('record'), fc.array(tie('any'), { maxLength: 4 })),
  record: fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('name', 'id', 'args', '__proto__', 'constructor')),
    tie('any'),
    { maxKeys: 5 },
  ),
}));

describe('for any data', () => {
  it('nothing differs from itself, and from a copy with its keys in another order', () => {
    fc.assert(
      fc.property(plain.any, (value) => {
        expect(structuralDifferences(value, structuredClone(value), {})).toEqual([]);
        expect(structuralDifferences(value, reversed(value), {})).toEqual([]);
      }),
    );
  });

  it('the order of named members says nothing', () => {
    const list = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), value: plain.any }), {
      selector: ({ name }) => name,
    });
    const shuffled = list.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([before, after]) => {
        expect(structuralDifferences({ before }, { before: after }, {})).toEqual([]);
      }),
    );
  });

  it('every change of a leaf is told', () => {
    fc.assert(
      fc.property(plain.any, fc.nat(), (value, which) => {
        const count = leavesIn(value);
        if (count === 0) return;
        const changed = withLeaf(value, which % count, 'something else entirely');
        expect(structuralDifferences(value, changed, {}).length).toBeGreaterThan(0);
      }),
    );
  });

  it('never throws, and what one way was added was removed the other way', () => {
    fc.assert(
      fc.property(plain.any, plain.any, (before, after) => {
        const there = structuralDifferences(before, after, {});
        const back = structuralDifferences(after, before, {});
        const count = (all: typeof there, kind: string) => all.filter((difference) => difference.kind === kind).length;
        expect(count(there, 'added')).toBe(count(back, 'removed'));
        expect(count(there, 'changed')).toBe(count(back, 'changed'));
      }),
    );
  });
});

function reversed(value: Plain): Plain {
  if (Array.isArray(value)) return (value as readonly Plain[]).map(reversed);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value as PlainRecord)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

function leavesIn(value: Plain): number {
  if (typeof value !== 'object' || value === null || value instanceof Date) return 1;
  return Object.values(value as PlainRecord).reduce<number>((sum, item) => sum + leavesIn(item), 0);
}

function withLeaf(value: Plain, index: number, text: string): Plain {
  let left = index;
  const visit = (item: Plain): Plain => {
    if (typeof item !== 'object' || item === null || item instanceof Date) return left-- === 0 ? text : item;
    if (Array.isArray(item)) return (item as readonly Plain[]).map(visit);
    return Object.fromEntries(Object.entries(item as PlainRecord).map(([key, member]) => [key, visit(member)]));
  };
  return visit(value);
}
