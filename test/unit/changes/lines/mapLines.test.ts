import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapLines } from '../../../../src/changes/lines/mapLines.ts';

const committed = 'a\nb\nc\nd\n';

describe('lines of an edited text in the committed one', () => {
  it.each<
    readonly [
      what: string,
      text: string,
      lines: readonly [number, number],
      found: readonly [number, number] | undefined,
    ]
  >([
    ['nothing was edited', committed, [2, 2], [2, 2]],
    ['lines came before', 'x\ny\na\nb\nc\nd\n', [4, 5], [2, 3]],
    ['lines went before', 'c\nd\n', [1, 1], [3, 3]],
    ['the line was edited', 'a\nB!\nc\nd\n', [2, 2], [2, 2]],
    ['the line is new', 'a\nx\nb\nc\nd\n', [2, 2], undefined],
    ['a part of the selection is new', 'a\nx\nb\nc\nd\n', [2, 3], [2, 2]],
    ['with other line ends and a byte order mark', '\ufeffa\r\nb\r\nc\r\nd\r\n', [3, 4], [3, 4]],
    ['without a line end at the end', 'a\nb\nc\nd', [4, 4], [4, 4]],
    ['beyond the end', committed, [9, 12], [4, 4]],
    ['an empty text', '', [1, 1], undefined],
    ['all is new', 'x\ny\n', [1, 2], [1, 4]],
  ])('%s', (_what, text, [start, end], found) => {
    const range = found === undefined ? undefined : { start: found[0], end: found[1] };
    expect(mapLines({ text, start, end }, committed)).toEqual(range);
  });

  it('of a file that was empty are nowhere', () => {
    expect(mapLines({ text: 'x\n', start: 1, end: 1 }, '')).toBeUndefined();
  });

  it('is within the committed text, whatever was edited', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    const position = fc.integer({ min: 1, max: 15 });
    fc.assert(
      fc.property(lines, lines, position, position, (text, before, start, more) => {
        const found = mapLines({ text: text.join('\n'), start, end: start + more }, before.join('\n'));
        if (found === undefined) return;
        expect(found.start).toBeGreaterThan(0);
        expect(found.end).toBeGreaterThanOrEqual(found.start);
        expect(found.end).toBeLessThanOrEqual(before.length);
      }),
    );
  });
});
