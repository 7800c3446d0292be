import { definedFields } from '../../incident/definedFields.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, minuteMs, plusMs } from '../../incident/isoTime.ts';
import { lookPart, missingOf, type PartLimits, toldOf } from '../lookPart.ts';
import type { Answer, ReadsMetrics } from '../metrics/readsMetrics.ts';
import { partQuery, windowWords } from './partQuery.ts';
import { isPartThere, type Reading, type Resource } from './resource.ts';

/** What is asked of a server that keeps metrics. */
export interface StoredRequest {
  readonly reader: Pick<ReadsMetrics, 'instant'>;
  /** Of the series that are meant; empty for all. */
  readonly matchers: string;
  /** Names of metrics that are there. */
  readonly names: ReadonlySet<string>;
  readonly now: IsoTime;
  readonly impactStart: IsoTime;
  /** Of what was before impact: now is told without it. */
  readonly limits: PartLimits;
}

/** What a server tells of a resource. */
export interface StoredReadings {
  readonly readings: readonly Reading[];
  /** The first of its queries. */
  readonly query: string;
  /** What the server doubts; strangers' text. */
  readonly warnings: readonly string[];
  /** Why it is not known how it was before impact, where that could not be read. */
  readonly unread?: string;
}

/** Impact is noticed later than it begins: what was ten minutes earlier was before it. */
const beforeImpactMs = 10 * minuteMs;

/** The moment whose values are told as "before impact". */
function momentBefore(impactStart: IsoTime): IsoTime {
  return plusMs(impactStart, -beforeImpactMs);
}

/** The readings of a resource, now and before impact. Throws as `ReadsMetrics` does. */
export async function storedReadings(resource: Resource, request: StoredRequest): Promise<StoredReadings> {
  const { names, matchers, now, impactStart, reader, limits } = request;
  const parts = Object.entries(resource.parts).filter(([, part]) => isPartThere(part, names));
  const queries = parts.map(([name, part]) => ({ name, query: partQuery(part, resource, matchers, names) }));
  const current = await valuesAt(queries, resource, (query) => reader.instant(query, { signal: limits.signal }));
  const query = queries[0]?.query ?? '';
  if (current.values.size === 0) return { readings: [], query, warnings: current.warnings };
  const at = momentBefore(impactStart);
  const before = await lookPart(
    (signal) => valuesAt(queries, resource, (query) => reader.instant(query, { at, signal })),
    limits,
  );
  const readings = [...current.values].map(([key, { labels, values }]) => ({
    ...{ labels, values, lately: windowWords },
    nowSeconds: epochMsOf(now) / 1000,
    impactSeconds: epochMsOf(impactStart) / 1000,
    ...definedFields({ before: toldOf(before)?.values.get(key)?.values }),
  }));
  return { readings, query, warnings: current.warnings, ...definedFields({ unread: missingOf(before) }) };
}

interface LabelledValues {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: Record<string, number>;
}

async function valuesAt(
  queries: readonly { readonly name: string; readonly query: string }[],
  { by }: Pick<Resource, 'by'>,
  ask: (query: string) => Promise<Answer>,
): Promise<{ readonly values: ReadonlyMap<string, LabelledValues>; readonly warnings: readonly string[] }> {
  const answers = await Promise.all(queries.map(({ query }) => ask(query)));
  const values = new Map<string, LabelledValues>();
  for (const [index, { series }] of answers.entries()) {
    const name = queries[index]?.name ?? '';
    for (const { labels, points } of series) {
      const last = points.at(-1);
      if (last === undefined) continue;
      const own = Object.fromEntries(by.map((label) => [label, labels[label] ?? '']));
      const key = JSON.stringify(Object.values(own));
      const reading = values.get(key) ?? { labels: own, values: {} };
      reading.values[name] = last[1];
      values.set(key, reading);
    }
  }
  return { values, warnings: answers.flatMap(({ warnings }) => warnings) };
}
