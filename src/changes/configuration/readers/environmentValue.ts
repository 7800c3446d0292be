import { parse } from 'dotenv';
import type { LocatedValue } from './locatedValue.ts';
import type { PlaceLines } from './placeLines.ts';
import { lineOfPlace } from './placeLines.ts';
import { unreadableAt } from './unreadableAt.ts';

/**
 * The variables of an environment file (`.env`), by name; one without a value (Compose takes it from the shell) is empty.
 * Throws UnreadableConfiguration for a line that sets nothing: a program, perhaps.
 */
export function environmentValue(text: string): LocatedValue {
  const { lines, bare } = variablesIn(text.replace(/^\ufeff/, ''));
  const value = Object.fromEntries([
    ...bare.map((name) => [name, ''] as const),
    ...Object.entries(parse(withoutGaps(text))),
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

const assignment = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)\s*(.*)$/;

function variablesIn(text: string): { readonly lines: PlaceLines; readonly bare: readonly string[] } {
  const rows = text.split(/\r\n?|\n/);
  const lines: PlaceLines = new Map();
  const bare: string[] = [];
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? '';
    const [, name, value = ''] = assignment.exec(row) ?? [];
    const [, alone] = /^\s*(?:export\s+)?([\w.-]+)\s*$/.exec(row) ?? [];
    if (name !== undefined) {
      lines.set(name, index + 1);
      index = lastRow(rows, index, value);
    } else if (alone !== undefined) {
      lines.set(alone, index + 1);
      bare.push(alone);
    } else if (!/^\s*(?:#|$)/.test(row)) throw unreadableAt(index + 1, 'neither NAME=value nor a comment');
  }
  return { lines, bare };
}

/** The row in which a value ends that a quote begins; its own when the quote never closes. */
function lastRow(rows: readonly string[], index: number, value: string): number {
  const quote = /^["'`]/.exec(value)?.[0];
  if (quote === undefined || closes(value.slice(1), quote)) return index;
  for (let last = index + 1; last < rows.length; last++) if (closes(rows[last] ?? '', quote)) return last;
  return index;
}

function closes(text: string, quote: string): boolean {
  return text.replaceAll(`\\${quote}`, '').includes(quote);
}
