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

/** Start and length in both texts of a place where they differ. */
interface Hunk {
  readonly buffer1: readonly number[];
  readonly buffer2: readonly number[];
}

/**
 * Merges three versions of generated lines (without line ends): the person's, what had been generated, and the fresh
 * ones. Lines that the person took out stay out as long as the fresh ones say nothing new in their place. Where both
 * changed, the lines that the person wrote stay and the fresh ones follow below them, before the person's next
 * paragraph. Lines that differ in spacing only are the same.
 */
export function mergeLines(person: readonly string[], base: readonly string[], fresh: readonly string[]): MergedLines {
  const sides = { a: person, o: base, b: fresh };
  const regions = diff3MergeRegions(person.map(lineKey), base.map(lineKey), fresh.map(lineKey)) as readonly Region[];
  let conflicts = 0;
  const lines = regions.flatMap((region) => {
    if (region.stable) return slice(sides[region.buffer], region.bufferStart, region.bufferLength);
    const merged = mergeRegion(
      slice(person, region.aStart, region.aLength),
      slice(base, region.oStart, region.oLength),
      slice(fresh, region.bStart, region.bLength),
    );
    conflicts += merged.conflicts;
    return merged.lines;
  });
  return { lines, conflicts };
}

function mergeRegion(person: readonly string[], base: readonly string[], fresh: readonly string[]): MergedLines {
  if (sameLines(person, fresh)) return { lines: fresh, conflicts: 0 };
  const [inPerson, inFresh] = [baseLines(person, base), baseLines(fresh, base)];
  const written = person.filter((_line, index) => !inPerson.has(index));
  const stays = new Set(inPerson.values());
  const generated = fresh.filter((_line, index) => {
    const from = inFresh.get(index);
    return from === undefined || stays.has(from);
  });
  const still = new Set(inFresh.values());
  const bothChanged = base.some((_line, index) => !stays.has(index) && !still.has(index));
  // A remark below a table stays below it: were the fresh rows put after the remark, they would be no table any more.
  const blank = written.findIndex((line) => line.trim() === '');
  const above = blank === -1 ? written.length : blank;
  return {
    lines: [...written.slice(0, above), ...generated, ...written.slice(above)],
    conflicts: bothChanged && written.length > 0 ? 1 : 0,
  };
}

/** True when two lists of lines say the same, however they are spaced. */
export function sameLines(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((line, index) => lineKey(line) === lineKey(others[index] ?? ''));
}

/** Which lines are from the base: their index in it, by their index here. */
function baseLines(lines: readonly string[], base: readonly string[]): ReadonlyMap<number, number> {
  const from = new Map<number, number>();
  let [inBase, inLines] = [0, 0];
  const end = { buffer1: [base.length, 0], buffer2: [lines.length, 0] };
  for (const { buffer1, buffer2 } of [
    ...(diffIndices(base.map(lineKey), lines.map(lineKey)) as readonly Hunk[]),
    end,
  ]) {
    const [start = 0, removed = 0] = buffer1;
    while (inBase < start) from.set(inLines++, inBase++);
    inBase += removed;
    inLines += buffer2[1] ?? 0;
  }
  return from;
}

function slice(lines: readonly string[], start: number, length: number): readonly string[] {
  return lines.slice(start, start + length);
}
