import { epochMsOf } from '../../incident/isoTime.ts';
import type { Scrape, ScrapedSample, ScrapePair } from './scrape.ts';

/** By how much a counter grew. */
export interface Increase {
  readonly labels: Readonly<Record<string, string>>;
  readonly increase: number;
}

/** Which process the later of two scrapes is of, seen from the earlier one. */
export type ProcessBetween = 'same' | 'restarted' | 'another';

/** Starts of one process that are read at different times differ by less. */
const sameStartSeconds = 1;
/** What is less is no difference that the clock of a service was seen to have. */
const clockToleranceSeconds = 3;

/** How counters of one name grew, over which time. */
export interface Increases {
  readonly increases: readonly Increase[];
  /** Divide by it for a rate per second; 0 when it is not known. */
  readonly seconds: number;
  /** Unless it is the same, counters count since it began. */
  readonly process: ProcessBetween;
  /** Some of the counters have no number now (NaN, infinite): the sum of the others is not the whole. */
  readonly unread: boolean;
}

/** What a scrape's counters have counted since the process began. `seconds` is 0 when it does not tell when that was. */
export function totalsOf(scrape: Scrape, name: string): Increases {
  const started = startedAtSeconds(scrape);
  return {
    increases: samplesOf(scrape, name).map(({ labels, value }) => ({ labels, increase: value })),
    seconds: started === undefined ? 0 : Math.max(0, epochMsOf(scrape.at) / 1000 - started),
    process: 'same',
    unread: hasUnread(scrape, name),
  };
}

/**
 * Whose counters the later of two scrapes has: of the same process, of one that began in between, or of another one that ran
 * already: several instances may be behind one address. `same` where they do not tell when they began.
 */
export function processBetween({ earlier, later }: ScrapePair): ProcessBetween {
  const [before, after] = [ownStartSeconds(earlier), ownStartSeconds(later)];
  if (before === undefined || after === undefined || Math.abs(after - before) <= sameStartSeconds) return 'same';
  const earlierAt = (epochMsOf(earlier.at) + (earlier.clockAheadMs ?? 0)) / 1000;
  return after > earlierAt - clockToleranceSeconds ? 'restarted' : 'another';
}

/**
 * The increase of all counters of a name between two scrapes. A series that is only in the later one began in between. After a
 * restart all count from zero. Of another process it is all that it counted since it began: nobody knows what was in between.
 */
export function increasesBetween({ earlier, later }: ScrapePair, name: string): Increases {
  const before = valueBefore(samplesOf(earlier, name));
  const after = samplesOf(later, name).map(({ labels, value }) => ({ labels, value, then: before(labels) ?? 0 }));
  const byStart = processBetween({ earlier, later });
  // No process counts down, and without a start nobody knows whether it began anew or another one answered.
  const process = byStart === 'same' && after.some(({ value, then }) => value < then) ? 'another' : byStart;
  const totals = totalsOf(later, name);
  if (process !== 'same') return { ...totals, process };
  const between = Math.max(0, epochMsOf(later.at) - epochMsOf(earlier.at)) / 1000;
  const increases = after.map(({ labels, value, then }) => ({ labels, increase: value - then }));
  return { increases, seconds: between, process, unread: totals.unread };
}

/** When the process began by our clock, in seconds since 1970; undefined when it does not tell. */
export function startedAtSeconds(scrape: Scrape): number | undefined {
  const started = ownStartSeconds(scrape);
  return started === undefined ? undefined : started - (scrape.clockAheadMs ?? 0) / 1000;
}

/** By the clock of the service, which says the same at every scrape. */
function ownStartSeconds({ samples }: Scrape): number | undefined {
  const value = samples.find(({ name }) => name === 'process_start_time_seconds')?.value;
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** Those that have a number: NaN counts nothing. */
function samplesOf({ samples }: Scrape, name: string): readonly ScrapedSample[] {
  return samples.filter((sample) => sample.name === name && Number.isFinite(sample.value));
}

function hasUnread({ samples }: Scrape, name: string): boolean {
  return samples.some((sample) => sample.name === name && !Number.isFinite(sample.value));
}

type Labels = ScrapedSample['labels'];

function valueBefore(samples: readonly ScrapedSample[]): (labels: Labels) => number | undefined {
  // Scrapes of one endpoint share the labels of a series: comparing all of them is for those that do not.
  const shared = new Map(samples.map(({ labels, value }) => [labels, value]));
  let byKey: ReadonlyMap<string, number> | undefined;
  return (labels) => {
    const value = shared.get(labels);
    if (value !== undefined) return value;
    byKey ??= new Map(samples.map((one) => [seriesKey(one.labels), one.value]));
    return byKey.get(seriesKey(labels));
  };
}

function seriesKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
