import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedRuns } from '../../../../src/changes/lines/changedLines.ts';
import { placeMarks } from '../../../../src/changes/lines/placeMarks.ts';
import type { Hunk, LineOrigin } from '../../../../src/changes/lines/readsLines.ts';

const origin = (line: number, count: number, commit: string): LineOrigin => ({ line, count, commit });
const hunk = (line: number, count: number, ...before: readonly string[]): Hunk => ({ line, count, before });

describe('changedRuns', () => {
  it.each([
    ['one commit', [hunk(2, 3)], [origin(2, 3, 'a')], ['2+3 a']],
    ['two commits in a hunk', [hunk(2, 4, 'old')], [origin(2, 1, 'a'), origin(3, 3, 'b')], ['2+1 a', '3+3 b']],
    ['a commit in two hunks', [hunk(0, 1), hunk(5, 1)], [origin(0, 1, 'a'), origin(5, 1, 'a')], ['0+1 a', '5+1 a']],
    ['more lines than the hunk has', [hunk(2, 2)], [origin(0, 9, 'a')], ['2+2 a']],
    ['changed and changed back', [], [origin(2, 2, 'a')], []],
    ['removed lines', [hunk(3, 0, 'gone')], [], ['3- -']],
    ['lines that git traces to before', [hunk(2, 3)], [origin(3, 1, 'a')], ['2+1 -', '3+1 a', '4+1 -']],
    ['git does not tell', [hunk(2, 3)], undefined, ['2+3 -']],
  ] as const)('%s', (_, hunks, origins, expected) => {
    const text = changedRuns({ hunks, origins }, false).map(({ kind, line, count, commit = '-' }) =>
      kind === 'removed' ? `${line}- ${commit}` : `${line}+${count} ${commit}`,
    );
    expect(text).toEqual(expected);
  });

  it('leaves out what only changed its form, once commits are ignored', () => {
    const hunks = [hunk(2, 3, 'x'), hunk(9, 0, 'gone')];
    const runs = changedRuns({ hunks, origins: [origin(3, 1, 'a')] }, true);
    expect(runs.map(({ kind, line, count }) => [kind, line, count])).toEqual([
      ['changed', 3, 1],
      ['removed', 9, 0],
    ]);
    expect(changedRuns({ hunks: [hunk(2, 3)], origins: undefined }, true)).toHaveLength(1);
  });
});

describe('placeMarks', () => {
  const version = ['import a', 'import b', '', 'start()', 'retry(3)', 'timeout(5)', 'stop()'];
  const place = (text: readonly string[], hunks: readonly Hunk[], lines = version): readonly string[] => {
    const runs = changedRuns({ hunks, origins: undefined }, false);
    return placeMarks(lines, runs, text).map(({ kind, start, end, isAtEnd }) => {
      const where = start === end ? String(start) : `${start}-${end}`;
      return `${kind} ${where}${isAtEnd ? ' at the end' : ''}`;
    });
  };
  const middle = [hunk(4, 2, 'retry(1)')];

  it.each([
    ['the same text', version, ['changed 4-5']],
    ['lines above', ['// new', ...version], ['changed 5-6']],
    ['an edited line', version.with(4, 'retry(9)'), ['changed 5']],
    ['a line in between', version.toSpliced(5, 0, 'log()'), ['changed 4', 'changed 6']],
    ['a removed line', version.toSpliced(4, 1), ['changed 4']],
    ['other line ends', version.map((line) => `${line}\r`), ['changed 4-5']],
    ['an empty text', [], []],
    ['another text', ['x', 'y', 'z'], []],
    ['the version before', version.toSpliced(4, 2, 'retry(1)'), []],
  ])('marks what is still there: %s', (_, text, expected) => {
    expect(place(text, middle)).toEqual(expected);
  });

  it.each([
    ['between two lines', 4, version, ['removed 4']],
    ['at the start', 0, version, ['removed 0']],
    ['at the end', 7, version, ['removed 6 at the end']],
    ['moved by lines above', 4, ['new', ...version], ['removed 5']],
    ['not where something stands there again', 4, version.toSpliced(4, 0, 'again()'), []],
    ['not where a neighbour was edited', 4, version.with(3, 'begin()'), []],
    ['not where text was added at the end', 7, [...version, 'again()'], []],
    ['of a text that is empty now', 0, [], []],
  ] as const)('marks where lines were removed: %s', (_, line, text, expected) => {
    expect(place(text, [hunk(line, 0, 'gone')])).toEqual(expected);
  });

  it('does not see a byte order mark', () => {
    expect(place(['a', 'b'], [hunk(0, 1)], ['\ufeffa', 'b'])).toEqual(['changed 0']);
  });

  const line = fc.constantFrom('a', 'b', 'c', '', '}', 'x = 1', 'y = 2', 'return');
  const edit = fc.record({ at: fc.nat(60), remove: fc.nat(3), add: fc.array(line, { maxLength: 3 }) });
  const changed = fc.array(fc.tuple(line, fc.boolean()), { minLength: 1, maxLength: 60 });

  it('never marks a line whose text differs from the changed line, whatever was edited', () => {
    fc.assert(
      fc.property(changed, fc.array(edit, { maxLength: 12 }), (rows, edits) => {
        const lines = rows.map(([text]) => text);
        const runs = changedRuns({ hunks: hunksOf(rows.map(([, is]) => is)), origins: undefined }, false);
        const text = edits.reduce(
          (now, { at, remove, add }) => now.toSpliced(at % (now.length + 1), remove, ...add),
          lines,
        );
        const marked = new Set<number>();
        for (const mark of placeMarks(lines, runs, text)) {
          for (let at = mark.start; at <= mark.end; at++) {
            const from = mark.line + at - mark.start;
            expect(text[at]).toBe(lines[from]);
            expect(rows[from]?.[1]).toBe(true);
            expect(marked.has(at)).toBe(false);
            marked.add(at);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('marks every changed line of a text that was not edited, or only added to in lines of its own', () => {
    fc.assert(
      fc.property(changed, fc.array(fc.nat(60), { maxLength: 5 }), (rows, inserts) => {
        const lines = rows.map(([text], index) => `${text} ${index}`);
        const runs = changedRuns({ hunks: hunksOf(rows.map(([, is]) => is)), origins: undefined }, false);
        const text = inserts.reduce((now, at) => now.toSpliced(at % (now.length + 1), 0, 'inserted'), lines);
        const marks = placeMarks(lines, runs, text);
        const count = marks.reduce((sum, { start, end }) => sum + end - start + 1, 0);
        expect(count).toBe(rows.filter(([, is]) => is).length);
      }),
      { numRuns: 1000 },
    );
  });
});

function hunksOf(changed: readonly boolean[]): readonly Hunk[] {
  const hunks: { line: number; count: number; before: string[] }[] = [];
  for (const [line, is] of changed.entries()) {
    const last = hunks.at(-1);
    if (!is) continue;
    if (last !== undefined && last.line + last.count === line) last.count++;
    else hunks.push({ line, count: 1, before: [] });
  }
  return hunks;
}
