import { formatDuration } from '../../documents/timeText.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import type { Chart } from '../../signals/metrics/chart.ts';
import type { ServiceSeries } from '../../signals/metrics/findServiceSeries.ts';
import { findServiceSeries } from '../../signals/metrics/findServiceSeries.ts';
import {
  isStale,
  lastSampleAt,
  readRecovery,
  readRed,
  readRedBaseline,
  readWorstRoute,
  redQueriesOf,
  redWindowSeconds,
} from '../../signals/metrics/readRed.ts';
import type { ReadsMetrics } from '../../signals/metrics/readsMetrics.ts';
import { chartSpanOf, readRedCharts } from '../../signals/metrics/redCharts.ts';
import type { Red } from '../../signals/metrics/red.ts';
import { redObservations } from '../../signals/metrics/redObservations.ts';
import { serverDoubt } from '../../signals/metrics/serverDoubt.ts';
import type { Observation } from '../../signals/observation.ts';
import { unseen } from '../../signals/observeAll.ts';
import type { SignalContext, TargetService } from '../signalCheck.ts';
import { asConfigured } from '../signalTargets.ts';
import { noStatus } from './observeExposed.ts';

/** From this ratio on the route with most failures is looked for. */
const routesFrom = 0.01;
/** Of the check's time: the numbers must not be late because charts are. */
const chartsShare = 0.6;

interface ServerLook {
  readonly service: TargetService;
  readonly context: SignalContext;
  /** The service itself can be asked instead: what is not recognised here is nothing then. */
  readonly hasOther: boolean;
  /** Charts come when they are drawn: nobody waits for them to be told the numbers. */
  readonly keepCharts: (charts: readonly Chart[]) => void;
}

/** Rate, errors and durations as a server has them; undefined when it has nothing of the service. Throws as `ReadsMetrics` does. */
export async function observeServer(
  server: ReadsMetrics,
  { service, context, hasOther, keepCharts }: ServerLook,
  signal: AbortSignal,
): Promise<readonly Observation[] | undefined> {
  const { name, metrics } = service;
  const configured = metrics?.queries ?? {};
  const series = await findServiceSeries(server, asConfigured(service), signal);
  const queries = redQueriesOf(series, configured);
  if (Object.keys(queries).length === 0)
    return series === undefined || hasOther ? undefined : [unrecognised(server, name, series, context)];

  const drawing = drawCharts(server, { service, context, series, signal }).then(keepCharts);
  // Awaited below; until then another failure may come first.
  drawing.catch(() => undefined);
  const [{ red, warnings, hasStatus }, before] = await Promise.all([
    readRed(server, queries, signal),
    readRedBaseline(server, queries, context.impactStart, signal),
  ]);
  const stale =
    red.perSecond === undefined && series !== undefined ? await staleText(server, series, context, signal) : undefined;
  if (stale !== undefined)
    return [unseen({ ...aboutOf(server, name, series), name: 'requests' }, context.clock(), stale)];
  const more = configured.errors === undefined ? await readMore(server, series, red, signal) : {};
  await drawing;
  const requests = series?.requests;
  return redObservations({
    service: name,
    now: { ...red, ...more },
    ...definedFields({ before, doubt: serverDoubt(warnings, { clock: 'matters' }) }),
    unseen: {
      ...(requests?.status === undefined || hasStatus
        ? {}
        : { errors: noStatus(requests.count.name, requests.status.labels) }),
    },
    windowSeconds: redWindowSeconds,
    ...{ source: aboutOf(server, name, series).source, at: context.clock() },
    details: [
      ...(requests === undefined ? [] : [`Metrics of ${requests.kind}: ${requests.count.name}.`]),
      ...Object.entries(configured).map(([what, query]) => `${what} by mayday.yaml: ${query}`),
      ...(before === undefined ? [`${server.shown} has nothing of the hour before impact.`] : []),
      ...warnings,
    ],
  });
}

/** What a person asks next when requests fail: which ones, and whether they still do. */
async function readMore(
  server: ReadsMetrics,
  series: ServiceSeries | undefined,
  { errorRatio = 0 }: Red,
  signal: AbortSignal,
): Promise<Pick<Red, 'worst' | 'latestErrorRatio'>> {
  if (series === undefined || !(errorRatio >= routesFrom)) return {};
  const [worst, latestErrorRatio] = await Promise.all([
    readWorstRoute(server, series, signal),
    readRecovery(server, series, errorRatio, signal),
  ]);
  return definedFields({ worst, latestErrorRatio });
}

function aboutOf(server: ReadsMetrics, service: string, series: ServiceSeries | undefined) {
  const source = series === undefined ? server.shown : `${server.shown}, {${series.selector}}`;
  return { id: `${service}/metrics`, subject: service, name: 'metrics', source };
}

function unrecognised(
  server: ReadsMetrics,
  service: string,
  series: ServiceSeries,
  { clock }: SignalContext,
): Observation {
  const reason = `none of its ${String(series.names.length)} metrics is known to be of requests: give metrics.queries in mayday.yaml`;
  return unseen({ ...aboutOf(server, service, series), name: 'requests' }, clock(), reason);
}

async function staleText(
  server: ReadsMetrics,
  series: ServiceSeries,
  { clock }: SignalContext,
  signal: AbortSignal,
): Promise<string | undefined> {
  const last = await lastSampleAt(server, series, signal);
  const now = clock();
  if (last === undefined || !isStale(last, now)) return undefined;
  return `its metrics are stale, the last sample is ${formatDuration(epochMsOf(now) - epochMsOf(last))} old`;
}

interface Drawing {
  readonly service: TargetService;
  readonly context: SignalContext;
  readonly series: ServiceSeries | undefined;
  readonly signal: AbortSignal;
}

/** A chart that cannot be drawn says why in the place of its source; the numbers do not depend on it. */
async function drawCharts(
  server: ReadsMetrics,
  { service: { name, metrics }, context, series, signal }: Drawing,
): Promise<readonly Chart[]> {
  const span = chartSpanOf(context.impactStart, context.clock());
  const queries = redQueriesOf(series, metrics?.queries, span.window);
  const tooLong = AbortSignal.timeout(chartsShare * context.limitMs);
  try {
    return await readRedCharts(server, { service: name, queries, span }, AbortSignal.any([signal, tooLong]));
  } catch (error) {
    if (signal.aborted || !isIncidentError(error)) throw error;
    const why = tooLong.aborted ? `${server.shown} took too long` : error.message;
    return [
      { id: `${name}/rate`, title: `${name} requests`, unit: 'perSecond', lines: [], source: `not drawn: ${why}` },
    ];
  }
}
