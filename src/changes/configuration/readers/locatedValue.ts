import { isList, isRecord } from '../structure/plainKinds.ts';
import type { Plain } from '../structuralDifferences.ts';

/** A value read from a file, with the lines it was read from. */
export interface LocatedValue {
  readonly value: Plain;
  /** The line (counted from 1) of the value at a place, or of the nearest value around it; see `StructureOptions`. */
  lineOf(place: readonly string[]): number;
}

/** The lines of the members of records, by key, and of lists, by index. */
export type MemberLines = WeakMap<object, ReadonlyMap<string, number> | readonly number[]>;

/** Joins a value with the lines of its members. `line` is its own. */
export function locatedValue(value: Plain, line: number, lines: MemberLines): LocatedValue {
  const named = new WeakMap<object, ReadonlyMap<string, number>>();
  return { value, lineOf: (place) => lineAt(value, place, line, { lines, named }) };
}

interface Lookup {
  readonly lines: MemberLines;
  /** Of lists that were looked into by name: many differences in one large list take no quadratic time. */
  readonly named: WeakMap<object, ReadonlyMap<string, number>>;
}

function lineAt(root: Plain, place: readonly string[], line: number, lookup: Lookup): number {
  let value = root;
  for (const step of place) {
    if (isList(value)) {
      const index = indexOf(value, step, lookup);
      const lines = lookup.lines.get(value);
      line = (index === undefined || !Array.isArray(lines) ? undefined : (lines[index] as number)) ?? line;
      value = index === undefined ? undefined : value[index];
    } else if (isRecord(value)) {
      const lines = lookup.lines.get(value);
      line = (lines instanceof Map ? (lines.get(step) as number | undefined) : undefined) ?? line;
      value = Object.hasOwn(value, step) ? value[step] : undefined;
    } else return line;
  }
  return line;
}

/** Members by index; also by what formats make keys of: `name` of a record, the left side of `NAME=value`. */
function indexOf(list: readonly Plain[], step: string, { named }: Lookup): number | undefined {
  if (/^\d+$/.test(step)) return Number(step);
  const known = named.get(list) ?? indicesByName(list);
  named.set(list, known);
  return known.get(step);
}

function indicesByName(list: readonly Plain[]): ReadonlyMap<string, number> {
  return new Map(
    list.flatMap((member, index) => {
      const name = isRecord(member) ? member['name'] : typeof member === 'string' ? member.split('=', 1)[0] : undefined;
      return typeof name === 'string' ? [[name, index] as const] : [];
    }),
  );
}
