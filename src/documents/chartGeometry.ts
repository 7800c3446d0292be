import type { Chart, ChartLine } from '../signals/metrics/chart.ts';
import { valueTicks } from './chartValue.ts';

/** What of a chart can be drawn. */
export interface ChartExtent {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Round numbers, lowest first; the first and the last are the ends of the axis. */
  readonly ticks: readonly number[];
}

type Points = ChartLine['points'];

/** What was seen for a moment only is shown in the minutes before it, with what happened in them. */
const shortestSeconds = 600;

/** The points of a line in the order of time, with null where there is no number that can be drawn. */
export function drawablePoints({ points }: ChartLine): Points {
  const known = points
    .filter(([at]) => Number.isFinite(at))
    .map(([at, value]) => [at, value !== null && Number.isFinite(value) ? value : null] as const);
  const inOrder = known.every(([at], index) => index === 0 || at >= (known[index - 1]?.[0] ?? at));
  return inOrder ? known : known.toSorted(([a], [b]) => a - b);
}

/** How far a chart goes; undefined when none of its lines has a value. An axis begins at zero where nothing is below. */
export function chartExtent(lines: readonly Points[]): ChartExtent | undefined {
  let [from, to, low, high] = [Infinity, -Infinity, 0, -Infinity];
  for (const points of lines) {
    for (const [at, value] of points) {
      // Times without a value count: that nothing was there is to be seen, too.
      from = Math.min(from, at);
      to = Math.max(to, at);
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (high === -Infinity) return undefined;
  const ticks = valueTicks(low, Math.max(high, 0));
  return { fromSeconds: Math.min(from, to - shortestSeconds), toSeconds: to, ticks };
}

/**
 * At most two points for each of `columns` steps of time: the lowest and the highest, so that no peak is lost, and one null where
 * a step has nothing else. A line that is short enough is given back as it is.
 */
export function thinnedPoints(points: Points, columns: number): Points {
  const first = points[0]?.[0];
  const last = points.at(-1)?.[0];
  if (first === undefined || last === undefined || points.length <= 2 * columns || last === first) return points;
  const thinned: Points[number][] = [];
  let column: Points[number][] = [];
  let current = 0;
  const flush = (): void => {
    const values = column.filter((point): point is readonly [number, number] => point[1] !== null);
    const gap = column.find(([, value]) => value === null);
    const lowest = values.reduce<readonly [number, number] | undefined>(
      (a, b) => (a && a[1] <= b[1] ? a : b),
      undefined,
    );
    const highest = values.reduce<readonly [number, number] | undefined>(
      (a, b) => (a && a[1] >= b[1] ? a : b),
      undefined,
    );
    const kept = [lowest, highest === lowest ? undefined : highest].filter((point) => point !== undefined);
    thinned.push(...(kept.length === 0 && gap !== undefined ? [gap] : kept.sort(([a], [b]) => a - b)));
    column = [];
  };
  for (const point of points) {
    const index = Math.min(columns - 1, Math.floor(((point[0] - first) / (last - first)) * columns));
    if (index !== current) flush();
    current = index;
    column.push(point);
  }
  flush();
  return thinned;
}

/** The runs of a line between its gaps, at least one point each. */
export function segmentsOf(points: Points): readonly (readonly (readonly [atSeconds: number, value: number])[])[] {
  const segments: (readonly [number, number])[][] = [];
  let open: (readonly [number, number])[] | undefined;
  for (const [at, value] of points) {
    if (value === null) open = undefined;
    else if (open === undefined) segments.push((open = [[at, value]]));
    else open.push([at, value]);
  }
  return segments;
}

/** What a line says in numbers: its lowest, highest and last value; undefined when it has none. */
export function lineFigures(
  points: Points,
): { readonly lowest: number; readonly highest: number; readonly last: number } | undefined {
  let figures: { lowest: number; highest: number; last: number } | undefined;
  for (const [, value] of points) {
    if (value === null) continue;
    figures =
      figures === undefined
        ? { lowest: value, highest: value, last: value }
        : { lowest: Math.min(figures.lowest, value), highest: Math.max(figures.highest, value), last: value };
  }
  return figures;
}

/** So many lines of a chart are drawn; more cannot be told apart. */
export const mostLines = 12;

/** Dashes of lines in their order, in units of their width, so that colour is not the only difference. Empty: unbroken. */
export const lineDashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 2, 1, 2]];

/** The lines that are drawn, and how many are not. */
export function drawnLines({ lines }: Pick<Chart, 'lines'>): {
  readonly lines: readonly ChartLine[];
  readonly leftOut: number;
} {
  return { lines: lines.slice(0, mostLines), leftOut: Math.max(0, lines.length - mostLines) };
}

/** In which of three rows the number of each mark stands, so that close ones do not cover one another. `xs` rise. */
export function badgeRows(xs: readonly number[], distance: number): readonly number[] {
  const lastInRow = [-Infinity, -Infinity, -Infinity];
  return xs.map((x) => {
    const row = Math.max(
      0,
      lastInRow.findIndex((last) => x - last >= distance),
    );
    lastInRow[row] = x;
    return row;
  });
}
