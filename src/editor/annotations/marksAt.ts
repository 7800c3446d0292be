import type { Mark } from '../../changes/lines/placeMarks.ts';

interface Marked {
  readonly mark: Pick<Mark, 'start' | 'end'>;
}

/** The marks that a line (from 0) has. */
export function marksAt<T extends Marked>(marks: readonly T[], line: number): readonly T[] {
  return marks.filter(({ mark: { start, end } }) => start <= line && line <= end);
}

/** The mark that comes next from a line, before or after it, around the ends of the text; undefined where there is none. */
export function nextMark<T extends Marked>(
  marks: readonly T[],
  line: number,
  direction: 'next' | 'previous',
): { readonly found: T; readonly index: number } | undefined {
  const found =
    direction === 'next'
      ? marks.findIndex(({ mark }) => mark.start > line)
      : marks.findLastIndex(({ mark }) => mark.end < line);
  const index = found >= 0 ? found : direction === 'next' ? 0 : marks.length - 1;
  const next = marks[index];
  return next === undefined ? undefined : { found: next, index };
}
