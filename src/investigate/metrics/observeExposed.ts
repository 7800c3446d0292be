import type { Endpoint } from '../../config/signalConfiguration.ts';
import { shownAddress, webAddressOf } from '../../safety/webAddress.ts';
import type { Chart } from '../../signals/metrics/chart.ts';
import { clockSkewText } from '../../signals/metrics/clockSkew.ts';
import { recogniseRequests } from '../../signals/metrics/recogniseRequests.ts';
import { scrapedRedCharts } from '../../signals/metrics/redCharts.ts';
import { redObservations } from '../../signals/metrics/redObservations.ts';
import type { ScrapesServices } from '../../signals/metrics/scrape.ts';
import { scrapedRed } from '../../signals/metrics/scrapedRed.ts';
import type { ProcessBetween } from '../../signals/metrics/scrapeRates.ts';
import type { Observation } from '../../signals/observation.ts';
import { unseen } from '../../signals/observeAll.ts';

/** Rate, errors and durations from what a service itself exposes. Throws as `ScrapesServices` does. */
export async function observeExposed(
  scrapes: ScrapesServices,
  { service, endpoint }: { readonly service: string; readonly endpoint: Endpoint },
  signal: AbortSignal,
): Promise<{ readonly observations: readonly Observation[]; readonly charts: readonly Chart[] }> {
  const pair = await scrapes.pair(endpoint, signal);
  const { later } = pair;
  const address = webAddressOf(endpoint.url);
  const source = address === undefined ? 'the service itself' : shownAddress(address);
  const metrics = recogniseRequests([...new Set(later.samples.map(({ name }) => name))]);
  if (metrics === undefined) {
    const about = { id: `${service}/metrics`, subject: service, name: 'requests', source };
    const reason = 'none of the metrics that it exposes is known to be of requests';
    return { observations: [unseen(about, later.at, reason)], charts: [] };
  }
  const remembered = scrapes.remembered(endpoint);
  const { red, windowSeconds, process, unread } = scrapedRed(metrics, pair, remembered);
  const details = [
    `Metrics of ${metrics.kind}: ${metrics.count.name}.`,
    ...processNotes[process],
    ...(unread ? [`Nothing is told of requests: ${noNumber}.`] : []),
    ...(later.clockAheadMs === undefined ? [] : [`${clockSkewText(source, later.clockAheadMs)}: reckoned with.`]),
    ...(later.problem === undefined ? [] : [later.problem]),
  ];
  const why = {
    ...(metrics.status === undefined ? {} : { errors: noStatus(metrics.count.name, metrics.status.labels) }),
    latency: unread ? noNumber : 'the service exposes no quantiles of how long requests take',
  };
  const sight = { service, now: red, unseen: why, windowSeconds, source, at: later.at, details };
  const charts = await scrapedRedCharts(service, { metrics, scrapes: remembered, source });
  return { observations: redObservations(sight), charts };
}

const processNotes: Readonly<Record<ProcessBetween, readonly string[]>> = {
  same: [],
  restarted: ['The process began anew in between: its counters count from then.'],
  another: ['Another instance answered than before: nothing is told of the time between.'],
};

const noNumber = 'some of their counters have no number (NaN or infinite)';

/** Why failures are not known although there are requests. */
export function noStatus(metric: string, labels: readonly string[]): string {
  return `no label of ${metric} tells the status (${labels.join(', ')})`;
}
