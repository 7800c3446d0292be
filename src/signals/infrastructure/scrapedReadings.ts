import { formatDuration } from '../../documents/timeText.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import type { Scrape, ScrapedSample, ScrapePair } from '../metrics/scrape.ts';
import { processBetween } from '../metrics/scrapeRates.ts';
import { isPartThere, type MetricPart, type Reading, type Resource } from './resource.ts';

/** Samples of a scrape by their names: resources ask for few of many. */
type SamplesByName = ReadonlyMap<string, readonly ScrapedSample[]>;

/** What a service exposed, ready to be read. */
export interface ReadableScrapes {
  readonly earlier: SamplesByName;
  readonly later: SamplesByName;
  readonly names: ReadonlySet<string>;
  /** 0 where they are of different instances: what grew between them is no number. */
  readonly apartSeconds: number;
}

/** Brings two scrapes into the order in which resources are read. */
export function readableScrapes({ earlier, later }: ScrapePair): ReadableScrapes {
  const [before, now] = [samplesByName(earlier), samplesByName(later)];
  const isPair = processBetween({ earlier, later }) !== 'another';
  const apartSeconds = !isPair ? 0 : (epochMsOf(later.at) - epochMsOf(earlier.at)) / 1000;
  return { earlier: before, later: now, names: new Set(now.keys()), apartSeconds };
}

/**
 * The readings of a resource in what a service itself exposes. Parts that only PromQL can tell are left out when they are
 * optional; a resource that needs one has no readings. Labels of Prometheus (`instance`, `job`) are not in a scrape.
 */
export function scrapedReadings(
  { by, parts }: Pick<Resource, 'by' | 'parts'>,
  scrapes: ReadableScrapes,
): readonly Pick<Reading, 'labels' | 'values' | 'lately'>[] {
  const readings = new Map<string, { labels: Record<string, string>; values: Record<string, number> }>();
  for (const [name, part] of Object.entries(parts)) {
    if (!isPartThere(part, scrapes.names) || part.kind === 'query') {
      if (part.optional === true) continue;
      return [];
    }
    for (const [key, { labels, value }] of partValues(part, by, scrapes)) {
      const reading = readings.get(key) ?? { labels, values: {} };
      reading.values[name] = value;
      readings.set(key, reading);
    }
  }
  const lately = `within ${formatDuration(Math.max(1000, scrapes.apartSeconds * 1000))}`;
  return [...readings.values()].map((reading) => ({ ...reading, lately }));
}

interface GroupedValue {
  readonly labels: Record<string, string>;
  readonly value: number;
}

function partValues(part: MetricPart, by: readonly string[], scrapes: ReadableScrapes): Map<string, GroupedValue> {
  const metric = part.metrics.find((name) => scrapes.names.has(name)) ?? '';
  const now = grouped(part, by, scrapes.later.get(metric) ?? []);
  if (part.as === 'value') return now;
  if (!(scrapes.apartSeconds > 0)) return new Map();
  const earlier = grouped(part, by, scrapes.earlier.get(metric) ?? []);
  const rates = new Map<string, GroupedValue>();
  for (const [key, { labels, value }] of now) {
    // A counter that was not there, or was greater, began again at zero.
    const was = earlier.get(key)?.value ?? 0;
    const gained = value >= was ? value - was : value;
    rates.set(key, { labels, value: part.as === 'growth' ? gained : gained / scrapes.apartSeconds });
  }
  return rates;
}

function grouped(
  { where = {}, together, positive }: MetricPart,
  by: readonly string[],
  samples: readonly ScrapedSample[],
): Map<string, GroupedValue> {
  const groups = new Map<string, GroupedValue>();
  for (const { labels, value } of samples) {
    if (Object.entries(where).some(([name, wanted]) => labels[name] !== wanted)) continue;
    if (positive === true && !(value > 0)) continue;
    const own = Object.fromEntries(by.map((name) => [name, labels[name] ?? '']));
    const key = JSON.stringify(Object.values(own));
    const group = groups.get(key);
    groups.set(key, { labels: own, value: group === undefined ? value : combined(together, group.value, value) });
  }
  return groups;
}

function combined(together: MetricPart['together'], one: number, other: number): number {
  if (together === 'sum') return one + other;
  return together === 'max' ? Math.max(one, other) : Math.min(one, other);
}

function samplesByName({ samples }: Scrape): SamplesByName {
  const byName = new Map<string, ScrapedSample[]>();
  for (const sample of samples) {
    const named = byName.get(sample.name);
    if (named === undefined) byName.set(sample.name, [sample]);
    else named.push(sample);
  }
  return byName;
}
