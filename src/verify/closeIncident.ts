import * as z from 'zod';
import { incident, line } from '../incident/argShapes.ts';
import { changeIncident, defineUseCase } from '../incident/defineUseCase.ts';
import { definedFields } from '../incident/definedFields.ts';
import type { Ulid } from '../incident/ids.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Decide, IncidentHandle } from '../incident/incidentStore.ts';
import { openIncident } from '../incident/openIncident.ts';
import { inUtc, refused } from '../incident/refusals.ts';
import { severityLabel } from '../incident/severity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase, UseContext } from '../incident/useCase.ts';
import { closeOutcomes } from '../incident/words.ts';
import { closeOutcomeNames } from '../documents/wordNames.ts';

const args = z.strictObject({
  incident,
  outcome: z.enum(closeOutcomes).default('completed'),
  /** Needed for every outcome but `completed`. */
  reason: line().optional(),
  /** The other incident, by id or name: needed for `duplicate`. */
  duplicateOf: line(200).optional(),
});

export type CloseIncidentArgs = z.output<typeof args>;

/** Ends the incident: after all duties are done, or with a reason as something that has none. */
export const closeIncident: UseCase<CloseIncidentArgs, IncidentBrief> = defineUseCase(args, async (wish, context) => {
  const handle = await openIncident(context, wish.incident);
  const original = await originalOf(wish, handle, context);
  return (await changeIncident(context, handle.id, decideCloseIncident(wish, original))).brief;
});

/** The close. `original` is the incident that this one is a duplicate of. */
export function decideCloseIncident({ outcome, reason }: CloseIncidentArgs, original?: Ulid): Decide {
  return (state) => {
    if (state.closed !== undefined) throw refused(`The incident was closed ${inUtc(state.closed.at)}.`);
    if (outcome === 'completed') refuseUnfinished(state);
    else if (reason === undefined) {
      throw new IncidentError('invalidArgument', `“reason” is missing: why is it ${closeOutcomeNames[outcome]}?`);
    }
    const data = { outcome, ...definedFields({ reason, duplicateOf: original }) };
    return [{ type: 'incident.closed', data }];
  };
}

function refuseUnfinished(state: IncidentState): void {
  if (state.resolution === undefined) {
    throw refused(
      'The incident is not resolved.',
      'Resolve it, or close it as false alarm, cancelled or duplicate with a reason.',
    );
  }
  const { postMortem, review } = state.policy.severities[state.dutySeverity];
  const missing = [
    ...(postMortem && state.postMortem.completedAt === undefined ? ['the post-mortem is not completed'] : []),
    ...(review && state.review === undefined ? ['the review is not recorded'] : []),
  ];
  if (missing.length === 0) return;
  throw refused(
    `The incident cannot be closed yet: ${missing.join(', and ')}. ${severityLabel(state.dutySeverity)} asks for it.`,
    'Complete the post-mortem and record the review, then close it.',
  );
}

async function originalOf(
  { outcome, duplicateOf }: CloseIncidentArgs,
  handle: IncidentHandle,
  context: UseContext,
): Promise<Ulid | undefined> {
  if (outcome !== 'duplicate' && duplicateOf !== undefined) {
    throw new IncidentError('invalidArgument', '“duplicateOf” is only for the outcome duplicate.');
  }
  if (outcome !== 'duplicate') return undefined;
  if (duplicateOf === undefined) {
    throw new IncidentError('invalidArgument', '“duplicateOf” is missing: name the incident that this one repeats.');
  }
  const original = await openIncident(context, duplicateOf);
  if (original.id === handle.id) throw refused('An incident cannot be a duplicate of itself.');
  if (original.state.closed?.duplicateOf === handle.id) {
    throw refused(`${original.state.name} is closed as a duplicate of this one.`, 'Reopen it, then close one of them.');
  }
  return original.id;
}
