/** What the numbers of a chart are. */
export type ChartUnit = 'perSecond' | 'ratio' | 'seconds' | 'bytes' | 'count';

/** One line of a chart; null where there is no value. */
export interface ChartLine {
  readonly name: string;
  readonly points: readonly (readonly [atSeconds: number, value: number | null])[];
}

/** Numbers over time as a check saw them: evidence, drawn by the editor and exported into the post-mortem. */
export interface Chart {
  /** Unique within its check: `checkout/errors`. */
  readonly id: string;
  readonly title: string;
  readonly unit: ChartUnit;
  readonly lines: readonly ChartLine[];
  /** Where the numbers come from. */
  readonly source: string;
}
