import type { RequestFamily, StatusRule } from './requestFamilies.ts';
import { requestFamilies } from './requestFamilies.ts';

/** How a server keeps durations: buckets as series of their own, one native histogram, or quantiles that the service worked out. */
export type DurationForm = 'classic' | 'native' | 'summary';

/** Metrics of requests as a service or a proxy has them. */
export interface RequestMetrics {
  /** Who names them so, for people: `OpenTelemetry`. */
  readonly kind: string;
  /** A counter with its suffix, `http_requests_total`; with `native`, a native histogram that counts them too. */
  readonly count: { readonly name: string; readonly native: boolean };
  readonly duration?: { readonly family: string; readonly form: DurationForm; readonly secondsPerUnit: number };
  /** Absent: nothing tells which ones failed. */
  readonly status?: StatusRule;
  /** Labels that may tell what was asked for. */
  readonly routes: readonly string[];
  /** Further label matchers, without braces; empty when none are needed. */
  readonly also: string;
}

/**
 * The metrics of requests among the names of a service's series, with their suffixes: as `ReadsMetrics.names` lists them, or as its own
 * exposition has them. Undefined when there are none that are known.
 */
export function recogniseRequests(names: readonly string[]): RequestMetrics | undefined {
  const all = new Set(names);
  for (const family of requestFamilies) {
    const found = recognised(family, all);
    if (found !== undefined) return found;
  }
  const own = prefixed(names);
  return own === undefined ? undefined : recognised(own, all);
}

/** Nearly all services prefix metrics of their own; the promhttp one counts scrapes. */
const prefixedPattern =
  /^(?!promhttp_|prometheus_|grafana_.*_client_)(\w{1,60}_http_)(?:requests_total|request_duration_seconds(?:_count)?)$/;

function prefixed(names: readonly string[]): RequestFamily | undefined {
  const client = requestFamilies.find(({ counter }) => counter === 'http_requests_total');
  const [prefix] = names.flatMap((name) => prefixedPattern.exec(name)?.[1] ?? []).toSorted();
  if (prefix === undefined || client === undefined) return undefined;
  return {
    ...client,
    kind: `${prefix}… (Prometheus client)`,
    counter: `${prefix}requests_total`,
    duration: `${prefix}request_duration_seconds`,
  };
}

function recognised(family: RequestFamily, names: ReadonlySet<string>): RequestMetrics | undefined {
  const { kind, routes, status, also = '' } = family;
  const form = family.duration === undefined ? undefined : formOf(family.duration, names);
  const count = countOf(family, names, form);
  if (count === undefined || (family.needsDuration === true && form === undefined)) return undefined;
  const { duration: name = '', secondsPerUnit = 1 } = family;
  const duration = form === undefined ? {} : { duration: { family: name, form, secondsPerUnit } };
  return { kind, count, ...duration, ...(status === undefined ? {} : { status }), routes, also };
}

function formOf(duration: string, names: ReadonlySet<string>): DurationForm | undefined {
  if (names.has(`${duration}_bucket`)) return 'classic';
  if (!names.has(duration)) return undefined;
  return names.has(`${duration}_count`) ? 'summary' : 'native';
}

function countOf(
  { counter, needsCounter = false, duration = '' }: RequestFamily,
  names: ReadonlySet<string>,
  form: DurationForm | undefined,
): RequestMetrics['count'] | undefined {
  if (counter !== undefined && names.has(counter)) return { name: counter, native: false };
  if (needsCounter) return undefined;
  if (names.has(`${duration}_count`)) return { name: `${duration}_count`, native: false };
  return form === 'native' ? { name: duration, native: true } : undefined;
}
