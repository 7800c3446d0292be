import type { ReadsMetrics } from '../metrics/readsMetrics.ts';
import type { Gate } from './atMost.ts';
import { recognisedResources } from './recognisedResources.ts';
import { inBraces, isRecognised, metricsOf, type Resource } from './resource.ts';

/** Series that belong together, and the names among them. */
export interface SeriesSight {
  readonly matchers: string;
  readonly names: ReadonlySet<string>;
}

const known = new Set(recognisedResources.flatMap(({ parts }) => Object.values(parts).flatMap(metricsOf)));

/** `__name__=~"(?:container|node|pg)_.+|up"`: everything that may be recognised; with all names it would be longer than an address may be. */
const recognisableNames = `__name__=~"${namesPattern()}"`;

/** The metrics among the series of `matchers` that are recognised. Throws as `ReadsMetrics` does. */
export async function seriesSight(
  reader: Pick<ReadsMetrics, 'names'>,
  matchers: string,
  signal: AbortSignal,
): Promise<SeriesSight> {
  const names = await reader.names(inBraces(recognisableNames, matchers), signal);
  return { matchers, names: new Set(names.filter((name) => known.has(name))) };
}

/** The first of several ways to name series under which there are any of a scope; undefined when there are none under all. */
export async function firstSight(
  reader: Pick<ReadsMetrics, 'names'>,
  scope: Resource['scope'],
  candidates: readonly string[],
  signal: AbortSignal,
): Promise<SeriesSight | undefined> {
  const wanted = recognisedResources.filter((resource) => resource.scope === scope);
  const sights = await Promise.all(candidates.map((matchers) => seriesSight(reader, matchers, signal)));
  return sights.find(({ names }) => wanted.some((resource) => isRecognised(resource, names)));
}

/** A reader whose questions wait in line at a gate: the server of an incident has enough to do. */
export function throughGate(reader: ReadsMetrics, gate: Gate): ReadsMetrics {
  return {
    ...reader,
    instant: (query, options) => gate(() => reader.instant(query, options)),
    range: (query, options) => gate(() => reader.range(query, options)),
    names: (selector, signal) => gate(() => reader.names(selector, signal)),
    labelValues: (label, selector, signal) => gate(() => reader.labelValues(label, selector, signal)),
  };
}

function namesPattern(): string {
  const [whole, prefixed] = [
    [...known].filter((name) => !name.includes('_')),
    [...known].filter((name) => name.includes('_')),
  ];
  const prefixes = [...new Set(prefixed.map((name) => name.slice(0, name.indexOf('_'))))].sort();
  return [`(?:${prefixes.join('|')})_.+`, ...whole].join('|');
}
