import type { IsoTime } from '../../incident/isoTime.ts';
import type { ReadsMetrics } from '../metrics/readsMetrics.ts';
import { doubted, serverDoubt } from '../metrics/serverDoubt.ts';
import type { Observation } from '../observation.ts';
import { observation } from '../observation.ts';
import type { AskedObjective } from './askedObjective.ts';
import type { AskedWindow } from './askWindow.ts';
import { askWindow } from './askWindow.ts';
import { burnAlertsOf } from './burnAlerts.ts';
import { judgeBurn } from './judgeBurn.ts';
import { objectiveText, windowText } from './objectiveText.ts';

/** What is asked for, and as which observation it is told. */
export interface ObjectiveLook {
  readonly objective: AskedObjective;
  readonly metrics: Pick<ReadsMetrics, 'instant' | 'shown'>;
  readonly id: string;
  readonly subject: string;
  readonly now: () => IsoTime;
}

/**
 * How fast an objective's budget burns and what is left of it, in one observation. What a window could not tell is said in
 * it. Throws IncidentError `cancelled` only.
 */
export async function observeObjective(look: ObjectiveLook, signal: AbortSignal): Promise<Observation> {
  const { objective, metrics, id, subject, now } = look;
  const alerts = burnAlertsOf(objective);
  const budgetMinutes = objective.windowDays * 1440;
  const lengths = new Set([...alerts.flatMap((one) => [one.longMinutes, one.shortMinutes]), budgetMinutes]);
  const sorted = [...lengths].sort((a, b) => a - b);
  const windows = await Promise.all(sorted.map((minutes) => askWindow(metrics, objective, minutes, signal)));
  const { queries, name } = objective;
  const source = `${metrics.shown}: ${queries.count} ${queries.query} of ${queries.total}`;
  const about = { id, subject, name, source, at: now() };
  const mute = nothingSeen(objective, windows);
  if (mute !== undefined) return observation({ ...about, verdict: 'unknown', text: `is unknown: ${mute}` });
  const judged = judgeBurn(alerts, (minutes) => windows.find((one) => one.minutes === minutes)?.burn);
  const warnings = [...new Set(windows.flatMap((one) => one.warnings))];
  const details = [
    ...windows.map((one) => windowText(one, alerts)),
    ...(queries.count === 'bad' && windows.every(({ nothingCounted }) => nothingCounted)
      ? ['No series matches what counts as bad: taken as no errors.']
      : []),
    ...objective.notes,
    ...warnings,
  ];
  const { verdict } = judged;
  const seen = { ...about, verdict, text: objectiveText(objective, judged, windows, alerts), details };
  return observation(doubted(seen, serverDoubt(warnings, { clock: 'harmless' })));
}

/** Why no window tells anything; undefined when one does. */
function nothingSeen({ queries }: AskedObjective, windows: readonly AskedWindow[]): string | undefined {
  const seen = windows.filter(({ burn }) => burn.kind !== 'unknown');
  if (seen.length === 0) {
    const reasons = new Set(windows.map(({ burn }) => (burn.kind === 'unknown' ? burn.reason : '')));
    // Of the longest window: what is missing there is missing in all.
    return [...reasons].at(-1);
  }
  const isMute = queries.count === 'good' && seen.every(({ nothingCounted }) => nothingCounted);
  return isMute ? 'there are requests, but no series matches what counts as good' : undefined;
}
