import { setImmediate } from 'node:timers/promises';

const atOnce = 100;

/** What `map` makes of each value, undefined left out; between slices others get their turn. */
export async function mapInTurns<T, R>(values: readonly T[], map: (value: T) => R | undefined): Promise<readonly R[]> {
  const made: R[] = [];
  for (const [index, value] of values.entries()) {
    if (index > 0 && index % atOnce === 0) await setImmediate();
    const one = map(value);
    if (one !== undefined) made.push(one);
  }
  return made;
}
