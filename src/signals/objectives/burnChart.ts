import { epochMsOf, hourMs, isoTimeOf, plusMs, type IsoTime } from '../../incident/isoTime.ts';
import type { Chart } from '../metrics/chart.ts';
import type { ReadsMetrics } from '../metrics/readsMetrics.ts';
import type { AskedObjective } from './askedObjective.ts';
import { badRatioOf, countsQuery } from './askWindow.ts';
import { burnOf } from './burnAlerts.ts';

const shownMs = 6 * hourMs;
/** 181 points over six hours. */
const stepSeconds = 120;
const windowMinutes = 60;

/**
 * How fast the budget burned over the last hour, at every moment of the last six; null where there were no requests. Undefined
 * when there is nothing to draw. Throws what `range` throws.
 */
export async function burnChart(
  metrics: Pick<ReadsMetrics, 'range' | 'shown'>,
  objective: AskedObjective,
  { id, end, signal }: { readonly id: string; readonly end: IsoTime; readonly signal: AbortSignal },
): Promise<Chart | undefined> {
  const { queries, target, windowDays, name } = objective;
  const stepMs = stepSeconds * 1000;
  // On whole steps, so that charts of one investigation have the same moments.
  const last = isoTimeOf(Math.floor(epochMsOf(end) / stepMs) * stepMs);
  const range = { start: plusMs(last, -shownMs), end: last, stepSeconds, signal };
  const { series } = await metrics.range(countsQuery(objective, windowMinutes), range);
  const values = (part: string): ReadonlyMap<number, number> =>
    new Map(series.find(({ labels }) => labels['part'] === part)?.points ?? []);
  const [total, counted] = [values('total'), values('counted')];
  if (total.size === 0) return undefined;
  const points = Array.from({ length: shownMs / stepMs + 1 }, (_, index) => {
    const at = epochMsOf(range.start) / 1000 + index * stepSeconds;
    const ratio = badRatioOf(queries.count, total.get(at), counted.get(at));
    return [at, ratio === undefined ? null : burnOf(ratio, target)] as const;
  });
  return {
    id,
    title: `${name}: burn of the error budget (1 spends it in exactly ${String(windowDays)} days)`,
    unit: 'count',
    lines: [{ name: 'burn over 1 h', points }],
    source: `${metrics.shown}: ${queries.count} ${queries.query} of ${queries.total}`,
  };
}
