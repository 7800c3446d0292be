import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';
import { promqlPattern, promqlText } from './promqlText.ts';
import type { ReadsMetrics } from './readsMetrics.ts';
import type { RequestMetrics } from './recogniseRequests.ts';
import { recogniseRequests } from './recogniseRequests.ts';

/** What a server keeps of a service. */
export interface ServiceSeries {
  /** Label matchers without braces: `job="checkout"`. */
  readonly selector: string;
  /** The names of its metrics. */
  readonly names: readonly string[];
  /** Absent when none of its metrics are known to be of requests. */
  readonly requests?: RequestMetrics;
}

/** Labels that may hold a service's name, the most telling first. */
const serviceLabels = ['service', 'service_name', 'job', 'app', 'app_kubernetes_io_name'] as const;

/**
 * The series of a service: those of `metrics.selector`, else the first of the usual labels that holds its name and has metrics of
 * requests, else the first that has any. Undefined when there are none. Throws as `ReadsMetrics` does.
 */
export async function findServiceSeries(
  server: Pick<ReadsMetrics, 'names'>,
  { name, metrics }: Pick<ServiceConfiguration, 'name' | 'metrics'>,
  signal: AbortSignal,
): Promise<ServiceSeries | undefined> {
  const selectors = metrics?.selector === undefined ? selectorsOf(name) : [metrics.selector];
  const found = await Promise.all(
    selectors.map(async (selector) => seriesOf(selector, await server.names(`{${selector}}`, signal))),
  );
  return found.find(({ requests }) => requests !== undefined) ?? found.find(({ names }) => names.length > 0);
}

function selectorsOf(name: string): readonly string[] {
  return [
    ...serviceLabels.map((label) => `${label}=${promqlText(name)}`),
    // OpenTelemetry makes a job of a namespace and a name.
    `job=~${promqlText(`.+/${promqlPattern(name)}`)}`,
  ];
}

function seriesOf(selector: string, names: readonly string[]): ServiceSeries {
  const requests = recogniseRequests(names);
  return { selector, names, ...(requests === undefined ? {} : { requests }) };
}
