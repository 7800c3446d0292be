/** How many requests there were by what they have in common: paths, status classes, clients. Keys are strangers' text. */
export interface Counts {
  readonly total: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Counts that grow. */
export interface Counter extends Counts {
  add(value: string, by?: number): void;
}

/** All that comes once there are too many: an attack may make up a new value with every request. */
export const otherValue = '(others)';

/** Counts at most `most` values apart, and the rest together. */
export function createCounter(most: number): Counter {
  const counts = new Map<string, number>();
  const counter = {
    total: 0,
    counts,
    add: (value: string, by = 1) => {
      const key = counts.size < most || counts.has(value) ? value : otherValue;
      counts.set(key, (counts.get(key) ?? 0) + by);
      counter.total += by;
    },
  };
  return counter;
}

/** The values with the most requests, in their order; in one go, however many there are. */
export function topOf({ counts }: Counts, most: number): readonly (readonly [value: string, count: number])[] {
  const top: (readonly [string, number])[] = [];
  for (const one of counts) {
    if (top.length === most && one[1] <= (top.at(-1)?.[1] ?? 0)) continue;
    const place = top.findIndex(([, count]) => count < one[1]);
    top.splice(place < 0 ? top.length : place, 0, one);
    top.length = Math.min(top.length, most);
  }
  return top;
}

/** Counts by what values become: clients by their networks. */
export function countsBy({ counts }: Counts, groupOf: (value: string) => string): Counts {
  const grouped = createCounter(Number.POSITIVE_INFINITY);
  for (const [value, count] of counts) grouped.add(groupOf(value), count);
  return grouped;
}
