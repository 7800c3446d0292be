import { checkName } from '../../documents/wordNames.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Check } from '../../incident/words.ts';
import type { Chart } from '../../signals/metrics/chart.ts';
import { lastAutomatic } from '../lastAutomatic.ts';
import { readSignalEvidence } from '../signalEvidence.ts';

/** The charts of one check, or why it has none. */
export interface CheckCharts {
  readonly check: Check;
  /** As the policy calls it. */
  readonly name: string;
  readonly charts: readonly Chart[];
  /** Why there are none, a sentence with what to do; absent when there are charts. Strangers' text may be in it. */
  readonly reason?: string;
}

/** The checks that keep charts; others are told of only where they kept some. */
const checksWithCharts: readonly Check[] = ['metrics', 'traffic'];

/** The charts that the checks of an incident kept last: those that usually have some first, and why any of those has none. */
export async function readIncidentCharts(
  handle: Pick<IncidentHandle, 'state' | 'readEvidence'>,
): Promise<readonly CheckCharts[]> {
  const { policy } = handle.state;
  const others = policy.checks.map(({ id }) => id).filter((check) => !checksWithCharts.includes(check));
  const read = await Promise.all([...checksWithCharts, ...others].map((check) => readCheckCharts(handle, check)));
  return read.filter(({ check, charts }) => charts.length > 0 || checksWithCharts.includes(check));
}

/** The charts that a check kept last. */
export async function readCheckCharts(
  handle: Pick<IncidentHandle, 'state' | 'readEvidence'>,
  check: Check,
): Promise<CheckCharts> {
  const name = checkName(check, handle.state.policy);
  const charts = (await readSignalEvidence(handle, check))?.charts;
  if (charts !== undefined && charts.length > 0) return { check, name, charts };
  return { check, name, charts: [], reason: reasonOf(handle.state, check, charts !== undefined) };
}

function reasonOf(state: IncidentState, check: Check, isKept: boolean): string {
  const last = lastAutomatic(state, check);
  if (last === undefined) {
    return state.checks[check] === undefined
      ? 'This check has not run yet: Incident: Investigate runs it.'
      : 'This check was done by hand, so it kept no numbers: Incident: Investigate runs it.';
  }
  const saw = last.summary.trim() === '' ? '' : ` It says: ${last.summary}`;
  if (isKept) return `This check ran and kept no charts.${saw}`;
  return (last.evidence ?? []).length === 0
    ? `This check ran and kept no numbers.${saw}`
    : `What this check kept is not in this record any more: Incident: Investigate runs it again.${saw}`;
}
