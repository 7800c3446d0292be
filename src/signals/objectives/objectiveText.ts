import type { AskedObjective } from './askedObjective.ts';
import type { AskedWindow } from './askWindow.ts';
import type { BurnAlert } from './burnAlerts.ts';
import { budgetLeftOf, daysUntilSpent } from './burnAlerts.ts';
import { budgetText, burnText, minutesText, timeLeftText } from './burnText.ts';
import type { BurnJudgement } from './judgeBurn.ts';

/**
 * What an objective's budget does, the rest of a sentence: `burns its budget 21× too fast (1 h: 21×, 5 min: 30×); 62 % of 30 days
 * left, gone in 1.1 days`. Windows that were not seen whole are named, unless something burns without them.
 */
export function objectiveText(
  { windowDays }: AskedObjective,
  { verdict, firing }: BurnJudgement,
  windows: readonly AskedWindow[],
  alerts: readonly BurnAlert[],
): string {
  const asked = new Set(alerts.flatMap(({ longMinutes, shortMinutes }) => [longMinutes, shortMinutes]));
  const ofAlerts = windows.filter(({ minutes }) => asked.has(minutes));
  const gaps = verdict === 'ok' || firing !== undefined ? [] : ofAlerts.flatMap(gapOf);
  const burning = firing === undefined ? undefined : burningText(firing, windows);
  return [
    ...(burning === undefined ? [] : [burning]),
    ...(firing === undefined && verdict === 'ok' ? [`keeps its budget (${burnsOf(windows, [60, 360, 4320])})`] : []),
    ...(gaps.length > 0 ? [`is not seen whole: ${gaps.join(', ')} (${burnsOf(windows, [5, 30, 60, 360])})`] : []),
    budgetOf(windowDays, windows),
  ].join('; ');
}

function burningText({ longMinutes, shortMinutes }: BurnAlert, windows: readonly AskedWindow[]): string {
  const long = windows.find(({ minutes }) => minutes === longMinutes);
  const speed = long === undefined || long.burn.kind === 'unknown' ? '' : `${burnText(long.burn.burn)} `;
  const gap = long === undefined ? [] : gapOf(long);
  return `burns its budget ${speed}too fast (${[burnsOf(windows, [longMinutes, shortMinutes]), ...gap].join(', ')})`;
}

/** `1 h: 21×, 5 min: 30×`, of the windows that were seen. */
function burnsOf(windows: readonly AskedWindow[], lengths: readonly number[]): string {
  const told = lengths.flatMap((length) => {
    const { burn } = windows.find(({ minutes }) => minutes === length) ?? {};
    return burn === undefined || burn.kind === 'unknown' ? [] : [`${minutesText(length)}: ${burnText(burn.burn)}`];
  });
  return told.join(', ');
}

function gapOf({ minutes, burn }: AskedWindow): readonly string[] {
  if (burn.kind === 'seen') return [];
  return [burn.kind === 'unknown' ? burn.reason : coveredText(burn.coveredMinutes, minutes)];
}

function coveredText(covered: number, minutes: number): string {
  const some = covered === 0 ? 'hardly any data' : `only about ${minutesText(covered)} of data`;
  return `${some} for ${minutesText(minutes)}`;
}

function budgetOf(windowDays: number, windows: readonly AskedWindow[]): string {
  const period = `${String(Number(windowDays.toFixed(1)))} day${windowDays === 1 ? '' : 's'}`;
  const { burn } = windows.find(({ minutes }) => minutes === windowDays * 1440) ?? {};
  if (burn?.kind !== 'seen') {
    const why = burn?.kind === 'partial' ? coveredText(burn.coveredMinutes, windowDays * 1440) : burn?.reason;
    return `what is left of its budget is unknown: ${why ?? 'it was not asked for'}`;
  }
  const left = budgetLeftOf(burn.burn);
  if (left <= 0) return `its budget of ${period} is spent (${budgetText(left)})`;
  const hour = windows.find(({ minutes }) => minutes === 60)?.burn;
  const days = hour === undefined || hour.kind === 'unknown' ? undefined : daysUntilSpent(left, hour.burn, windowDays);
  return `${budgetText(left)} of ${period} left${days === undefined ? '' : `, gone in ${timeLeftText(days)}`}`;
}

/** One window in a line: `1 h: burns 21×, page at 14×`. */
export function windowText({ minutes, burn }: AskedWindow, alerts: readonly BurnAlert[]): string {
  const window = minutesText(minutes);
  if (burn.kind === 'unknown') return `${window}: unknown, ${burn.reason}`;
  const limits = alerts
    .filter(({ longMinutes, shortMinutes }) => longMinutes === minutes || shortMinutes === minutes)
    .map(({ factor, kind }) => `${kind} at ${burnText(factor)}`);
  const part = burn.kind === 'partial' ? [coveredText(burn.coveredMinutes, minutes)] : [];
  return [`${window}: burns ${burnText(burn.burn)}`, ...limits, ...part].join(', ');
}
