import * as z from 'zod';
import { incident } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import { refused, refuseClosed } from '../incident/refusals.ts';
import type { UseCase } from '../incident/useCase.ts';
import { roles } from '../incident/words.ts';
import { roleName } from '../documents/wordNames.ts';

const args = z.strictObject({ incident, role: z.enum(roles) });

export type ReleaseRoleArgs = z.output<typeof args>;

/** Whoever holds the role gives it up. */
export function decideReleaseRole({ role }: ReleaseRoleArgs): Decide {
  return (state) => {
    refuseClosed(state);
    const person = state.roles[role];
    if (person === undefined) throw refused(`Nobody is ${roleName(role, state.policy)}.`);
    return [{ type: 'role.released', data: { role, person } }];
  };
}

export const releaseRole: UseCase<ReleaseRoleArgs, IncidentBrief> = recordingUseCase(args, decideReleaseRole);
