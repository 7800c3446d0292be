import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchLines } from '../../../../src/changes/lines/matchLines.ts';

/** Lines as characters, so that a table can be read. */
const charactersOf = (text: string) => Array.from(text);
const match = (from: string, to: string): readonly number[] => [...matchLines(charactersOf(from), charactersOf(to))];

describe('matchLines', () => {
  it.each([
    ['', '', []],
    ['abc', '', [-1, -1, -1]],
    ['', 'abc', []],
    ['abc', 'abc', [0, 1, 2]],
    ['abc', 'xabc', [1, 2, 3]],
    ['abc', 'abcx', [0, 1, 2]],
    ['abc', 'axc', [0, -1, 2]],
    ['abc', 'ac', [0, -1, 1]],
    ['aXbYc', 'abc', [0, -1, 1, -1, 2]],
    // Nothing is there once: the fewest differences decide.
    ['aabb', 'abbb', [0, -1, 2, 3]],
    ['abab', 'baba', [-1, 0, 1, 2]],
    // One of two that changed places stays matched.
    ['abcdef', 'defabc', [-1, -1, -1, 0, 1, 2]],
  ] as const)('%j in %j', (from, to, expected) => {
    expect(match(from, to)).toEqual(expected);
  });

  const line = fc.constantFrom('a', 'b', 'c', '', '}', 'return', 'x = 1');

  it('matches only lines of the same text, in rising order', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.array(line, { maxLength: 60 }), (from, to) => {
        const matches = [...matchLines(from, to)];
        const found = matches.flatMap((at, index) => (at < 0 ? [] : [{ at, index }]));
        expect(found.map(({ at }) => to[at])).toEqual(found.map(({ index }) => from[index]));
        for (const [index, { at }] of found.entries()) expect(at).toBeGreaterThan(found[index - 1]?.at ?? -1);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds every line again where some were put in between', () => {
    const inserted = fc.array(fc.tuple(fc.boolean(), line), { maxLength: 80 });
    fc.assert(
      fc.property(inserted, (rows) => {
        const from = rows.filter(([isNew]) => !isNew).map(([, text]) => text);
        const to = rows.map(([, text]) => text);
        expect([...matchLines(from, to)].filter((at) => at < 0)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes texts that have nothing, or everything, in common', () => {
    const count = 20_000;
    const one = Array.from({ length: count }, (_, index) => `one ${index}`);
    const other = Array.from({ length: count }, (_, index) => `other ${index}`);
    expect(matchLines(one, other).every((at) => at === -1)).toBe(true);
    expect(matchLines(one, one).every((at, index) => at === index)).toBe(true);
    const same = Array.from({ length: count }, () => 'same');
    const alternating = same.map((text, index) => (index % 2 === 0 ? text : `alternating ${index % 7}`));
    expect(matchLines(same, alternating)).toHaveLength(count);
  });
});
