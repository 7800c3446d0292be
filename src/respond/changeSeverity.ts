import * as z from 'zod';
import { incident, line } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import { dueTimesAfterSeverityChange, learningDueTimes } from '../incident/dueTimes.ts';
import type { DueTime } from '../incident/events.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refused, refuseClosed } from '../incident/refusals.ts';
import type { Severity } from '../incident/severity.ts';
import { severities, severityLabel, worseOf } from '../incident/severity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase } from '../incident/useCase.ts';

const args = z.strictObject({
  incident,
  to: z.enum(severities),
  reason: line(),
  /** The earlier level was a mistake: duties follow the new one. */
  misclassified: z.boolean().default(false),
});

export type ChangeSeverityArgs = z.output<typeof args>;

/** Another level, with the due times it gives by the policy of the declaration. */
export function decideChangeSeverity({ to, reason, misclassified }: ChangeSeverityArgs): Decide {
  return (state, { now }) => {
    refuseClosed(state);
    const from = state.severity;
    if (to === from) throw refused(`The incident is ${severityLabel(to)} already.`);
    const clocks = dueTimesAfterSeverityChange(state, to, now);
    const learning = learningChanges(state, misclassified ? to : worseOf(state.dutySeverity, to));
    const due = [...clocks.due, ...learning.due];
    const withdrawn = [...clocks.withdrawn, ...learning.withdrawn];
    return [{ type: 'severity.changed', data: { from, to, reason, misclassified, due, withdrawn } }];
  };
}

export const changeSeverity: UseCase<ChangeSeverityArgs, IncidentBrief> = recordingUseCase(args, decideChangeSeverity);

/** After the resolution, what the duties ask for beyond what runs, and what they no longer ask for. */
function learningChanges(
  state: IncidentState,
  dutySeverity: Severity,
): { readonly due: readonly DueTime[]; readonly withdrawn: readonly DueTime['kind'][] } {
  if (state.resolution === undefined) return { due: [], withdrawn: [] };
  const asked = learningDueTimes(state.policy, dutySeverity, state.resolution.at);
  const running = state.ledger
    .filter(({ outcome }) => outcome.kind === 'pending')
    .map(({ kind }) => kind)
    .filter((kind) => kind === 'postMortem' || kind === 'review');
  const done = { postMortem: state.postMortem.completedAt !== undefined, review: state.review !== undefined };
  return {
    due: asked.filter(({ kind }) => !running.some((other) => other === kind) && !done[kind as keyof typeof done]),
    withdrawn: running.filter((kind) => !asked.some((due) => due.kind === kind)),
  };
}
