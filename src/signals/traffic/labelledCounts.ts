import type { IsoTime } from '../../incident/isoTime.ts';
import type { ReadsMetrics } from '../metrics/readsMetrics.ts';
import { matchers } from '../metrics/requestQueries.ts';
import type { LabelledCount } from './labelShares.ts';
import { labelsOf } from './labelShares.ts';
import type { RequestMetrics } from '../metrics/recogniseRequests.ts';

/** The series that count a service's requests. */
export interface RequestSeries {
  /** Label matchers without braces. */
  readonly selector: string;
  readonly metrics: RequestMetrics;
}

/**
 * How many requests there were in the `seconds` before `at`, by the labels that tell what they have in common: one query for each
 * aspect, so that an answer has as many series as there are paths, not paths times clients. Throws what the reader throws.
 */
export async function labelledCounts(
  reader: ReadsMetrics,
  { metrics, selector }: RequestSeries,
  { at, seconds }: { readonly at: IsoTime; readonly seconds: number },
  signal: AbortSignal,
): Promise<{ readonly counts: readonly LabelledCount[]; readonly warnings: readonly string[] }> {
  const { count, also } = metrics;
  const rate = `rate(${count.name}${matchers(selector, also)}[${String(seconds)}s])`;
  const increase = `${count.native ? `histogram_count(${rate})` : rate} * ${String(seconds)}`;
  const asked = Object.values(labelsOf(metrics)).filter((labels) => labels.length > 0);
  const answers = await Promise.all(
    asked.map((labels) => reader.instant(`sum by (${labels.join(', ')}) (${increase})`, { at, signal })),
  );
  return {
    counts: answers.flatMap(({ series }) =>
      series.map(({ labels, points }) => ({ labels, count: points.at(-1)?.[1] ?? 0 })),
    ),
    warnings: answers.flatMap(({ warnings }) => warnings),
  };
}
