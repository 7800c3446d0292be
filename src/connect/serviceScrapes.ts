import { setTimeout as wait } from 'node:timers/promises';
import type { Endpoint } from '../config/signalConfiguration.ts';
import { definedFields } from '../incident/definedFields.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { epochMsOf, hourMs, minuteMs } from '../incident/isoTime.ts';
import type { Clock } from '../incident/useCase.ts';
import { shownAddress, webAddressOf } from '../safety/webAddress.ts';
import { clockAheadMs } from '../signals/metrics/clockSkew.ts';
import type { KnownSeries } from '../signals/metrics/exposition.ts';
import { parseExposition } from '../signals/metrics/exposition.ts';
import { processBetween } from '../signals/metrics/scrapeRates.ts';
import type { Scrape, ScrapePair, ScrapesServices } from '../signals/metrics/scrape.ts';
import type { Endpoints } from './endpoints.ts';
import { HttpError } from './httpError.ts';
import { createSharedWork, type SharedWork } from './sharedWork.ts';
import { waitingAsAsked } from './waitingAsAsked.ts';

/** More than what is read of it, so that a large one is still read from its beginning. */
const maxBytes = 16 * 1024 * 1024;
const timeoutMs = 5_000;
/** All checks of one investigation take the same pair. */
const sharedMs = 5_000;
const pauseMs = 1_000;
/** An earlier scrape is of use when it is at least this old: counters have moved by then… */
const youngestEarlierMs = 1_000;
/** …better this old: a service with few requests has had some since… */
const goodEarlierMs = 30_000;
/** …and at most this old: what happened before is no longer now. */
const oldestEarlierMs = 5 * minuteMs;
const rememberedMs = hourMs;
const mostRemembered = 240;
/** Of one endpoint; each takes some 50 bytes. */
const mostRememberedSamples = 300_000;

const accept =
  'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.9,text/plain;q=0.8,*/*;q=0.1';

/** What is kept of an endpoint. */
interface Memory {
  scrapes: readonly Scrape[];
  readonly known: KnownSeries;
  readonly inItsTime: ReturnType<typeof waitingAsAsked>;
  readonly pair: SharedWork<ScrapePair>;
}

/** Reads what services expose, and remembers it as long as this window is open, for an hour. */
export function createServiceScrapes(endpoints: Endpoints, clock: Clock): ScrapesServices {
  const memories = new Map<string, Memory>();

  const scrape = async (endpoint: Endpoint, memory: Memory, signal: AbortSignal) => {
    const wish = { headers: { accept }, timeoutMs, maxBytes, signal };
    const askedMs = epochMsOf(clock.now());
    const answer = await memory.inItsTime(() => endpoints.request(endpoint, wish));
    const at = clock.now();
    const aheadMs = clockAheadMs(answer.headers['date'], { askedMs, answeredMs: epochMsOf(at) });
    const exposed = await parseExposition(answer.body, at, memory.known);
    if (exposed.samples.length === 0) throw noMetrics(endpoint, answer.body);
    const read = { ...exposed, ...definedFields({ clockAheadMs: aheadMs }) };
    memory.scrapes = remembering([...memory.scrapes, read]);
    return read;
  };
  const takePair = async (endpoint: Endpoint, memory: Memory, signal: AbortSignal): Promise<ScrapePair> => {
    const [known, nowMs] = [memory.scrapes, epochMsOf(clock.now())];
    const before = earlierOf(known, nowMs);
    if (before !== undefined) {
      const later = await scrape(endpoint, memory, signal);
      // Several instances may answer in turns: only one with itself makes a rate.
      const own = known.filter((earlier) => processBetween({ earlier, later }) === 'same');
      return { earlier: earlierOf(own, nowMs) ?? before, later };
    }
    const earlier = await scrape(endpoint, memory, signal);
    await pause(pauseMs, signal);
    return { earlier, later: await scrape(endpoint, memory, signal) };
  };
  const memoryOf = (endpoint: Endpoint): Memory => {
    const key = JSON.stringify([endpoint.url, endpoint.headers]);
    const kept = memories.get(key);
    if (kept !== undefined) return kept;
    const memory: Memory = {
      scrapes: [],
      known: new Map(),
      inItsTime: waitingAsAsked(shownUrl(endpoint.url)),
      pair: createSharedWork((signal) => takePair(endpoint, memory, signal), { keptMs: sharedMs, clock }),
    };
    memories.set(key, memory);
    return memory;
  };

  return {
    pair: (endpoint, signal) => memoryOf(endpoint).pair.get(signal),
    remembered: (endpoint) => memoryOf(endpoint).scrapes,
  };
}

/** The youngest that is old enough to be of good use, else the oldest that is of any. */
function earlierOf(scrapes: readonly Scrape[], now: number): Scrape | undefined {
  const ageOf = ({ at }: Scrape) => now - epochMsOf(at);
  const useful = scrapes.filter((one) => ageOf(one) >= youngestEarlierMs && ageOf(one) <= oldestEarlierMs);
  return useful.findLast((one) => ageOf(one) >= goodEarlierMs) ?? useful[0];
}

/** Those of the last hour, thinned out from the oldest when they are too many. */
function remembering(scrapes: readonly Scrape[]): readonly Scrape[] {
  const newest = epochMsOf(scrapes.at(-1)?.at ?? '');
  let kept = scrapes.filter(({ at }) => newest - epochMsOf(at) <= rememberedMs);
  const isTooMuch = () =>
    kept.length > mostRemembered || kept.reduce((sum, { samples }) => sum + samples.length, 0) > mostRememberedSamples;
  // Every other one goes, so that the hour stays covered; the last two are what the next look needs.
  while (kept.length > 2 && isTooMuch()) kept = kept.filter((_, index) => index % 2 === 1 || index >= kept.length - 2);
  return kept;
}

function noMetrics({ url }: Endpoint, body: string): HttpError {
  const start = body.trimStart();
  const what = start === '' ? 'an empty answer' : start.startsWith('<') ? 'a page of HTML' : 'no such line';
  const address = shownUrl(url);
  return new HttpError('malformed', `${address} gave ${what} where metrics in Prometheus' text format were expected.`, {
    hint: 'Check the path of its metrics in mayday.yaml.',
  });
}

function shownUrl(url: string): string {
  const parsed = webAddressOf(url);
  return parsed === undefined ? 'The address' : shownAddress(parsed);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return wait(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    throw new IncidentError('cancelled', 'Reading the metrics of a service was cancelled.');
  });
}
