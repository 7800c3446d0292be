import type { IsoTime } from '../../incident/isoTime.ts';

/** A value at a moment, in seconds since 1970. NaN and infinity are values too. */
export type Point = readonly [atSeconds: number, value: number];

/** One series of an answer. Names and values of labels are strangers' text. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** In the order of time; one of an instant query. */
  readonly points: readonly Point[];
}

/** What a server says beside the series: that it left something out, or doubts the query. Strangers' text. */
export interface Answer {
  readonly series: readonly Series[];
  readonly warnings: readonly string[];
}

/** Reads a server that keeps metrics and speaks PromQL. Each throws IncidentError: HttpError, `needsConfirmation`, `cancelled`. */
export interface ReadsMetrics {
  /** As mayday.yaml calls it. */
  readonly name: string;
  /** For people: `Prometheus (http://127.0.0.1:9090)`. */
  readonly shown: string;
  /** The value of an expression at a moment; now when absent. */
  instant(query: string, options: { readonly at?: IsoTime; readonly signal: AbortSignal }): Promise<Answer>;
  /** The values of an expression from `start` to `end`. */
  range(
    query: string,
    options: {
      readonly start: IsoTime;
      readonly end: IsoTime;
      readonly stepSeconds: number;
      readonly signal: AbortSignal;
    },
  ): Promise<Answer>;
  /** The names of metrics that had series of the selector (`{job="checkout"}`) in the last hours. */
  names(selector: string, signal: AbortSignal): Promise<readonly string[]>;
  /** The values of a label among the series of the selector. */
  labelValues(label: string, selector: string, signal: AbortSignal): Promise<readonly string[]>;
}
