import { isIncidentError } from '../../incident/incidentError.ts';
import type { Answer, ReadsMetrics } from '../metrics/readsMetrics.ts';
import type { AskedObjective } from './askedObjective.ts';
import { burnOf } from './burnAlerts.ts';
import type { WindowBurn } from './judgeBurn.ts';
import { durationOf, queryOver } from './promqlWindow.ts';
import { minutesText } from './burnText.ts';

/** What a window came to, with what a person should know of it. */
export interface AskedWindow {
  readonly minutes: number;
  readonly burn: WindowBurn;
  /** No series matched what is counted: no bad request yet, or a query that matches nothing. */
  readonly nothingCounted: boolean;
  /** What the server doubts. Strangers' text. */
  readonly warnings: readonly string[];
}

/** Data is looked for at so many moments of a window: half an hour apart in three days. */
const looks = 144;
/** A restart of the server leaves a gap, and says nothing about the rest. */
const wholeShare = 0.95;
/** Rates over a window that is extrapolated may differ a little from each other. */
const tolerance = 1.05;

/**
 * Asks for one window of an objective, in one query: all parts are of the same moment. What goes wrong is `unknown` with its
 * reason. Throws IncidentError `cancelled` only.
 */
export async function askWindow(
  metrics: Pick<ReadsMetrics, 'instant'>,
  objective: AskedObjective,
  minutes: number,
  signal: AbortSignal,
): Promise<AskedWindow> {
  const asked = (burn: WindowBurn, more: Partial<AskedWindow> = {}): AskedWindow => ({
    ...{ minutes, burn, nothingCounted: false, warnings: [] },
    ...more,
  });
  try {
    const answer = await metrics.instant(windowQuery(objective, minutes), { signal });
    const { warnings } = answer;
    const nothingCounted = partOf(answer, 'counted') === undefined;
    return asked(burnIn(objective, minutes, answer), { warnings, nothingCounted });
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return asked({ kind: 'unknown', reason: [error.message, error.hint].filter(Boolean).join(' ').replace(/\.$/, '') });
  }
}

/** All requests, those that are counted, and at how many moments there was data; told apart by the label `part`. */
export function windowQuery({ queries }: AskedObjective, minutes: number): string {
  const step = stepOf(minutes);
  const data = `count_over_time((sum(${queryOver(queries.total, Math.max(5, step))}))[${durationOf(minutes)}:${durationOf(step)}])`;
  return [
    part(`sum(${queryOver(queries.total, minutes)})`, 'total'),
    part(`sum(${queryOver(queries.query, minutes)})`, 'counted'),
    part(data, 'data'),
  ].join(' or ');
}

/** All requests and those that are counted over one window, for a query over time. */
export function countsQuery({ queries }: AskedObjective, minutes: number): string {
  return [
    part(`sum(${queryOver(queries.total, minutes)})`, 'total'),
    part(`sum(${queryOver(queries.query, minutes)})`, 'counted'),
  ].join(' or ');
}

/** The share of bad requests, from 0 to 1; undefined when there were none at all, or the two do not fit. */
export function badRatioOf(
  count: 'bad' | 'good',
  total: number | undefined,
  counted: number | undefined,
): number | undefined {
  if (total === undefined || !Number.isFinite(total) || total <= 0) return undefined;
  const share = (counted ?? 0) / total;
  if (!Number.isFinite(share) || share < 0 || share > tolerance) return undefined;
  return Math.min(1, Math.max(0, count === 'bad' ? share : 1 - share));
}

function burnIn({ queries, target }: AskedObjective, minutes: number, answer: Answer): WindowBurn {
  const window = minutesText(minutes);
  const [total, counted] = [partOf(answer, 'total'), partOf(answer, 'counted')];
  if (total === undefined) return { kind: 'unknown', reason: `no data in the last ${window}` };
  if (total === 0) return { kind: 'unknown', reason: `no requests in the last ${window}` };
  const ratio = badRatioOf(queries.count, total, counted);
  if (ratio === undefined) {
    const reason = `over ${window}, ${queries.count} is ${String(counted)} and total ${String(total)}, which do not fit`;
    return { kind: 'unknown', reason };
  }
  const burn = burnOf(ratio, target);
  const covered = (partOf(answer, 'data') ?? 0) * stepOf(minutes);
  return covered >= minutes * wholeShare ? { kind: 'seen', burn } : { kind: 'partial', burn, coveredMinutes: covered };
}

/** In minutes. */
function stepOf(minutes: number): number {
  return Math.max(1, Math.floor(minutes / looks));
}

function part(expression: string, name: string): string {
  return `label_replace(${expression}, "part", "${name}", "", "")`;
}

function partOf({ series }: Answer, name: string): number | undefined {
  return series.find(({ labels }) => labels['part'] === name)?.points.at(-1)?.[1];
}
