import * as z from 'zod';
import { incident, person } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refused, refuseClosed } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';
import { roles } from '../incident/words.ts';
import { personName, roleName } from '../documents/wordNames.ts';

const args = z.strictObject({ incident, role: z.enum(roles), person });

export type AssignRoleArgs = z.output<typeof args>;

/** A person takes a role, in place of whoever held it. */
export function decideAssignRole({ role, person }: AssignRoleArgs): Decide {
  return (state) => {
    refuseClosed(state);
    if (state.roles[role] === person) {
      throw refused(`${personName(person)} is ${roleName(role, state.policy)} already.`);
    }
    return [{ type: 'role.assigned', data: { role, person } }];
  };
}

export const assignRole: UseCase<AssignRoleArgs, IncidentBrief> = recordingUseCase(args, decideAssignRole);
