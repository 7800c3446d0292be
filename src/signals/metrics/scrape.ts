import type { Endpoint } from '../../config/signalConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';

/** Types of metrics in the text format of Prometheus. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';

/** One line of an exposition. Names and values of labels are strangers' text. */
export interface ScrapedSample {
  /** With its suffix: `http_request_duration_seconds_bucket`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a service exposed at a moment. */
export interface Scrape {
  /** By our clock. */
  readonly at: IsoTime;
  /** How far the service's own clock was ahead of ours (negative: behind), where it told and it differed. */
  readonly clockAheadMs?: number;
  readonly samples: readonly ScrapedSample[];
  /** By the family's name: `http_request_duration_seconds`. */
  readonly types: ReadonlyMap<string, MetricType>;
  /** What could not be read, a sentence; absent when all could. */
  readonly problem?: string;
}

/** Two scrapes of a service some time apart, so that counters become rates. */
export interface ScrapePair {
  readonly earlier: Scrape;
  readonly later: Scrape;
}

/** Reads what services expose. Throws IncidentError: HttpError, `needsConfirmation`, `cancelled`. */
export interface ScrapesServices {
  /**
   * Two scrapes about a second apart, shared by all who ask within some seconds: the checks of one investigation cost
   * the service two requests. The earlier one is an older scrape where one of the last minutes is at hand.
   */
  pair(endpoint: Endpoint, signal: AbortSignal): Promise<ScrapePair>;
  /** All scrapes of it that this window remembers, the oldest first: what a chart can draw without a server. */
  remembered(endpoint: Endpoint): readonly Scrape[];
}
