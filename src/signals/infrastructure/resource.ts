import type { Verdict } from '../../incident/words.ts';
import type { ObservationTopic } from '../observation.ts';

/**
 * What the series of a resource belong to. Those of a service are looked for by its labels; all others are shared, and
 * looked at whole.
 */
export type ResourceScope = 'service' | 'pods' | 'workload' | SharedScope;
export type SharedScope = 'machines' | 'databases' | 'caches' | 'loadBalancers';

/** Numbers that are read as they stand in the text format, from Prometheus or from a scrape. */
export interface MetricPart {
  readonly kind: 'metric';
  /** Names for one thing in several versions of an exporter; the first one that is there counts. */
  readonly metrics: readonly string[];
  /** Labels that must have these values. */
  readonly where?: Readonly<Record<string, string>>;
  /** `growth` is what a counter gained lately, see `Reading.lately`. */
  readonly as: 'value' | 'perSecond' | 'growth';
  /** What series of the same labels come to. */
  readonly together: 'sum' | 'max' | 'min';
  /** Only what is above zero: -1 and 0 stand for "no limit". */
  readonly positive?: true;
  readonly optional?: true;
}

/** Numbers that only a server with PromQL can tell. */
export interface QueryPart {
  readonly kind: 'query';
  /** Names that must all be there. */
  readonly needs: readonly string[];
  /** `matchers` go into the braces of every selector: `job="node"`, or nothing. Must keep the labels of `Resource.by`. */
  query(matchers: string): string;
  readonly optional?: true;
}

export type ResourcePart = MetricPart | QueryPart;

/** The numbers of one instance of a resource, by part. */
export interface Reading {
  /** Those of `Resource.by`; strangers' text. */
  readonly labels: Readonly<Record<string, string>>;
  /** NaN and infinity are values too; what was not told is absent. */
  readonly values: Readonly<Record<string, number>>;
  /** The same before impact, where it is known. */
  readonly before?: Readonly<Record<string, number>>;
  /** Over which time growth is counted: `in the last 5 min`. */
  readonly lately: string;
  /** Now and when impact began, in seconds since 1970. */
  readonly nowSeconds: number;
  readonly impactSeconds: number;
}

/** What a reading comes to. */
export interface JudgedReading {
  readonly verdict: Verdict;
  /** Goes on from subject and name: `91 % in use, 34 % before impact`. */
  readonly text: string;
  /** Of two with one verdict the greater one is worse. */
  readonly rank: number;
}

/** A resource that is recognised by the names of its metrics. */
export interface Resource {
  /** Unique among all: `node.cpu`. */
  readonly id: string;
  /** `CPU` */
  readonly name: string;
  readonly scope: ResourceScope;
  readonly topic?: ObservationTopic;
  /** Labels that tell one instance from another. */
  readonly by: readonly string[];
  readonly parts: Readonly<Record<string, ResourcePart>>;
  /** Its series exist only while something is wrong, so that none is no gap. */
  readonly silentWhenFine?: true;
  /** The limits and where they come from, for whoever asks: a sentence. */
  readonly why: string;
  /** Undefined where there is nothing to judge, such as no limit. Every part that is not optional is there and finite. */
  judge(reading: Reading): JudgedReading | undefined;
}

/** The value itself. */
export function gauge(metrics: string | readonly string[], more: Partial<Omit<MetricPart, 'kind'>> = {}): MetricPart {
  const names = typeof metrics === 'string' ? [metrics] : metrics;
  return { kind: 'metric', metrics: names, as: 'value', together: 'sum', ...more };
}

/** How fast a counter grows. */
export function perSecond(
  metrics: string | readonly string[],
  more: Partial<Omit<MetricPart, 'kind'>> = {},
): MetricPart {
  return { ...gauge(metrics, more), as: 'perSecond' };
}

/** What a counter gained lately. */
export function growth(metrics: string | readonly string[], more: Partial<Omit<MetricPart, 'kind'>> = {}): MetricPart {
  return { ...gauge(metrics, more), as: 'growth' };
}

/** A part that a resource is told without, when it is not there. */
export function optional<P extends ResourcePart>(part: P): P & { readonly optional: true } {
  return { ...part, optional: true };
}

/** An expression of PromQL. */
export function promql(needs: readonly string[], query: (matchers: string) => string): QueryPart {
  return { kind: 'query', needs, query };
}

/** Matchers in the braces of a selector; those that are empty say nothing. */
export function inBraces(...matchers: readonly string[]): string {
  return `{${matchers.filter((one) => one !== '').join(',')}}`;
}

/** The metrics of a part of which one, or all, must be there. */
export function metricsOf(part: ResourcePart): readonly string[] {
  return part.kind === 'metric' ? part.metrics : part.needs;
}

/** True when the names suffice to tell it. */
export function isPartThere(part: ResourcePart, names: ReadonlySet<string>): boolean {
  return part.kind === 'metric'
    ? part.metrics.some((name) => names.has(name))
    : part.needs.every((name) => names.has(name));
}

/** True when every part that is not optional can be told. */
export function isRecognised({ parts }: Pick<Resource, 'parts'>, names: ReadonlySet<string>): boolean {
  return Object.values(parts).every((part) => part.optional === true || isPartThere(part, names));
}
