import * as z from 'zod';
import { incident, lineOrNothing, time } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import { commitId } from './commitId.ts';

const commit = z.strictObject({
  id: commitId,
  subject: lineOrNothing(2000),
  author: lineOrNothing(300),
  at: time,
});

const args = z.strictObject({ incident, commits: z.array(commit).min(1).max(1000) });

export type InspectChangeArgs = z.output<typeof args>;

/** Somebody opened the diff of these commits. Those that were looked at before are not recorded again. */
export function decideInspectChange({ commits }: InspectChangeArgs): Decide {
  return ({ inspected }) => {
    const known = new Set(inspected.map(({ id }) => id));
    const fresh = [...new Map(commits.map((commit) => [commit.id, commit])).values()].filter(
      ({ id }) => !known.has(id),
    );
    return fresh.length === 0 ? [] : [{ type: 'change.inspected', data: { commits: fresh } }];
  };
}

export const inspectChange: UseCase<InspectChangeArgs, IncidentBrief> = recordingUseCase(args, decideInspectChange);
