import { promqlText } from './promqlText.ts';
import type { RequestMetrics } from './recogniseRequests.ts';

/** PromQL that tells how the requests of a service go. Each gives one series without labels; none where there were no requests. */
export interface RequestQueries {
  /** Requests per second. */
  readonly rate: string;
  /** Requests that failed, per second; 0 where none did. Absent when nothing tells which ones failed. */
  readonly failed?: string;
  /** The ratio of those that failed, 0 to 1; NaN where there were no requests. */
  readonly errors?: string;
  /** Has a value where series of the service tell their status at all. */
  readonly hasStatus?: string;
  /** Seconds. Absent when there are no durations. */
  readonly p50?: string;
  readonly p95?: string;
  readonly p99?: string;
}

/**
 * The queries of recognised metrics.
 * @param selector label matchers without braces, `job="checkout"`; empty for all series.
 * @param window a duration of PromQL, `5m`, or a variable that stands for one.
 */
export function requestQueries(metrics: RequestMetrics, selector: string, window: string): RequestQueries {
  const rate = `sum(${rateOf(metrics, selector, window)})`;
  const failedRates = failedRatesOf(metrics, selector, window);
  const statuses = metrics.status?.labels.map(
    (label) => `${metrics.count.name}${matchers(selector, metrics.also, `${label}!=""`)}`,
  );
  const failed = failedRates === undefined ? undefined : `(sum(${failedRates}) or 0 * ${rate})`;
  return {
    rate,
    ...(failed === undefined ? {} : { failed, errors: `${failed} / ${rate}` }),
    ...(statuses === undefined ? {} : { hasStatus: `count(${statuses.join(' or ')})` }),
    ...quantileQueries(metrics, selector, window),
  };
}

/** Requests per second by what was asked for, and those that failed by status too: the labels that are there. */
export function requestsByRoute(
  metrics: RequestMetrics,
  selector: string,
  window: string,
): { readonly all: string; readonly failed: string } | undefined {
  const failed = failedRatesOf(metrics, selector, window);
  if (failed === undefined || metrics.routes.length === 0) return undefined;
  const routes = metrics.routes.join(', ');
  const statuses = metrics.status?.labels.join(', ') ?? '';
  return {
    all: `sum by (${routes}) (${rateOf(metrics, selector, window)})`,
    failed: `topk(20, sum by (${routes}, ${statuses}) (${failed}) > 0)`,
  };
}

/** `{job="checkout",code=~"5.."}`; parts that are empty are left out. */
export function matchers(...parts: readonly string[]): string {
  const given = parts.map((part) => part.trim().replace(/,$/, '')).filter((part) => part !== '');
  return given.length === 0 ? '' : `{${given.join(',')}}`;
}

function rateOf({ count, also }: RequestMetrics, selector: string, window: string, status = ''): string {
  const rate = `rate(${count.name}${matchers(selector, also, status)}[${window}])`;
  return count.native ? `histogram_count(${rate})` : rate;
}

/** A series with several of the labels counts once: `or` takes what is not on its left. */
function failedRatesOf(metrics: RequestMetrics, selector: string, window: string): string | undefined {
  if (metrics.status === undefined) return undefined;
  const { labels, failed } = metrics.status;
  return labels.map((label) => rateOf(metrics, selector, window, `${label}=~${promqlText(failed)}`)).join(' or ');
}

const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

function quantileQueries(
  metrics: RequestMetrics,
  selector: string,
  window: string,
): Partial<Pick<RequestQueries, keyof typeof quantiles>> {
  const { duration, also } = metrics;
  if (duration === undefined) return {};
  const { family, form, secondsPerUnit } = duration;
  const expression = (quantile: number): string => {
    const at = String(quantile);
    if (form === 'summary') return `max(${family}${matchers(selector, also, `quantile="${at}"`)})`;
    if (form === 'native')
      return `histogram_quantile(${at}, sum(rate(${family}${matchers(selector, also)}[${window}])))`;
    return `histogram_quantile(${at}, sum by (le) (rate(${family}_bucket${matchers(selector, also)}[${window}])))`;
  };
  const inSeconds = (text: string) => (secondsPerUnit === 1 ? text : `${text} * ${String(secondsPerUnit)}`);
  return Object.fromEntries(Object.entries(quantiles).map(([name, at]) => [name, inSeconds(expression(at))]));
}
