import type { ChartLine } from '../signals/metrics/chart.ts';

/** The lines of a chart over one list of times. */
export interface ChartTable {
  /** Seconds since 1970, rising, each once. */
  readonly times: readonly number[];
  /** By line; null: a gap. Undefined: the line has no point at that time, and goes on. */
  readonly columns: readonly (readonly (number | null | undefined)[])[];
}

/** Lines whose points may be at different times, over all their times. Of two points of a line at one time the last counts. */
export function chartTable(lines: readonly Pick<ChartLine, 'points'>[]): ChartTable {
  const known = lines.map(({ points }) => new Map(points.filter(([at]) => Number.isFinite(at))));
  const times = [...new Set(known.flatMap((points) => [...points.keys()]))].sort((a, b) => a - b);
  const columns = known.map((points) =>
    times.map((at) => {
      const value = points.get(at);
      return value === undefined || value === null || Number.isFinite(value) ? value : null;
    }),
  );
  return { times, columns };
}

/** Where in rising times one is closest to a moment; −1 when there are none. */
export function nearestIndex(times: readonly number[], seconds: number): number {
  let low = 0;
  let high = times.length - 1;
  if (high < 0 || Number.isNaN(seconds)) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= seconds) low = middle;
    else high = middle;
  }
  return Math.abs((times[high] ?? 0) - seconds) < Math.abs((times[low] ?? 0) - seconds) ? high : low;
}
