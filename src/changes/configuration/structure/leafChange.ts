import type { Plain } from '../structuralDifferences.ts';
import { compactText } from './compactText.ts';
import { leafText } from './leafText.ts';
import { isLeaf } from './plainKinds.ts';

/** Both values as people read them, and what of a long text it is. */
export interface LeafChange {
  readonly before: string;
  readonly after: string;
  readonly note?: string;
}

/** True for two leaves that mean the same: numbers by value, moments by what they print, the rest by type and value. */
export function isSameLeaf(before: Plain, after: Plain): boolean {
  if (before === after) return true;
  if (isNumber(before) && isNumber(after)) return leafText(before) === leafText(after) || (before === 0 && after === 0);
  return before instanceof Date && after instanceof Date && leafText(before) === leafText(after);
}

/** How a change between two different values is told; text of several lines by the one line that differs, or by their number. */
export function leafChange(names: readonly string[], before: Plain, after: Plain): LeafChange {
  if (typeof before === 'string' && typeof after === 'string' && (isBlock(before) || isBlock(after)))
    return blockChange(before, after);
  const [was, is] = [compactText(names, before), compactText(names, after)];
  if (was !== is) return { before: was, after: is };
  if (isLeaf(before) && isLeaf(after)) return { before: withType(before), after: withType(after) };
  return { before: was, after: is, note: 'inside' };
}

function isNumber(value: Plain): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isBlock(text: string): boolean {
  return text.trimEnd().includes('\n');
}

/** `"3"` beside `3`. */
function withType(value: Plain): string {
  return typeof value === 'string' ? JSON.stringify(value) : leafText(value);
}

function blockChange(before: string, after: string): LeafChange {
  const [was, is] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(was.length, is.length);
  let start = 0;
  while (start < shorter && was[start] === is[start]) start++;
  let end = 0;
  while (end < shorter - start && was[was.length - 1 - end] === is[is.length - 1 - end]) end++;
  const [old, current] = [was.slice(start, was.length - end), is.slice(start, is.length - end)];
  if (old.length === 1 && current.length === 1) {
    const [from = '', to = ''] = [old[0], current[0]];
    const isIndentation = from.trim() === to.trim();
    return {
      before: isIndentation ? JSON.stringify(from) : from.trim(),
      after: isIndentation ? JSON.stringify(to) : to.trim(),
      note: `line ${start + 1} of ${countOf(is)}`,
    };
  }
  return { before: linesText(countOf(was)), after: linesText(countOf(is)), note: `+${current.length} −${old.length}` };
}

/** The end of the last line begins no further one. */
function countOf(rows: readonly string[]): number {
  return rows.at(-1) === '' ? rows.length - 1 : rows.length;
}

function linesText(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}
