import * as z from 'zod';
import { incident, line, lineOrNothing } from '../incident/argShapes.ts';
import { definedFields } from '../incident/definedFields.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { NewEvent } from '../incident/events.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refuseClosed } from '../incident/refusals.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase } from '../incident/useCase.ts';

const change = z.strictObject({
  /** The id of one of the policy's items. */
  item: line(100),
  state: z.enum(['checked', 'unchecked', 'waived']),
  how: lineOrNothing().optional(),
  reason: line().optional(),
});

const args = z.strictObject({ incident, items: z.array(change).min(1).max(100) });

export type VerifyRecoveryArgs = z.output<typeof args>;
type Change = z.output<typeof change>;

/** Items of the verification, checked, unchecked or waived with a reason. What stands so already is not recorded again. */
export function decideVerifyRecovery({ items }: VerifyRecoveryArgs): Decide {
  return (state) => {
    refuseClosed(state);
    for (const { item } of items) refuseUnknown(item, state);
    const last = new Map(items.map((change) => [change.item, change]));
    return [...last.values()].filter((change) => !standsSo(change, state)).map(eventOf);
  };
}

export const verifyRecovery: UseCase<VerifyRecoveryArgs, IncidentBrief> = recordingUseCase(args, decideVerifyRecovery);

function eventOf({ item, state, how, reason }: Change): NewEvent {
  switch (state) {
    case 'checked':
      return { type: 'verification.checked', data: { item, ...definedFields({ how }) } };
    case 'unchecked':
      return { type: 'verification.unchecked', data: { item, ...definedFields({ reason }) } };
    case 'waived':
      if (reason !== undefined) return { type: 'verification.waived', data: { items: [item], reason } };
      throw new IncidentError('invalidArgument', `Say with “reason” why ${item} is not verified.`);
  }
}

function standsSo({ item, state: wanted, how, reason }: Change, { verification }: IncidentState): boolean {
  const present = verification[item];
  if (present === undefined || wanted === 'unchecked') return present === undefined && wanted === 'unchecked';
  if (present.kind !== wanted) return false;
  return present.kind === 'checked' ? how === undefined || how === present.how : reason === present.reason;
}

function refuseUnknown(item: string, { policy }: IncidentState): void {
  if (policy.verification.some(({ id }) => id === item)) return;
  throw new IncidentError('invalidArgument', `The policy has no item ${item} to verify.`, {
    hint: `It has ${policy.verification.map(({ id }) => id).join(', ')}.`,
  });
}
