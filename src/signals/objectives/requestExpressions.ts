import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';
import type { ServiceSeries } from '../metrics/findServiceSeries.ts';
import { findServiceSeries } from '../metrics/findServiceSeries.ts';
import type { ReadsMetrics } from '../metrics/readsMetrics.ts';
import type { RequestMetrics } from '../metrics/recogniseRequests.ts';
import { matchers, requestQueries } from '../metrics/requestQueries.ts';
import type { Counts, RequestExpressions } from './askedObjective.ts';
import { latencyCounts } from './latencyCounts.ts';

type Reads = Pick<ReadsMetrics, 'names' | 'labelValues' | 'instant'>;

/**
 * What a server keeps of a service's requests, as counts over windows. Throws as `ReadsMetrics` does.
 */
export async function requestExpressions(
  metrics: Reads,
  service: Pick<ServiceConfiguration, 'name' | 'metrics'>,
  signal: AbortSignal,
): Promise<RequestExpressions> {
  const series = await findServiceSeries(metrics, service, signal);
  const requests = series?.requests;
  if (series === undefined || requests === undefined) return nothingFor(series);
  const [availability, bounds] = await Promise.all([
    availabilityOf(metrics, requests, series.selector, signal),
    boundsOf(metrics, requests, series.selector, signal),
  ]);
  return { availability, within: (thresholdMs) => latencyCounts(requests, series.selector, bounds, thresholdMs) };
}

function nothingFor(series: ServiceSeries | undefined): RequestExpressions {
  const problem =
    series === undefined
      ? 'there are no series of the service: give it `metrics.selector`'
      : `none of the ${String(series.names.length)} metrics of {${series.selector}} are known to be of requests: give it PromQL (bad and total)`;
  return { availability: { problem }, within: () => ({ problem }) };
}

async function availabilityOf(
  metrics: Reads,
  requests: RequestMetrics,
  selector: string,
  signal: AbortSignal,
): Promise<Counts> {
  const { rate, failed, hasStatus } = requestQueries(requests, selector, '$window');
  const { name } = requests.count;
  const problem = `nothing in ${name} tells which requests failed: give it PromQL (bad and total)`;
  if (failed === undefined || hasStatus === undefined) return { problem };
  const exists = async (query: string) => (await metrics.instant(query, { signal })).series.length > 0;
  // Where there is nothing at all now, the windows say so.
  if (!(await exists(hasStatus)) && (await exists(`count(${name}${matchers(selector, requests.also)})`))) {
    return { problem };
  }
  const note = `Requests are counted by ${name} (${requests.kind}) of {${selector}}.`;
  return { queries: { total: rate, count: 'bad', query: failed }, note };
}

/** The upper bounds of the buckets as the server writes them; none where there are no buckets. */
async function boundsOf(
  metrics: Reads,
  { duration, also }: RequestMetrics,
  selector: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (duration?.form !== 'classic') return [];
  return metrics.labelValues('le', `${duration.family}_bucket${matchers(selector, also) || '{}'}`, signal);
}
