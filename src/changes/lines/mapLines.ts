import { matchLines } from './matchLines.ts';

/** A stretch of lines of a text, counted from 1, both ends belonging to it. */
export interface TextLines {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where lines of an edited text are in the version that was committed: from the first to the last of them that is still the
 * same; where all of them were edited, what stands between their neighbours. Undefined when nothing does: they are new.
 */
export function mapLines(
  { text, start, end }: TextLines,
  committed: string,
): { readonly start: number; readonly end: number } | undefined {
  const [from, to] = [linesOf(text), linesOf(committed)];
  if (from.length === 0) return undefined;
  const last = Math.min(end, from.length);
  const first = Math.min(start, last);
  const matches = matchLines(from, to);
  const same = [...matches.subarray(first - 1, last)].filter((line) => line >= 0);
  const [top, bottom] = [same[0], same.at(-1)];
  if (top !== undefined && bottom !== undefined) return { start: top + 1, end: bottom + 1 };
  const above = matches.subarray(0, Math.max(0, first - 1)).findLast((line) => line >= 0) ?? -1;
  const below = matches.subarray(last).find((line) => line >= 0) ?? to.length;
  return below - above > 1 ? { start: above + 2, end: below } : undefined;
}

/** Without line ends and byte order mark: a clone may have others than the repository. A line end at the end begins no line. */
function linesOf(text: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
