import type { IsoTime } from '../incident/isoTime.ts';

export const chartMarkKinds = [
  'impactStart',
  'detected',
  'deploy',
  'configuration',
  'mitigationStarted',
  'mitigationFinished',
  'update',
  'impactEnd',
  'resolved',
] as const;
export type ChartMarkKind = (typeof chartMarkKinds)[number];

/** Something of the incident at a moment of a chart. */
export interface ChartMark {
  readonly at: IsoTime;
  readonly kind: ChartMarkKind;
  /** A few words on a line, credentials taken out: `Deployed v1.9.0`. */
  readonly label: string;
}
