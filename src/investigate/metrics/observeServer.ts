import { formatDuration } from '../../documents/timeText.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import { comparisonLimits, lookPart, type PartLimits, toldOf } from '../../signals/lookPart.ts';
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

interface ServerLook {
  readonly service: TargetService;
  readonly context: SignalContext;
  /** The service itself can be asked instead: what is not recognised here is nothing then. */
  readonly hasOther: boolean;
  /** For all that is asked, in milliseconds. */
  readonly limitMs: number;
  /** Charts come when they are drawn: nobody waits for them to be told the numbers. */
  readonly keepCharts: (charts: readonly Chart[]) => void;
}

/**
 * Rate, errors and durations as a server has them; undefined when it has nothing of the service. What they are compared with, and
 * charts, may be missing by themselves. Throws as `ReadsMetrics` does.
 */
export async function observeServer(
  server: ReadsMetrics,
  { service, context, hasOther, limitMs, keepCharts }: ServerLook,
  signal: AbortSignal,
): Promise<readonly Observation[] | undefined> {
  const { name, metrics } = service;
  const configured = metrics?.queries ?? {};
  const limits = comparisonLimits(server.shown, limitMs, signal);
  const series = await findServiceSeries(server, asConfigured(service), signal);
  const queries = redQueriesOf(series, configured);
  if (Object.keys(queries).length === 0)
    return series === undefined || hasOther ? undefined : [unrecognised(server, name, series, context)];

  const drawing = drawCharts(server, { service, context, series, limits }).then(keepCharts);
  // Awaited below; until then another failure may come first.
  drawing.catch(() => undefined);
  const [{ red, warnings, hasStatus }, { before, unread }] = await Promise.all([
    readRed(server, queries, signal),
    readRedBaseline(server, queries, context.impactStart, limits),
  ]);
  const stale =
    red.perSecond === undefined && series !== undefined ? await staleText(server, series, context, signal) : undefined;
  if (stale !== undefined)
    return [unseen({ ...aboutOf(server, name, series), name: 'requests' }, context.clock(), stale)];
  const more = configured.errors === undefined ? await readMore(server, series, red, limits) : {};
  await drawing;
  const requests = series?.requests;
  return redObservations({
    service: name,
    now: { ...red, ...more },
    ...definedFields({ before, unread, doubt: serverDoubt(warnings, { clock: 'matters' }) }),
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
      ...(before === undefined && Object.keys(unread).length === 0
        ? [`${server.shown} has nothing of the hour before impact.`]
        : []),
      ...warnings,
    ],
  });
}

/** What a person asks next when requests fail: which ones, and whether they still do. */
async function readMore(
  server: ReadsMetrics,
  series: ServiceSeries | undefined,
  { errorRatio = 0 }: Red,
  limits: PartLimits,
): Promise<Pick<Red, 'worst' | 'latestErrorRatio'>> {
  if (series === undefined || !(errorRatio >= routesFrom)) return {};
  const [worst, latestErrorRatio] = await Promise.all([
    lookPart((signal) => readWorstRoute(server, series, signal), limits),
    lookPart((signal) => readRecovery(server, series, errorRatio, signal), limits),
  ]);
  return definedFields({ worst: toldOf(worst), latestErrorRatio: toldOf(latestErrorRatio) });
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
  readonly limits: PartLimits;
}

/** A chart that cannot be drawn says why in the place of its source; the numbers do not depend on it. */
async function drawCharts(
  server: ReadsMetrics,
  { service: { name, metrics }, context, series, limits }: Drawing,
): Promise<readonly Chart[]> {
  const span = chartSpanOf(context.impactStart, context.clock());
  const queries = redQueriesOf(series, metrics?.queries, span.window);
  const drawn = await lookPart((signal) => readRedCharts(server, { service: name, queries, span }, signal), limits);
  if (drawn.kind === 'told') return drawn.value;
  const source = `not drawn: ${drawn.why}`;
  return [{ id: `${name}/rate`, title: `${name} requests`, unit: 'perSecond', lines: [], source }];
}
