import type { Difference } from './difference.ts';

/** One value of a file under the key that identifies it. */
export interface Entry {
  /** What makes it the same entry in the other version; several entries may share one. */
  readonly key: string;
  /** As differences name it. */
  readonly subject: string;
  readonly value: string;
  /** Equal for values that mean the same; the value itself when absent. */
  readonly meaning?: string;
  /** Counted from 1. */
  readonly line: number;
  readonly note?: string;
}

/**
 * What differs between two lists of entries, by key: changed and added in the order of `after`, then removed in the
 * order of `before`. Order says nothing; among entries of one key equal values cancel and the rest pair in order.
 * Linear time.
 */
export function entryDifferences(before: readonly Entry[], after: readonly Entry[]): readonly Difference[] {
  const left = leftOf(before, after);
  const earlier = byKey(left.before);
  const differences: Difference[] = [];
  for (const entry of left.after) {
    const was = earlier.get(entry.key)?.shift();
    differences.push(was === undefined ? added(entry) : changed(was, entry));
  }
  for (const entry of left.before) if (earlier.get(entry.key)?.[0] === entry) differences.push(removed(earlier, entry));
  return differences;
}

interface Compared {
  readonly key: string;
  readonly value: string;
  readonly meaning?: string;
}

/** Both lists without the entries that the other one holds with the same key and value. Linear time. */
export function leftOf<T extends Compared>(
  before: readonly T[],
  after: readonly T[],
): { readonly before: readonly T[]; readonly after: readonly T[] } {
  const same = new Map<string, number>();
  for (const entry of before) same.set(identity(entry), (same.get(identity(entry)) ?? 0) + 1);
  const both = new Map<string, number>();
  const onlyAfter = after.filter((entry) => {
    const id = identity(entry);
    const count = same.get(id) ?? 0;
    if (count === 0) return true;
    same.set(id, count - 1);
    both.set(id, (both.get(id) ?? 0) + 1);
    return false;
  });
  const onlyBefore = before.filter((entry) => {
    const count = both.get(identity(entry)) ?? 0;
    if (count === 0) return true;
    both.set(identity(entry), count - 1);
    return false;
  });
  return { before: onlyBefore, after: onlyAfter };
}

function identity({ key, value, meaning = value }: Compared): string {
  return `${key}\0${meaning}`;
}

function byKey(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.key);
    if (group === undefined) groups.set(entry.key, [entry]);
    else group.push(entry);
  }
  return groups;
}

function changed(was: Entry, is: Entry): Difference {
  const note = is.note === undefined ? {} : { note: is.note };
  return { kind: 'changed', subject: is.subject, before: was.value, after: is.value, line: is.line, ...note };
}

function added(entry: Entry): Difference {
  const note = entry.note === undefined ? {} : { note: entry.note };
  return { kind: 'added', subject: entry.subject, after: entry.value, line: entry.line, ...note };
}

function removed(earlier: Map<string, Entry[]>, entry: Entry): Difference {
  earlier.get(entry.key)?.shift();
  const note = entry.note === undefined ? {} : { note: entry.note };
  return { kind: 'removed', subject: entry.subject, before: entry.value, line: entry.line, ...note };
}
