import { promqlPattern, promqlText } from '../metrics/promqlText.ts';
import type { RequestMetrics } from '../metrics/recogniseRequests.ts';
import { matchers } from '../metrics/requestQueries.ts';
import { extremes } from '../statistics/extremes.ts';
import type { Counts } from './askedObjective.ts';

/**
 * Requests answered within a threshold, of all. Of buckets the one nearest at or below it: what is between the two counts as too
 * slow, so that nothing looks better than it is. Native histograms tell any threshold, interpolated within a bucket.
 * @param selector label matchers without braces.
 * @param bounds `le` of the classic histogram's buckets as the server writes them.
 */
export function latencyCounts(
  { duration, also }: RequestMetrics,
  selector: string,
  bounds: readonly string[],
  thresholdMs: number,
): Counts {
  if (duration === undefined)
    return { problem: 'the service has no durations of requests: give it PromQL (good and total)' };
  const { family, form, secondsPerUnit } = duration;
  const threshold = thresholdMs / 1000 / secondsPerUnit;
  if (form === 'summary') {
    return { problem: `${family} keeps quantiles, which do not count requests: give it PromQL (good and total)` };
  }
  if (form === 'native') {
    const rate = `sum(rate(${family}${matchers(selector, also)}[$window]))`;
    const query = `histogram_fraction(-Inf, ${String(threshold)}, ${rate}) * histogram_count(${rate})`;
    const note = `Requests within ${String(thresholdMs)} ms are worked out from the native histogram ${family}.`;
    return { queries: { total: `histogram_count(${rate})`, count: 'good', query }, note };
  }
  const bound = nearest(bounds, threshold);
  if (bound === undefined) return { problem: noBound(family, bounds, thresholdMs, secondsPerUnit) };
  // One number is written in several ways: 1, 1.0.
  const texts = bounds.filter((text) => Number(text) === bound).map(promqlPattern);
  const le = `le=~${promqlText(texts.join('|'))}`;
  const boundMs = bound * secondsPerUnit * 1000;
  const how = isSame(boundMs, thresholdMs) ? '' : `, the bucket nearest below ${String(thresholdMs)} ms`;
  return {
    queries: {
      total: `sum(rate(${family}_count${matchers(selector, also)}[$window]))`,
      count: 'good',
      query: `sum(rate(${family}_bucket${matchers(selector, also, le)}[$window]))`,
    },
    note: `Requests within ${msText(boundMs)} are counted by ${family}_bucket${how}.`,
  };
}

function nearest(bounds: readonly string[], threshold: number): number | undefined {
  const below = bounds
    .map(Number)
    .filter((bound) => Number.isFinite(bound) && (bound <= threshold || isSame(bound, threshold)));
  return below.length === 0 ? undefined : extremes(below).greatest;
}

function noBound(family: string, bounds: readonly string[], thresholdMs: number, secondsPerUnit: number): string {
  const finite = bounds.map(Number).filter(Number.isFinite);
  const least =
    finite.length === 0 ? 'has none' : `begins at ${msText(extremes(finite).least * secondsPerUnit * 1000)}`;
  return `no bucket is at or below ${String(thresholdMs)} ms: ${family}_bucket ${least}`;
}

/** Apart from what a division leaves. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

function msText(ms: number): string {
  return `${String(Number(ms.toPrecision(6)))} ms`;
}
