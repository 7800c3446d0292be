import * as z from 'zod';
import { incident, lineOrNothing } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { UseCase } from '../incident/useCase.ts';
import { checks, verdicts } from '../incident/words.ts';

const args = z.strictObject({
  incident,
  check: z.enum(checks),
  verdict: z.enum(verdicts),
  summary: lineOrNothing().optional(),
});

export type CompleteCheckArgs = z.output<typeof args>;

/** A person went through a check. The same result again is not recorded again. */
export function decideCompleteCheck({ check, verdict, summary = '' }: CompleteCheckArgs): Decide {
  return ({ checks }) => {
    const present = checks[check];
    const isSame = present?.manual === true && present.verdict === verdict && present.summary === summary;
    return isSame ? [] : [{ type: 'check.completed', data: { check, verdict, summary, manual: true } }];
  };
}

export const completeCheck: UseCase<CompleteCheckArgs, IncidentBrief> = recordingUseCase(args, decideCompleteCheck);
