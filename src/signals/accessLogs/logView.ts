import { IncidentError } from '../../incident/incidentError.ts';
import { minuteMs } from '../../incident/isoTime.ts';
import type { ChartLine } from '../metrics/chart.ts';
import { type Baseline, judgeRate } from '../traffic/judgeRate.ts';
import type { Seen } from '../traffic/seen.ts';
import { sharesView } from '../traffic/sharesView.ts';
import {
  beforeLabel,
  chartMs,
  clockText,
  fewestSlices,
  nowSeconds,
  type Span,
  type TrafficWindows,
} from '../traffic/trafficWindows.ts';
import type { TrafficView } from '../traffic/trafficView.ts';
import type { ReadTraffic } from './readLogTraffic.ts';

const sliceMinutes = nowSeconds / 60;

/**
 * What access logs tell of traffic, against what they told before. Throws IncidentError `notFound` when there is no file, or no
 * request in what was read; `outside` when all of them are from after now.
 * @param globs of the files, for people.
 */
export function logView(read: ReadTraffic, windows: TrafficWindows, globs: string): TrafficView {
  refuseNothing(read, windows, globs);
  const { traffic, files, notes, problems } = read;
  const baselines = baselinesOf(read, windows);
  const label = beforeLabel(windows);
  const shares = sharesView({
    ...{ before: traffic.before, now: traffic.now, label },
    missing: baselines[0]?.missing,
    networks: { before: traffic.before.networks, now: traffic.now.networks },
    clientsPerSlice: traffic.clientsPerSlice(),
  });
  const source = files.map(({ shown }) => shown).join(', ');
  return {
    ...{ source, notes, problems },
    ...(traffic.ahead().requests === 0 ? {} : { doubt: 'the clock of the logs is ahead: they may not tell of now' }),
    seen: { rate: rateOf(read, windows, baselines), ...shares },
    chart: { unit: 'perSecond', lines: chartLines(read, windows), source },
  };
}

function refuseNothing(
  { traffic, files, notes, problems }: ReadTraffic,
  { lastWeek }: TrafficWindows,
  globs: string,
): void {
  if (files.length === 0) {
    throw new IncidentError('notFound', [`No access log matches ${globs}.`, ...notes].join(' '), {
      hint: 'Correct logs.access in mayday.yaml.',
    });
  }
  if ((traffic.newestMs() ?? 0) > lastWeek.fromMs) return;
  const reason = traffic.ahead().requests === 0 ? 'notFound' : 'outside';
  throw new IncidentError(reason, [`No request of the last week is in ${globs}.`, ...problems, ...notes].join(' '));
}

function rateOf(
  { traffic, coveredFromMs = 0 }: ReadTraffic,
  { nowMs }: TrafficWindows,
  baselines: readonly Baseline[],
): Seen {
  const seconds = Math.max(1, Math.min(nowSeconds, (nowMs - coveredFromMs) / 1000));
  const seen = judgeRate({ now: rateAt(traffic.perMinute, 0, seconds), seconds, baselines });
  const newestMs = traffic.newestMs();
  if (newestMs === undefined || newestMs > nowMs - nowSeconds * 1000) return seen;
  // Nothing has come since: no requests, or another file is written now. It is never fine.
  const text = `${seen.text}; the last one in the logs was at ${clockText(newestMs)}`;
  return { ...seen, text, verdict: seen.verdict === 'ok' ? 'unknown' : seen.verdict };
}

function baselinesOf(read: ReadTraffic, windows: TrafficWindows): readonly Baseline[] {
  const of = (kind: Baseline['kind'], label: string, span: Span, least: number): Baseline => {
    const rates = ratesIn(read, windows.nowMs, span);
    if (rates.length >= least) return { kind, label, rates };
    const from = read.coveredFromMs;
    const missing = from === undefined ? 'no request was read' : `the logs are read back to ${clockText(from)}`;
    return { kind, label, rates: [], missing };
  };
  return [
    of('recent', beforeLabel(windows), windows.before, fewestSlices.before),
    of('usual', 'at this time yesterday', windows.yesterday, fewestSlices.otherDay),
    of('usual', 'at this time last week', windows.lastWeek, fewestSlices.otherDay),
  ];
}

/** The rates of all slices that lie within the span and were read whole, one a minute. */
function ratesIn({ traffic, coveredFromMs }: ReadTraffic, nowMs: number, span: Span): readonly number[] {
  if (coveredFromMs === undefined) return [];
  const fromMs = Math.max(span.fromMs, coveredFromMs);
  const rates: number[] = [];
  for (let minute = Math.ceil((nowMs - span.toMs) / minuteMs); ; minute += 1) {
    if (nowMs - (minute + sliceMinutes) * minuteMs < fromMs) return rates;
    rates.push(rateAt(traffic.perMinute, minute, nowSeconds));
  }
}

/** Requests per second of the slice that ends `minute` minutes ago. */
function rateAt(perMinute: ReadonlyMap<number, number>, minute: number, seconds: number): number {
  let count = 0;
  for (let one = minute; one < minute + sliceMinutes; one += 1) count += perMinute.get(one) ?? 0;
  return count / seconds;
}

/** Today's line, and those of the other days moved to today. */
function chartLines({ traffic, coveredFromMs }: ReadTraffic, { nowMs, before }: TrafficWindows): readonly ChartLine[] {
  const minutes = Math.ceil((nowMs - Math.max(before.fromMs, nowMs - chartMs)) / minuteMs);
  const line = (name: string, daysAgo: number): ChartLine => ({
    name,
    points: Array.from({ length: minutes }, (_, index) => {
      const minute = minutes - 1 - index;
      const then = minute + daysAgo * 24 * 60;
      const isKnown = coveredFromMs !== undefined && nowMs - (then + 1) * minuteMs >= coveredFromMs;
      const value = isKnown ? (traffic.perMinute.get(then) ?? 0) / 60 : null;
      return [Math.round((nowMs - minute * minuteMs) / 1000), value] as const;
    }),
  });
  return [line('Today', 0), line('Yesterday', 1), line('Last week', 7)].filter(({ points }) =>
    points.some(([, value]) => value !== null),
  );
}
