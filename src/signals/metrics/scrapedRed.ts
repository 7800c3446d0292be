import { formatDuration } from '../../documents/timeText.ts';
import { epochMsOf, hourMs, minuteMs } from '../../incident/isoTime.ts';
import { extremes } from '../statistics/extremes.ts';
import { histogramQuantile } from './histogramQuantile.ts';
import { fewRequests } from './judgeRed.ts';
import type { RequestMetrics } from './recogniseRequests.ts';
import type { FailingRoute, Red } from './red.ts';
import { redQuantiles } from './red.ts';
import type { Scrape, ScrapePair } from './scrape.ts';
import type { Increases, ProcessBetween } from './scrapeRates.ts';
import { increasesBetween, totalsOf } from './scrapeRates.ts';

/** Of now. */
const recentMs = 5 * minuteMs;
/** What a process counted that began longer ago is not of now. */
const youngProcessMs = hourMs;

/** Numbers from what a service itself exposes, with the time that they are of. */
export interface ScrapedRed {
  readonly red: Red;
  readonly windowSeconds: number;
  /** Which process answered, seen from the scrape before. */
  readonly process: ProcessBetween;
  /** Some of its counters of requests have no number (NaN, infinite), so that nothing is known of the whole. */
  readonly unread: boolean;
}

/**
 * How requests of a service go, from its own counters: over the shortest time of the last five minutes that has enough of them; where
 * none has, since the process began.
 * @param remembered earlier scrapes, the oldest first.
 */
export function scrapedRed(metrics: RequestMetrics, pair: ScrapePair, remembered: readonly Scrape[]): ScrapedRed {
  const { later } = pair;
  const now = epochMsOf(later.at);
  const earlier = [...new Set([pair.earlier, ...remembered])]
    .filter(({ at }) => epochMsOf(at) < now && now - epochMsOf(at) <= recentMs)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const recentFrom = (one: Scrape) =>
    redOf(metrics, later, (name) => increasesBetween({ earlier: one, later }, name), recentText);
  const isOfIt = (one: Scrape) => increasesBetween({ earlier: one, later }, metrics.count.name).process !== 'another';
  const enough = earlier.find((one) => isOfIt(one) && requestsBetween(metrics, { earlier: one, later }) >= fewRequests);
  if (enough !== undefined) return recentFrom(enough);
  const { process } = increasesBetween(pair, metrics.count.name);
  const totals = { ...redOf(metrics, later, (name) => totalsOf(later, name), sinceText), process };
  const isYoung = totals.windowSeconds > 0 && totals.windowSeconds * 1000 <= youngProcessMs;
  const oldest = earlier.findLast(isOfIt);
  if (isYoung || oldest === undefined) return isYoung ? totals : { ...totals, red: { ...totals.red, isOld: true } };
  const recent = recentFrom(oldest);
  const failsNow = (recent.red.failed ?? 0) > 0;
  return failsNow || (totals.red.requests ?? 0) < fewRequests
    ? recent
    : { ...totals, red: { ...totals.red, isOld: true } };
}

/** The numbers between two scrapes: a point of a chart. Undefined where they are of different instances. */
export function redBetween(metrics: RequestMetrics, pair: ScrapePair): Red | undefined {
  const { red, process } = redOf(metrics, pair.later, (name) => increasesBetween(pair, name), recentText);
  return process === 'another' ? undefined : red;
}

function recentText(counted: Increases): string {
  const { seconds, process } = counted;
  if (process !== 'same') return sinceText(counted);
  return `in the last ${seconds < 10 ? seconds.toFixed(1) + ' s' : formatDuration(seconds * 1000)}`;
}

function sinceText({ seconds }: Increases): string {
  return seconds > 0 ? `since it started ${formatDuration(seconds * 1000)} ago` : 'since it started';
}

function requestsBetween(metrics: RequestMetrics, pair: ScrapePair): number {
  return sumOf(countedOf(metrics, increasesBetween(pair, metrics.count.name)));
}

/** Without series that count what others count too. */
function countedOf(metrics: RequestMetrics, all: Increases): Increases {
  if (metrics.also === '') return all;
  return { ...all, increases: all.increases.filter(({ labels }) => isCounted(metrics, labels)) };
}

function redOf(
  metrics: RequestMetrics,
  later: Scrape,
  increasesOf: (name: string) => Increases,
  overOf: (counted: Increases) => string,
): ScrapedRed {
  const counted = countedOf(metrics, increasesOf(metrics.count.name));
  const { seconds, process, unread } = counted;
  // The rest of them would look like all of them.
  if (unread) return { red: { over: overOf(counted) }, windowSeconds: seconds, process, unread };
  const requests = sumOf(counted);
  const rate = seconds > 0 ? { perSecond: requests / seconds } : {};
  const red = {
    over: overOf(counted),
    requests,
    ...rate,
    ...errorsOf(metrics, counted),
    ...quantilesOf(metrics, later, increasesOf),
  };
  return { red, windowSeconds: seconds, process, unread };
}

/** Of the labels that `also` names, as PromQL would: exporters of proxies are asked for by their own address too. */
function isCounted({ also }: RequestMetrics, labels: Readonly<Record<string, string>>): boolean {
  return [...also.matchAll(/(\w+)(=~|!=)"([^"]*)"/g)].every(([, label = '', operator, value = '']) => {
    const actual = labels[label] ?? '';
    return operator === '!=' ? actual !== value : new RegExp(`^(?:${value})$`).test(actual);
  });
}

function errorsOf({ status, routes }: RequestMetrics, counted: Increases): Partial<Red> {
  const statusOf = (labels: Readonly<Record<string, string>>) => valueOf(status?.labels ?? [], labels);
  if (status === undefined || !counted.increases.some(({ labels }) => statusOf(labels) !== undefined)) return {};
  const pattern = new RegExp(`^(?:${status.failed})$`);
  const byRoute = new Map<string, { requests: number; failed: number; statuses: Map<string, number> }>();
  for (const { labels, increase } of counted.increases) {
    const route = valueOf(routes, labels) ?? '';
    const known = byRoute.get(route) ?? { requests: 0, failed: 0, statuses: new Map<string, number>() };
    byRoute.set(route, known);
    known.requests += increase;
    const told = statusOf(labels) ?? '';
    if (!pattern.test(told)) continue;
    known.failed += increase;
    known.statuses.set(told, (known.statuses.get(told) ?? 0) + increase);
  }
  const requests = sumOf(counted);
  const failed = [...byRoute.values()].reduce((sum, one) => sum + one.failed, 0);
  const worst = worstRoute(
    [...byRoute].map(([route, { statuses, ...one }]) => ({ route, ...one, ...mostOf(statuses) })),
  );
  return { failed, errorRatio: requests === 0 ? NaN : failed / requests, ...(worst === undefined ? {} : { worst }) };
}

/** The route with the most failures; undefined where none failed, or routes are not told apart. */
export function worstRoute(routes: readonly FailingRoute[]): FailingRoute | undefined {
  const [worst] = routes
    .filter(({ route, failed }) => route !== '' && failed > 0)
    .toSorted((a, b) => b.failed - a.failed);
  return worst;
}

function mostOf(statuses: ReadonlyMap<string, number>): Pick<FailingRoute, 'status'> {
  const [most] = [...statuses].toSorted(([, a], [, b]) => b - a);
  return most === undefined ? {} : { status: most[0] };
}

function quantilesOf(
  { duration }: RequestMetrics,
  later: Scrape,
  increasesOf: (name: string) => Increases,
): Partial<Red> {
  if (duration === undefined || duration.form === 'native') return {};
  const { family, form, secondsPerUnit } = duration;
  const of = form === 'summary' ? summaryQuantile(later, family) : bucketQuantile(increasesOf(`${family}_bucket`));
  const found = redQuantiles.map((name) => [name, of(Number(name.slice(1)) / 100)] as const);
  return Object.fromEntries(
    found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value * secondsPerUnit] as const])),
  );
}

function bucketQuantile({ increases }: Increases): (quantile: number) => number {
  const buckets = increases.map(({ labels, increase }) => ({ le: boundOf(labels['le']), count: increase }));
  return (quantile) => histogramQuantile(quantile, buckets);
}

/** What the service worked out itself: of several series the slowest. */
function summaryQuantile({ samples }: Scrape, family: string): (quantile: number) => number | undefined {
  const own = samples.filter(({ name }) => name === family);
  return (quantile) => {
    const values = own.filter(({ labels }) => Number(labels['quantile']) === quantile).map(({ value }) => value);
    const numbers = values.filter((value) => !Number.isNaN(value));
    return numbers.length === 0 ? values[0] : extremes(numbers).greatest;
  };
}

function boundOf(text: string | undefined): number {
  return text === '+Inf' ? Infinity : Number(text ?? NaN);
}

function valueOf(names: readonly string[], labels: Readonly<Record<string, string>>): string | undefined {
  return names.map((name) => labels[name]).find((value) => value !== undefined && value !== '');
}

function sumOf({ increases }: Increases): number {
  return increases.reduce((sum, { increase }) => sum + increase, 0);
}
