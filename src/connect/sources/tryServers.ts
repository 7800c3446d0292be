import { listAt, numberAt, textAt } from '../../changes/deployed/jsonFields.ts';
import type { Endpoint } from '../../config/signalConfiguration.ts';
import type { SourceTarget } from '../../investigate/sources/sourceToTry.ts';
import type { Trial } from '../../investigate/sources/testDataSources.ts';
import type { Endpoints } from '../endpoints.ts';
import { isHttpError } from '../httpError.ts';

/** Prometheus: its version, and how many series it has. Servers that only speak its query API answer a query. */
export async function tryPrometheus(endpoints: Endpoints, endpoint: Endpoint, signal: AbortSignal): Promise<Trial> {
  const version = textAt(await optional(endpoints, endpoint, '/api/v1/status/buildinfo', signal), 'data', 'version');
  const answer = await endpoints.json(endpoint, { path: '/api/v1/query', query: { query: 'count(up)' }, signal });
  if (textAt(answer, 'status') !== 'success') {
    return { outcome: 'failed', text: 'answers, but not as Prometheus does', hint: 'Check the address and its path.' };
  }
  const targets = sampleOf(answer);
  const status = await optional(endpoints, endpoint, '/api/v1/status/tsdb', signal);
  const series = numberAt(status, 'data', 'headStats', 'numSeries');
  const parts = [
    version === undefined ? 'answers queries' : `is Prometheus ${version}`,
    ...(series === undefined ? [] : [counted(series, 'series', 'series')]),
    targets === undefined ? 'no target' : counted(targets, 'target', 'targets'),
  ];
  return { outcome: 'answered', text: parts.join(', ') };
}

/** How many series a service's selector fits now. */
export async function trySelector(
  endpoints: Endpoints,
  { endpoint, selector }: Extract<SourceTarget, { kind: 'selector' }>,
  signal: AbortSignal,
): Promise<Trial> {
  const answer = await endpoints.json(endpoint, {
    ...{ path: '/api/v1/query', query: { query: `count({${selector}})` } },
    signal,
  });
  const series = sampleOf(answer);
  if (series === undefined) {
    return { outcome: 'failed', text: 'fits no series now', hint: 'Check metrics.selector and metrics.source.' };
  }
  return { outcome: 'answered', text: `fits ${counted(series, 'series', 'series')}` };
}

/** Alertmanager: its version. */
export async function tryAlertmanager(endpoints: Endpoints, endpoint: Endpoint, signal: AbortSignal): Promise<Trial> {
  const status = await endpoints.json(endpoint, { path: '/api/v2/status', signal });
  const version = textAt(status, 'versionInfo', 'version');
  if (version === undefined) {
    return {
      outcome: 'failed',
      text: 'answers, but not as Alertmanager does',
      hint: 'Check the address and its path.',
    };
  }
  return { outcome: 'answered', text: `is Alertmanager ${version}` };
}

/** PagerDuty: what the account of the token may do; needs no right of its own. */
export async function tryPagerDuty(endpoints: Endpoints, endpoint: Endpoint, signal: AbortSignal): Promise<Trial> {
  const answer = await endpoints.json(endpoint, {
    ...{ path: '/abilities', headers: { accept: 'application/vnd.pagerduty+json;version=2' } },
    signal,
  });
  const abilities = listAt(answer, 'abilities');
  if (abilities.length === 0) return { outcome: 'failed', text: 'answers, but not as PagerDuty does' };
  return { outcome: 'answered', text: `takes the token (${counted(abilities.length, 'ability', 'abilities')})` };
}

/** What a server may leave out, or not allow everybody. */
async function optional(endpoints: Endpoints, endpoint: Endpoint, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await endpoints.json(endpoint, { path, signal });
  } catch (error) {
    const isLeftOut = ['notFound', 'forbidden', 'otherStatus', 'malformed'] as const;
    if (isLeftOut.some((failure) => isHttpError(error, failure))) return undefined;
    throw error;
  }
}

/** The value of an instant query that gives one number; undefined when it gives none. */
function sampleOf(answer: unknown): number | undefined {
  const [first] = listAt(answer, 'data', 'result');
  const value = Number(textAt(first, 'value', '1'));
  return Number.isFinite(value) ? value : undefined;
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
