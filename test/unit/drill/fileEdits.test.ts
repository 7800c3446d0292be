import { describe, expect, it } from 'vitest';
import { applyEdits, changesBetween, undoEdits, type FileEdit } from '../../../src/drill/fileEdits.ts';

const before = new Map([
  ['a.js', 'one\ntwo\nthree\n'],
  ['old.js', 'gone\n'],
]);
const edits: readonly FileEdit[] = [
  { kind: 'change', path: 'a.js', hunks: [{ before: 'two\n', after: 'TWO\nand a half\n' }] },
  { kind: 'change', path: 'a.js', hunks: [{ before: 'TWO\n', after: 'II\n' }] },
  { kind: 'remove', path: 'old.js', text: 'gone\n' },
  { kind: 'add', path: 'new.js', text: 'new\n' },
];
const after = new Map([
  ['a.js', 'one\nII\nand a half\nthree\n'],
  ['new.js', 'new\n'],
]);

describe('edits of a commit', () => {
  it('lead forward', () => {
    expect(applyEdits(before, edits)).toEqual(after);
  });

  it('lead back, the last edit first', () => {
    expect(undoEdits(after, edits)).toEqual(before);
  });

  it('undo a creation without knowing its text', () => {
    expect(undoEdits(after, [{ kind: 'create', path: 'new.js' }]).has('new.js')).toBe(false);
  });

  it.each([
    ['lines that are not there', 'four\n', /found 0 times/],
    ['lines that are there twice', 'x\n', /found 2 times/],
    ['the tail of a longer line', 'wo\n', /found 0 times/],
  ])('refuse %s', (_, lines, message) => {
    const tree = new Map([['a.js', 'x\ntwo\nx\n']]);
    const edit: FileEdit = { kind: 'change', path: 'a.js', hunks: [{ before: lines, after: 'y\n' }] };
    expect(() => applyEdits(tree, [edit])).toThrow(message);
  });

  it('are found again as changes', () => {
    expect(changesBetween(before, after)).toEqual([
      { path: 'a.js', text: 'one\nII\nand a half\nthree\n' },
      { path: 'new.js', text: 'new\n' },
      { path: 'old.js', text: undefined },
    ]);
  });
});
