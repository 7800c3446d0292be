import type { PlaceLines } from './placeLines.ts';
import { placeKey } from './placeLines.ts';

/** What is still open at the end of a row: a string of several lines, brackets. */
interface Open {
  readonly quote: string;
  readonly brackets: number;
}

const closed: Open = { quote: '', brackets: 0 };

/** Where the tables and keys of a valid TOML file stand. Its parser does not tell. */
export function tomlLines(text: string): PlaceLines {
  const lines: PlaceLines = new Map();
  const counts = new Map<string, number>();
  let table: readonly string[] = [];
  let open = closed;
  for (const [index, row] of text.split('\n').entries()) {
    if (open !== closed) {
      open = openAfter(row, open);
      continue;
    }
    const header = /^\s*(\[\[?)(.*)$/.exec(row);
    if (header) {
      table = tablePlace(keysIn(header[2] ?? '').keys, header[1] === '[[', counts);
      lines.set(placeKey(table), index + 1);
      continue;
    }
    const { keys, rest } = keysIn(row);
    if (keys.length === 0) continue;
    for (let length = 1; length <= keys.length; length++) {
      const key = placeKey([...table, ...keys.slice(0, length)]);
      if (length === keys.length || !lines.has(key)) lines.set(key, index + 1);
    }
    open = openAfter(rest, closed);
  }
  return lines;
}

/** The place of a table; tables in arrays of tables belong to the last one so far. */
function tablePlace(keys: readonly string[], isArray: boolean, counts: Map<string, number>): readonly string[] {
  const place: string[] = [];
  for (const [index, key] of keys.entries()) {
    place.push(key);
    const array = placeKey(place);
    if (isArray && index === keys.length - 1) counts.set(array, (counts.get(array) ?? -1) + 1);
    const count = counts.get(array);
    if (count !== undefined) place.push(String(count));
  }
  return place;
}

/** Dotted keys at the beginning of a row, and what stands behind `=` or `]`. */
function keysIn(row: string): { readonly keys: readonly string[]; readonly rest: string } {
  const part = /\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+))\s*([.=\]])/y;
  const keys: string[] = [];
  for (let match = part.exec(row); match; match = part.exec(row)) {
    keys.push(match[1] ?? match[2] ?? match[3] ?? '');
    if (match[4] !== '.') return { keys, rest: row.slice(part.lastIndex) };
  }
  return { keys: [], rest: '' };
}

function openAfter(row: string, before: Open): Open {
  let { quote, brackets } = before;
  const token = /\\.|"""|'''|["'[\]{}#]/g;
  for (let match = token.exec(row); match; match = token.exec(row)) {
    const [text] = match;
    if (quote !== '') {
      if (text === quote) quote = '';
      else if (text.length === 3 && text.startsWith(quote)) quote = '';
      // In strings of single quotes a backslash is only that.
      else if (text.startsWith('\\') && quote.startsWith("'")) token.lastIndex = match.index + 1;
    } else if (text === '#') break;
    else if (/^["']/.test(text)) quote = text;
    else if (text === '[' || text === '{') brackets++;
    else if (text === ']' || text === '}') brackets--;
  }
  const isOpen = quote.length === 3 || brackets > 0;
  return isOpen ? { quote: quote.length === 3 ? quote : '', brackets } : closed;
}
