import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import { dayMs, isoTimeOf, minuteMs } from '../../incident/isoTime.ts';
import { type LookPart, lookPart, missingOf, type PartLimits, toldOf } from '../lookPart.ts';
import type { ChartLine } from '../metrics/chart.ts';
import { findServiceSeries } from '../metrics/findServiceSeries.ts';
import type { Answer, Point, ReadsMetrics } from '../metrics/readsMetrics.ts';
import { serverDoubt } from '../metrics/serverDoubt.ts';
import { requestQueries } from '../metrics/requestQueries.ts';
import { type Baseline, judgeRate } from './judgeRate.ts';
import { labelledCounts, type RequestSeries } from './labelledCounts.ts';
import { labelShares } from './labelShares.ts';
import { type SharesOfTime, sharesView } from './sharesView.ts';
import { beforeLabel, chartMs, fewestSlices, nowSeconds, type Span, type TrafficWindows } from './trafficWindows.ts';
import type { TrafficView } from './trafficView.ts';

const sliceMs = nowSeconds * 1000;
const hourSeconds = 3600;

/**
 * What Prometheus tells of a service's traffic, against the hour before and the same time of other days; each of them may be missing
 * by itself. Throws IncidentError: what
 * the reader throws, and `notFound` when it has no request metrics of the service that are known, or none of now.
 */
export async function prometheusView(
  reader: ReadsMetrics,
  service: Pick<ServiceConfiguration, 'name' | 'metrics'>,
  windows: TrafficWindows,
  limits: PartLimits,
): Promise<TrafficView> {
  const { signal } = limits;
  const found = await findServiceSeries(reader, service, signal);
  const series = found?.requests && { selector: found.selector, metrics: found.requests };
  const query = service.metrics?.queries?.rate ?? rateQuery(series);
  if (query === undefined) throw noMetrics(reader, service);
  const [rates, shares] = await Promise.all([
    readRates(reader, query, windows, limits),
    series === undefined ? undefined : readShares(reader, series, windows, limits),
  ]);
  const baselines = baselinesOf(rates, windows, reader.shown);
  const now = rates.today.find(([at]) => at * 1000 >= windows.nowMs - 1000)?.[1];
  if (now === undefined) throw nothingNow(reader, rates.today);
  const warnings = [...new Set([...rates.warnings, ...(shares?.warnings ?? [])])];
  return {
    source: `${reader.shown}: ${query}`,
    // It was asked for times of our clock.
    ...definedFields({ doubt: serverDoubt(warnings, { clock: 'matters' }) }),
    seen: {
      rate: judgeRate({ now, seconds: nowSeconds, baselines }),
      ...(shares === undefined ? {} : sharesSeen(shares, beforeLabel(windows), baselines[0]?.missing)),
    },
    notes: warnings,
    problems: [],
    chart: { unit: 'perSecond', lines: chartLines(rates, windows), source: `${reader.shown}: ${query}` },
  };
}

function rateQuery(series: RequestSeries | undefined): string | undefined {
  return series && requestQueries(series.metrics, series.selector, `${String(nowSeconds)}s`).rate;
}

interface Rates {
  readonly today: readonly Point[];
  readonly yesterday: readonly Point[];
  readonly lastWeek: readonly Point[];
  /** Why something of these times could not be read. */
  readonly unread: Readonly<Partial<Record<'before' | 'yesterday' | 'lastWeek', string>>>;
  readonly warnings: readonly string[];
}

/** A point is of the slice that it ends: the first one ends a slice after its span begins. */
async function readRates(
  reader: ReadsMetrics,
  query: string,
  windows: TrafficWindows,
  limits: PartLimits,
): Promise<Rates> {
  const { nowMs, before, yesterday, lastWeek } = windows;
  const chartFromMs = Math.max(before.fromMs + sliceMs, nowMs - chartMs);
  const ask = async ({ fromMs, toMs }: Span, signal: AbortSignal): Promise<Answer> => {
    const steps = Math.max(0, Math.floor((toMs - fromMs) / minuteMs));
    const [start, end] = [isoTimeOf(toMs - steps * minuteMs), isoTimeOf(toMs)];
    return reader.range(query, { start, end, stepSeconds: minuteMs / 1000, signal });
  };
  const compare = (span: Span) => lookPart((signal) => ask(span, signal), limits);
  const none: LookPart<undefined> = { kind: 'told', value: undefined };
  const [today, hour, dayBefore, weekBefore] = await Promise.all([
    ask({ fromMs: chartFromMs, toMs: nowMs }, limits.signal),
    // Long after impact began, what lies between is on no chart.
    chartFromMs > before.toMs ? compare({ fromMs: before.fromMs + sliceMs, toMs: before.toMs }) : none,
    compare({ fromMs: Math.min(chartFromMs - dayMs, yesterday.fromMs + sliceMs), toMs: yesterday.toMs }),
    compare({ fromMs: Math.min(chartFromMs - 7 * dayMs, lastWeek.fromMs + sliceMs), toMs: lastWeek.toMs }),
  ]);
  return {
    today: [...pointsOf(toldOf(hour)), ...pointsOf(today)],
    yesterday: pointsOf(toldOf(dayBefore)),
    lastWeek: pointsOf(toldOf(weekBefore)),
    unread: definedFields({
      ...{ before: missingOf(hour), yesterday: missingOf(dayBefore), lastWeek: missingOf(weekBefore) },
    }),
    warnings: [today, toldOf(hour), toldOf(dayBefore), toldOf(weekBefore)].flatMap((answer) => answer?.warnings ?? []),
  };
}

/** Those of one series: a query of the team's own may give several, which are parts of the whole. */
function pointsOf(answer: Answer | undefined): readonly Point[] {
  const sums = new Map<number, number>();
  for (const { points } of answer?.series ?? []) {
    for (const [at, value] of points) if (Number.isFinite(value)) sums.set(at, (sums.get(at) ?? 0) + value);
  }
  return [...sums].sort(([a], [b]) => a - b);
}

function baselinesOf(
  { today, yesterday, lastWeek, unread }: Rates,
  windows: TrafficWindows,
  shown: string,
): readonly Baseline[] {
  const of = (
    kind: Baseline['kind'],
    label: string,
    points: readonly Point[],
    time: keyof Rates['unread'],
    least: number,
  ): Baseline => {
    const why = unread[time];
    if (why !== undefined) return { kind, label, rates: [], missing: why, unread: true };
    const span = windows[time];
    const isIn = (ms: number) => ms >= span.fromMs + sliceMs && ms <= span.toMs;
    const rates = points.flatMap(([at, value]) => (isIn(at * 1000) ? [value] : []));
    if (rates.length >= least) return { kind, label, rates };
    return { kind, label, rates: [], missing: `${shown} has no samples from then` };
  };
  return [
    of('recent', beforeLabel(windows), today, 'before', fewestSlices.before),
    of('usual', 'at this time yesterday', yesterday, 'yesterday', fewestSlices.otherDay),
    of('usual', 'at this time last week', lastWeek, 'lastWeek', fewestSlices.otherDay),
  ];
}

interface Shares {
  readonly before: SharesOfTime;
  readonly now: SharesOfTime;
  /** Why one of the two could not be read. */
  readonly unread?: string;
  readonly warnings: readonly string[];
}

async function readShares(
  reader: ReadsMetrics,
  { metrics, selector }: RequestSeries,
  windows: TrafficWindows,
  limits: PartLimits,
): Promise<Shares> {
  const at = (ms: number, seconds: number) =>
    lookPart((signal) => labelledCounts(reader, { metrics, selector }, { at: isoTimeOf(ms), seconds }, signal), limits);
  const [before, now] = await Promise.all([at(windows.before.toMs, hourSeconds), at(windows.nowMs, nowSeconds)]);
  return {
    before: labelShares(toldOf(before)?.counts ?? [], metrics),
    now: labelShares(toldOf(now)?.counts ?? [], metrics),
    ...definedFields({ unread: missingOf(now) ?? missingOf(before) }),
    warnings: [before, now].flatMap((part) => toldOf(part)?.warnings ?? []),
  };
}

function sharesSeen({ before, now, unread }: Shares, label: string, missing: string | undefined): TrafficView['seen'] {
  const seen = sharesView({ before, now, label, missing: unread ?? missing });
  if (unread === undefined || Object.keys(seen).length > 0) return seen;
  return { statuses: { verdict: 'unknown', text: `cannot be compared: ${unread}`, details: [] } };
}

function chartLines({ today, yesterday, lastWeek }: Rates, { nowMs }: TrafficWindows): readonly ChartLine[] {
  const line = (name: string, points: readonly Point[], agoMs: number): ChartLine => ({
    name,
    points: points
      .map(([at, value]) => [at + agoMs / 1000, value] as const)
      .filter(([at]) => at * 1000 <= nowMs && at * 1000 >= nowMs - chartMs),
  });
  return [line('Today', today, 0), line('Yesterday', yesterday, dayMs), line('Last week', lastWeek, 7 * dayMs)].filter(
    ({ points }) => points.length > 0,
  );
}

function noMetrics(
  { shown }: ReadsMetrics,
  { name, metrics }: Pick<ServiceConfiguration, 'name' | 'metrics'>,
): IncidentError {
  const where = metrics?.selector === undefined ? `labelled with the name ${name}` : `of {${metrics.selector}}`;
  return new IncidentError('notFound', `${shown} has no request metrics that are known ${where}.`, {
    hint: 'Name its series with metrics.selector in mayday.yaml, or give PromQL as metrics.queries.rate.',
  });
}

function nothingNow({ shown }: ReadsMetrics, today: readonly Point[]): IncidentError {
  const last = today.at(-1)?.[0];
  const since =
    last === undefined
      ? ''
      : `, the last is from ${isoTimeOf(last * 1000)
          .slice(0, 16)
          .replace('T', ' ')} UTC`;
  return new IncidentError('notFound', `${shown} has no sample of requests now${since}.`, {
    hint: 'See whether it still scrapes the service.',
  });
}
