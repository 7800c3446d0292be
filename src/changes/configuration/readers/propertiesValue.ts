import { getProperties } from 'properties-file';
import { messageOf } from '../../../incident/incidentError.ts';
import type { LocatedValue } from './locatedValue.ts';
import type { PlaceLines } from './placeLines.ts';
import { lineOfPlace } from './placeLines.ts';
import { unreadableAt } from './unreadableAt.ts';

/** The keys of a `.properties` file, dots and all, as text. Throws UnreadableConfiguration for a wrong escape. */
export function propertiesValue(text: string): LocatedValue {
  const value = Object.fromEntries(Object.entries(propertiesOf(text)));
  let lines: PlaceLines | undefined;
  return { value, lineOf: (place) => lineOfPlace((lines ??= linesOf(text)), place) };
}

function propertiesOf(text: string): Readonly<Record<string, string>> {
  try {
    return getProperties(text);
  } catch (error) {
    throw unreadableAt(wrongLine(text), messageOf(error));
  }
}

function wrongLine(text: string): number {
  const index = text.split('\n').findIndex((row) => /(?<!\\)(?:\\\\)*\\u(?![\da-fA-F]{4})/.test(row));
  return Math.max(0, index) + 1;
}

function linesOf(text: string): PlaceLines {
  const lines: PlaceLines = new Map();
  const rows = text.split(/\r\n|\r|\n/);
  for (let index = 0; index < rows.length; index++) {
    const start = index;
    const row = rows[index] ?? '';
    const isComment = /^\s*[#!]/.test(row);
    while (!isComment && /(?<!\\)(?:\\\\)*\\$/.test(rows[index] ?? '') && index < rows.length - 1) index++;
    for (const key of Object.keys(propertiesOf(rows.slice(start, index + 1).join('\n')))) lines.set(key, start + 1);
  }
  return lines;
}
