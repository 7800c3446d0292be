import type { Observation } from '../../signals/observation.ts';

/** The same with an id of its own for each: two folders may name a service alike, and a page two components. */
export function withUniqueIds(observations: readonly Observation[]): readonly Observation[] {
  const seen = new Map<string, number>();
  return observations.map((one) => {
    const times = (seen.get(one.id) ?? 0) + 1;
    seen.set(one.id, times);
    return times === 1 ? one : { ...one, id: `${one.id}#${String(times)}` };
  });
}
