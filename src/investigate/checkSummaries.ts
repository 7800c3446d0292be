import type { IncidentState } from '../incident/state.ts';
import type { Check, Verdict } from '../incident/words.ts';

/** One of the seven checks as it stands. */
export interface CheckSummary {
  readonly check: Check;
  readonly name: string;
  readonly verdict: Verdict;
  readonly summary: string;
  /** True when it is a person who does it, or did. */
  readonly manual: boolean;
}

/** The checks in the policy's order, as they stand. */
export function checkSummaries({ policy, checks }: IncidentState): readonly CheckSummary[] {
  return policy.checks.map(({ id, name }) => {
    const result = checks[id];
    if (result === undefined) {
      const manual = id === 'logs';
      const summary = manual ? 'manual check: not done yet' : 'not run yet';
      return { check: id, name, verdict: 'unknown', summary, manual };
    }
    return { check: id, name, verdict: result.verdict, summary: result.summary, manual: result.manual };
  });
}
