import type { SourceTarget } from '../../investigate/sources/sourceToTry.ts';
import type { Trial } from '../../investigate/sources/testDataSources.ts';
import type { Endpoints } from '../endpoints.ts';
import { createPrometheus } from '../prometheus.ts';

/** PromQL that a team gave: what it gives now. Throws IncidentError with what the server says of a query that it does not take. */
export async function tryQuery(
  endpoints: Endpoints,
  { server, query, mayBeEmpty }: Extract<SourceTarget, { readonly kind: 'query' }>,
  signal: AbortSignal,
): Promise<Trial> {
  if (query.kind === 'problem') return { outcome: 'failed', text: query.problem };
  const { series } = await createPrometheus(endpoints, server).instant(query.query, { signal });
  const [first] = series;
  if (first === undefined) {
    if (mayBeEmpty) return { outcome: 'answered', text: 'gives no series now, as before the first error' };
    return { outcome: 'failed', text: 'gives no series now', hint: 'Check the names and labels in it.' };
  }
  const value = first.points.at(-1)?.[1];
  if (series.length > 1) return { outcome: 'answered', text: `gives ${String(series.length)} series` };
  return { outcome: 'answered', text: `gives ${String(value ?? 'a series without a value')}` };
}
