import type { ServiceMetricsConfiguration } from '../../config/signalConfiguration.ts';
import { definedFields } from '../../incident/definedFields.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, hourMs, isoTimeOf, minuteMs, plusMs } from '../../incident/isoTime.ts';
import { lookPart, missingOf, type PartLimits, toldOf } from '../lookPart.ts';
import { extremes } from '../statistics/extremes.ts';
import type { ServiceSeries } from './findServiceSeries.ts';
import type { Answer, Point, ReadsMetrics } from './readsMetrics.ts';
import type { FailingRoute, Red, RedBaseline, UnreadBaseline } from './red.ts';
import { redQuantiles, spreadOf } from './red.ts';
import type { RequestQueries } from './requestQueries.ts';
import { requestQueries, requestsByRoute } from './requestQueries.ts';
import { worstRoute } from './scrapedRed.ts';

/** How far a look at *now* goes back. */
export const redWindowSeconds = 300;
const windowText = '5m';
const over = 'in the last 5 min';
/** Impact is rarely noticed in the minute it begins: what is just before it is not taken for normal. */
const beforeImpactMs = 5 * minuteMs;
const baselineStepSeconds = 60;

/** Queries that tell rate, errors and durations: those of mayday.yaml, else those of what was recognised. */
export function redQueriesOf(
  series: ServiceSeries | undefined,
  configured: ServiceMetricsConfiguration['queries'] = {},
  window = windowText,
): Partial<RequestQueries> {
  const recognised = series?.requests === undefined ? {} : requestQueries(series.requests, series.selector, window);
  const { rate, errors, p50, p95, p99 } = configured;
  // What somebody gave a query for needs no label that tells it.
  const own = Object.fromEntries(
    Object.entries({ rate, errors, p50, p95, p99 }).filter(([, query]) => query !== undefined),
  );
  return { ...recognised, ...own };
}

/** Rate, errors and durations now, with what the server said beside them. Throws as `ReadsMetrics` does. */
export async function readRed(
  server: ReadsMetrics,
  queries: Partial<RequestQueries>,
  signal: AbortSignal,
): Promise<{ readonly red: Red; readonly warnings: readonly string[]; readonly hasStatus: boolean }> {
  const names = ['rate', 'errors', 'hasStatus', ...redQuantiles] as const;
  const asked = await Promise.all(
    names.map(async (name) => {
      const query = queries[name];
      return query === undefined ? undefined : await server.instant(query, { signal });
    }),
  );
  const [rate, errors, hasStatus, ...quantiles] = asked.map((answer) =>
    answer === undefined ? undefined : valueOf(answer),
  );
  const tellsStatus = queries.hasStatus === undefined || hasStatus !== undefined;
  const perSecond = rate ?? (errors === undefined ? undefined : NaN);
  const requests = perSecond === undefined ? undefined : perSecond * redWindowSeconds;
  const red: Red = {
    over,
    ...(perSecond === undefined ? {} : { perSecond }),
    ...(requests === undefined || Number.isNaN(requests) ? {} : { requests }),
    ...(errors === undefined || !tellsStatus ? {} : { errorRatio: errors }),
    ...(errors === undefined || !tellsStatus || requests === undefined ? {} : failedOf(errors, requests)),
    ...Object.fromEntries(
      redQuantiles.flatMap((name, index) => {
        const value = quantiles[index];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  };
  const warnings = [...new Set(asked.flatMap((answer) => answer?.warnings ?? []))];
  return { red, warnings, hasStatus: tellsStatus };
}

function failedOf(ratio: number, requests: number): Pick<Red, 'failed'> {
  const failed = ratio * requests;
  return Number.isFinite(failed) ? { failed } : {};
}

/**
 * How it was in the hour until five minutes before impact: `before` is undefined when the server has nothing of that time, and
 * `unread` says why some of it could not be read.
 */
export async function readRedBaseline(
  server: ReadsMetrics,
  queries: Partial<RequestQueries>,
  impactStart: IsoTime,
  limits: PartLimits,
): Promise<{ readonly before: RedBaseline | undefined; readonly unread: UnreadBaseline }> {
  const end = plusMs(impactStart, -beforeImpactMs);
  const options = { start: plusMs(end, -hourMs), end, stepSeconds: baselineStepSeconds };
  const parts = await Promise.all(
    Object.entries({
      perSecond: queries.rate,
      errorRatio: queries.errors,
      p50: queries.p50,
      p95: queries.p95,
      p99: queries.p99,
    }).map(async ([name, query]) => {
      if (query === undefined) return [];
      return [[name, await lookPart((signal) => server.range(query, { ...options, signal }), limits)] as const];
    }),
  );
  const asked = parts.flat();
  const known = asked.flatMap(([name, part]) => {
    const answer = toldOf(part);
    const spread = answer && spreadOf(pointsOf(answer).map(([, value]) => value));
    return spread === undefined ? [] : [[name, spread] as const];
  });
  const before = known.length === 0 ? undefined : { over: 'in the hour before impact', ...Object.fromEntries(known) };
  return { before, unread: definedFields(Object.fromEntries(asked.map(([name, part]) => [name, missingOf(part)]))) };
}

/** How much lower the ratio of the last minute is when things get better. */
const betterTimes = 1 / 3;

/** The ratio of errors in the last minute where it is much lower than `errorRatio`; undefined where it is not, or where nothing tells. */
export async function readRecovery(
  server: ReadsMetrics,
  { requests, selector }: ServiceSeries,
  errorRatio: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const query = requests === undefined ? undefined : requestQueries(requests, selector, '1m').errors;
  if (query === undefined) return undefined;
  const latest = valueOf(await server.instant(query, { signal }));
  return latest !== undefined && latest <= betterTimes * errorRatio ? latest : undefined;
}

/** What was asked for when most requests failed; undefined where none did or nothing tells. */
export async function readWorstRoute(
  server: ReadsMetrics,
  { requests, selector }: ServiceSeries,
  signal: AbortSignal,
): Promise<FailingRoute | undefined> {
  const queries = requests === undefined ? undefined : requestsByRoute(requests, selector, windowText);
  if (queries === undefined || requests === undefined) return undefined;
  const [all, failed] = await Promise.all([
    server.instant(queries.all, { signal }),
    server.instant(queries.failed, { signal }),
  ]);
  const labelOf = (labels: Readonly<Record<string, string>>, names: readonly string[]) =>
    names.map((name) => labels[name]).find((value) => value !== undefined && value !== '');
  const sums = (answer: Answer, keyOf: (labels: Readonly<Record<string, string>>) => string) => {
    const found = new Map<string, number>();
    for (const { labels, points } of answer.series) {
      const key = keyOf(labels);
      found.set(key, (found.get(key) ?? 0) + (points[0]?.[1] ?? 0) * redWindowSeconds);
    }
    return found;
  };
  const routeOf = (labels: Readonly<Record<string, string>>) => labelOf(labels, requests.routes) ?? '';
  const totals = sums(all, routeOf);
  const failures = sums(failed, routeOf);
  const worst = worstRoute(
    [...failures].map(([route, count]) => ({ route, failed: count, requests: totals.get(route) ?? count })),
  );
  if (worst === undefined) return undefined;
  const ofWorst = { ...failed, series: failed.series.filter(({ labels }) => routeOf(labels) === worst.route) };
  const statuses = sums(ofWorst, (labels) => labelOf(labels, requests.status?.labels ?? []) ?? '');
  const [most] = [...statuses].toSorted(([, a], [, b]) => b - a);
  return most === undefined || most[0] === '' ? worst : { ...worst, status: most[0] };
}

/** How old the newest sample of the requests is; undefined when there is none of the last hours. */
export async function lastSampleAt(
  server: ReadsMetrics,
  { requests, selector }: ServiceSeries,
  signal: AbortSignal,
): Promise<IsoTime | undefined> {
  if (requests === undefined) return undefined;
  const series = `${requests.count.name}{${[selector, requests.also].filter((part) => part !== '').join(',')}}`;
  const at = valueOf(await server.instant(`max(max_over_time(timestamp(${series})[6h:1m]))`, { signal }));
  return at === undefined || !Number.isFinite(at) ? undefined : isoTimeOf(at * 1000);
}

/** True for a sample that is no longer of now: Prometheus itself forgets it by then. */
export function isStale(last: IsoTime, now: IsoTime): boolean {
  return epochMsOf(now) - epochMsOf(last) > redWindowSeconds * 1000;
}

/** Of a query that gives several series, the greatest: the worst of what a team's own query tells apart. */
function valueOf({ series }: Answer): number | undefined {
  const values = series.flatMap(({ points }) => points.slice(-1).map(([, value]) => value));
  const numbers = values.filter((value) => !Number.isNaN(value));
  return numbers.length > 0 ? extremes(numbers).greatest : values[0];
}

/** The points of a range query; of several series, the greatest at each moment. */
export function pointsOf({ series }: Answer): readonly Point[] {
  const greatest = new Map<number, number>();
  for (const [at, value] of series.flatMap(({ points }) => points)) {
    const known = greatest.get(at);
    if (known === undefined || Number.isNaN(known) || value > known) greatest.set(at, value);
  }
  return [...greatest].toSorted(([a], [b]) => a - b);
}
