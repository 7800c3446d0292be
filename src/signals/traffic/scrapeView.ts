import { IncidentError } from '../../incident/incidentError.ts';
import { epochMsOf, type IsoTime } from '../../incident/isoTime.ts';
import type { RequestMetrics } from '../metrics/recogniseRequests.ts';
import { clockSkewText } from '../metrics/clockSkew.ts';
import { recogniseRequests } from '../metrics/recogniseRequests.ts';
import type { Scrape, ScrapePair } from '../metrics/scrape.ts';
import {
  type Increases,
  increasesBetween,
  processBetween,
  startedAtSeconds,
  totalsOf,
} from '../metrics/scrapeRates.ts';
import { type Baseline, judgeRate } from './judgeRate.ts';
import { type LabelledCount, labelShares } from './labelShares.ts';
import { sharesView } from './sharesView.ts';
import { clockText } from './trafficWindows.ts';
import type { TrafficView } from './trafficView.ts';

/** What a service exposed: two scrapes, and those that are remembered. */
export interface ScrapeSight {
  readonly pair: ScrapePair;
  readonly remembered: readonly Scrape[];
  readonly impactStart: IsoTime;
  /** Its address, for people. */
  readonly source: string;
}

/** A process that ran for less has no average that says anything. */
const leastSeconds = 60;
/** Times of two machines that differ by less are the same. */
const clockToleranceMs = 2_000;
const label = 'on average since it started';

/**
 * What a service's own counters tell: its requests between two scrapes against all that it counted since it started and before
 * impact began. There is no hour before and no yesterday in it. Throws IncidentError `notFound` when it exposes no request metrics
 * that are known, `outside` when some of them have no number or another instance
 * answered than before.
 */
export function scrapeView({ pair, remembered, impactStart, source }: ScrapeSight): TrafficView {
  const metrics = recogniseRequests([...new Set(pair.later.samples.map(({ name }) => name))]);
  if (metrics === undefined || metrics.count.native) throw noMetrics(source);
  const now = increasesBetween(pair, metrics.count.name);
  if (now.process === 'another') throw anotherInstance(source);
  if (now.unread) throw noNumbers(source, metrics.count.name);
  const reference = referenceOf(pair, remembered, impactStart);
  const before = totalsOf(reference, metrics.count.name);
  const missing = missingOf(now, before, reference, impactStart);
  const baseline: Baseline = {
    kind: 'recent',
    label,
    rates: missing === undefined ? [sumOf(before) / before.seconds] : [],
  };
  const { clockAheadMs } = pair.later;
  const rate = now.seconds === 0 ? 0 : sumOf(now) / now.seconds;
  return {
    source: `${source}: ${metrics.count.name}, over ${now.seconds.toFixed(0)} s`,
    seen: {
      rate: judgeRate({
        ...{ now: rate, seconds: now.seconds },
        baselines: [{ ...baseline, ...(missing === undefined ? {} : { missing }) }],
      }),
      ...sharesView({ before: sharesOf(before, metrics), now: sharesOf(now, metrics), label, missing }),
    },
    notes: [
      'Its own counters know no hour before and no yesterday: Prometheus or access logs would tell.',
      ...(clockAheadMs === undefined ? [] : [`${clockSkewText('the service', clockAheadMs)}: reckoned with.`]),
    ],
    problems: [],
  };
}

/** What was counted until impact began, where that is remembered; else until the earlier scrape. */
function referenceOf({ earlier }: ScrapePair, remembered: readonly Scrape[], impactStart: IsoTime): Scrape {
  const isBefore = (one: Scrape) =>
    one.at <= impactStart && one.at <= earlier.at && processBetween({ earlier: one, later: earlier }) === 'same';
  return remembered.findLast(isBefore) ?? earlier;
}

/** Why the totals are nothing to compare with, without a full stop. */
function missingOf(
  now: Increases,
  { seconds }: Increases,
  reference: Scrape,
  impactStart: IsoTime,
): string | undefined {
  if (now.process === 'restarted') return 'it has just started again';
  const started = startedAtSeconds(reference);
  if (started === undefined) return 'its metrics do not tell when it started';
  if (started * 1000 > epochMsOf(reference.at) + clockToleranceMs)
    return 'it says that it started after now: its clock is ahead';
  if (seconds < leastSeconds) return 'it has only just started';
  const beforeImpact = epochMsOf(impactStart) / 1000 - started;
  // Where most of what it counted came after impact began, that is what is looked for, not what is usual.
  if (beforeImpact < seconds / 2)
    return `it started at ${clockText(Math.floor(started) * 1000)}, and most of what it counted is from after impact began`;
  return undefined;
}

function sumOf({ increases }: Increases): number {
  return increases.reduce((sum, { increase }) => sum + increase, 0);
}

function sharesOf({ increases }: Increases, metrics: RequestMetrics) {
  return labelShares(
    increases.map(({ labels, increase }): LabelledCount => ({ labels, count: increase })),
    metrics,
  );
}

/** What grew between two processes is no number of requests. */
function anotherInstance(source: string): IncidentError {
  return new IncidentError(
    'outside',
    `Another instance answered at ${source} than before: nothing is told of the time between.`,
    {
      hint: 'Name one instance as metrics.url in mayday.yaml, or a Prometheus that reads each.',
    },
  );
}

/** The rest of the counters would look like all of them. */
function noNumbers(source: string, name: string): IncidentError {
  return new IncidentError('outside', `Some counters of ${name} in ${source} have no number (NaN or infinite).`);
}

function noMetrics(source: string): IncidentError {
  return new IncidentError('notFound', `${source} exposes no metrics of requests that are known.`);
}
