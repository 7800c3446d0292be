import { parse } from 'dotenv';
import type { LocatedValue } from './locatedValue.ts';
import type { PlaceLines } from './placeLines.ts';
import { lineOfPlace } from './placeLines.ts';
import { unreadableAt } from './unreadableAt.ts';

/**
 * The variables of an environment file (`.env`), by name; one without a value (Compose takes it from the shell) is empty.
 * A comment begins at a `#` that white space stands before, as Compose, python-dotenv and shells have it.
 * Throws UnreadableConfiguration for a line that sets nothing: a program, perhaps.
 */
export function environmentValue(text: string): LocatedValue {
  const { lines, bare, unquoted } = variablesIn(text.replace(/^\ufeff/, ''));
  const value = Object.fromEntries([
    ...bare.map((name) => [name, ''] as const),
    ...Object.entries(parse(withoutGaps(text))),
    // The parser cuts these at any `#`: `https://shop/#/pay` and passwords hold one.
    ...unquoted,
  ]);
  return { value, lineOf: (place) => lineOfPlace(lines, place) };
}

/** The parser looks over all empty lines ahead from every one of them. */
function withoutGaps(text: string): string {
  let empty = 0;
  const rows = text.split('\n').filter((row) => {
    empty = row.trim() === '' ? empty + 1 : 0;
    return empty < 100;
  });
  return rows.join('\n');
}

const assignment = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:(?=\s))(.*)$/;

interface Variables {
  readonly lines: PlaceLines;
  readonly bare: readonly string[];
  /** Those whose last value stands without quotes, or in such that do not close. */
  readonly unquoted: ReadonlyMap<string, string>;
}

function variablesIn(text: string): Variables {
  const rows = text.split(/\r\n?|\n/);
  const lines: PlaceLines = new Map();
  const bare: string[] = [];
  const unquoted = new Map<string, string>();
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? '';
    const [, name, raw = ''] = assignment.exec(row) ?? [];
    const [, alone] = /^\s*(?:export\s+)?([\w.-]+)\s*$/.exec(row) ?? [];
    if (name !== undefined) {
      lines.set(name, index + 1);
      const last = lastRow(rows, index, raw.trimStart());
      if (last === undefined) unquoted.set(name, withoutComment(raw));
      else unquoted.delete(name);
      index = last ?? index;
    } else if (alone !== undefined) {
      lines.set(alone, index + 1);
      bare.push(alone);
    } else if (!/^\s*(?:#|$)/.test(row)) throw unreadableAt(index + 1, 'neither NAME=value nor a comment');
  }
  return { lines, bare, unquoted };
}

function withoutComment(raw: string): string {
  return raw.replace(/\s#.*$/, '').trim();
}

/** The row in which a value ends that a quote begins; undefined when none does, or it never closes. */
function lastRow(rows: readonly string[], index: number, value: string): number | undefined {
  const quote = /^["'`]/.exec(value)?.[0];
  if (quote === undefined) return undefined;
  if (closes(value.slice(1), quote)) return index;
  for (let last = index + 1; last < rows.length; last++) if (closes(rows[last] ?? '', quote)) return last;
  return undefined;
}

function closes(text: string, quote: string): boolean {
  return text.replaceAll(`\\${quote}`, '').includes(quote);
}
