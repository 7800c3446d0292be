import { diff3MergeRegions, diffIndices } from 'node-diff3';
import { lineKey } from './generatedParts.ts';

/** Lines put together from a person's and the fresh ones; `conflicts` counts the places where both had changed. */
export interface MergedLines {
  readonly lines: readonly string[];
  readonly conflicts: number;
}

/** What node-diff3 gives: places where the three agree or one changed, and places where both changed. */
type Region =
  | { readonly stable: true; readonly buffer: Side; readonly bufferStart: number; readonly bufferLength: number }
  | ({ readonly stable: false } & Record<`${Side}Start` | `${Side}Length`, number>);
type Side = 'a' | 'o' | 'b';

/**
 * Merges three versions of generated lines (without line ends): the person's, what had been generated, and the fresh
 * ones. Where both changed, the lines that the person wrote stay and the fresh ones follow below them, before the person's
 * next paragraph. Lines that differ in spacing only are the same.
 */
export function mergeLines(person: readonly string[], base: readonly string[], fresh: readonly string[]): MergedLines {
  const sides = { a: person, o: base, b: fresh };
  const regions = diff3MergeRegions(person.map(lineKey), base.map(lineKey), fresh.map(lineKey)) as readonly Region[];
  let conflicts = 0;
  const lines = regions.flatMap((region) => {
    if (region.stable) return slice(sides[region.buffer], region.bufferStart, region.bufferLength);
    const [theirs, old, generated] = [
      slice(person, region.aStart, region.aLength),
      slice(base, region.oStart, region.oLength),
      slice(fresh, region.bStart, region.bLength),
    ];
    if (sameLines(theirs, generated)) return generated;
    const kept = addedLines(theirs, old);
    if (kept.length > 0 && old.length > 0) conflicts += 1;
    // A remark below a table stays below it: were the fresh rows put after the remark, they would be no table any more.
    const blank = kept.findIndex((line) => line.trim() === '');
    const above = blank === -1 ? kept.length : blank;
    return [...kept.slice(0, above), ...generated, ...kept.slice(above)];
  });
  return { lines, conflicts };
}

/** True when two lists of lines say the same, however they are spaced. */
export function sameLines(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((line, index) => lineKey(line) === lineKey(others[index] ?? ''));
}

/** The lines that are not in the base: what the person wrote, without the generated lines around them. */
function addedLines(lines: readonly string[], base: readonly string[]): readonly string[] {
  const changes = diffIndices(base.map(lineKey), lines.map(lineKey)) as readonly { buffer2: readonly number[] }[];
  return changes.flatMap(({ buffer2: [start = 0, length = 0] }) => slice(lines, start, length));
}

function slice(lines: readonly string[], start: number, length: number): readonly string[] {
  return lines.slice(start, start + length);
}
