import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import { dayMs, isoTimeOf, minuteMs } from '../../incident/isoTime.ts';
import type { ChartLine } from '../metrics/chart.ts';
import { findServiceSeries } from '../metrics/findServiceSeries.ts';
import type { Answer, Point, ReadsMetrics } from '../metrics/readsMetrics.ts';
import { serverDoubt } from '../metrics/serverDoubt.ts';
import { requestQueries } from '../metrics/requestQueries.ts';
import { type Baseline, judgeRate } from './judgeRate.ts';
import { labelledCounts, type RequestSeries } from './labelledCounts.ts';
import { labelShares } from './labelShares.ts';
import { sharesView } from './sharesView.ts';
import { beforeLabel, chartMs, fewestSlices, nowSeconds, type Span, type TrafficWindows } from './trafficWindows.ts';
import type { TrafficView } from './trafficView.ts';

const sliceMs = nowSeconds * 1000;
const hourSeconds = 3600;

/**
 * What Prometheus tells of a service's traffic, against the hour before and the same time of other days. Throws IncidentError: what
 * the reader throws, and `notFound` when it has no request metrics of the service that are known, or none of now.
 */
export async function prometheusView(
  reader: ReadsMetrics,
  service: Pick<ServiceConfiguration, 'name' | 'metrics'>,
  windows: TrafficWindows,
  signal: AbortSignal,
): Promise<TrafficView> {
  const found = await findServiceSeries(reader, service, signal);
  const series = found?.requests && { selector: found.selector, metrics: found.requests };
  const query = service.metrics?.queries?.rate ?? rateQuery(series);
  if (query === undefined) throw noMetrics(reader, service);
  const [rates, shares] = await Promise.all([
    readRates(reader, query, windows, signal),
    series === undefined ? undefined : readShares(reader, series, windows, signal),
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
      ...(shares === undefined
        ? {}
        : sharesView({ ...shares, label: beforeLabel(windows), missing: baselines[0]?.missing })),
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
  readonly warnings: readonly string[];
}

/** A point is of the slice that it ends: the first one ends a slice after its span begins. */
async function readRates(
  reader: ReadsMetrics,
  query: string,
  windows: TrafficWindows,
  signal: AbortSignal,
): Promise<Rates> {
  const { nowMs, before, yesterday, lastWeek } = windows;
  const chartFromMs = Math.max(before.fromMs + sliceMs, nowMs - chartMs);
  const ask = async ({ fromMs, toMs }: Span): Promise<Answer> => {
    const steps = Math.max(0, Math.floor((toMs - fromMs) / minuteMs));
    const [start, end] = [isoTimeOf(toMs - steps * minuteMs), isoTimeOf(toMs)];
    return reader.range(query, { start, end, stepSeconds: minuteMs / 1000, signal });
  };
  const [hour, today, dayBefore, weekBefore] = await Promise.all([
    // Long after impact began, what lies between is on no chart.
    chartFromMs > before.toMs ? ask({ fromMs: before.fromMs + sliceMs, toMs: before.toMs }) : undefined,
    ask({ fromMs: chartFromMs, toMs: nowMs }),
    ask({ fromMs: Math.min(chartFromMs - dayMs, yesterday.fromMs + sliceMs), toMs: yesterday.toMs }),
    ask({ fromMs: Math.min(chartFromMs - 7 * dayMs, lastWeek.fromMs + sliceMs), toMs: lastWeek.toMs }),
  ]);
  return {
    today: [...pointsOf(hour), ...pointsOf(today)],
    yesterday: pointsOf(dayBefore),
    lastWeek: pointsOf(weekBefore),
    warnings: [hour, today, dayBefore, weekBefore].flatMap((answer) => answer?.warnings ?? []),
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
  { today, yesterday, lastWeek }: Rates,
  windows: TrafficWindows,
  shown: string,
): readonly Baseline[] {
  const of = (kind: Baseline['kind'], label: string, points: readonly Point[], span: Span, least: number): Baseline => {
    const isIn = (ms: number) => ms >= span.fromMs + sliceMs && ms <= span.toMs;
    const rates = points.flatMap(([at, value]) => (isIn(at * 1000) ? [value] : []));
    if (rates.length >= least) return { kind, label, rates };
    return { kind, label, rates: [], missing: `${shown} has no samples from then` };
  };
  return [
    of('recent', beforeLabel(windows), today, windows.before, fewestSlices.before),
    of('usual', 'at this time yesterday', yesterday, windows.yesterday, fewestSlices.otherDay),
    of('usual', 'at this time last week', lastWeek, windows.lastWeek, fewestSlices.otherDay),
  ];
}

async function readShares(
  reader: ReadsMetrics,
  { metrics, selector }: RequestSeries,
  windows: TrafficWindows,
  signal: AbortSignal,
) {
  const at = async (ms: number, seconds: number) =>
    labelledCounts(reader, { metrics, selector }, { at: isoTimeOf(ms), seconds }, signal);
  const [before, now] = await Promise.all([at(windows.before.toMs, hourSeconds), at(windows.nowMs, nowSeconds)]);
  return {
    before: labelShares(before.counts, metrics),
    now: labelShares(now.counts, metrics),
    warnings: [...before.warnings, ...now.warnings],
  };
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
