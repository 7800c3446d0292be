import type { Chart } from '../metrics/chart.ts';
import type { Seen } from './seen.ts';

/** What can be told of a service's traffic, in the order in which it is shown. */
export const trafficAspects = ['rate', 'paths', 'statuses', 'clients', 'userAgents'] as const;
export type TrafficAspect = (typeof trafficAspects)[number];

/** What one source tells of a service's traffic. What it knows nothing of is absent. */
export interface TrafficView {
  /** Where the numbers come from. */
  readonly source: string;
  readonly seen: Readonly<Partial<Record<TrafficAspect, Seen>>>;
  /** Why it may not be all there is, or not of now, a part of a sentence: then nothing is *ok*. */
  readonly doubt?: string;
  /** What was left out, a sentence each. */
  readonly notes: readonly string[];
  /** What keeps the sight from being whole, a sentence each. */
  readonly problems: readonly string[];
  readonly chart?: Omit<Chart, 'id' | 'title'>;
}
