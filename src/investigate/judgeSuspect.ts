import * as z from 'zod';
import { incident, lineOrNothing } from '../incident/argShapes.ts';
import { recordingUseCase } from '../incident/defineUseCase.ts';
import type { IncidentBrief } from '../incident/incidentBrief.ts';
import type { Decide } from '../incident/incidentStore.ts';
import type { IncidentState } from '../incident/state.ts';
import type { UseCase } from '../incident/useCase.ts';
import { suspectJudgements } from '../incident/words.ts';
import { commitId } from './commitId.ts';

const args = z.strictObject({
  incident,
  commit: commitId,
  subject: lineOrNothing().optional(),
  judgement: z.enum(suspectJudgements),
  reason: lineOrNothing().optional(),
});

export type JudgeSuspectArgs = z.output<typeof args>;

/** What people think of a change: suspected, confirmed as a cause, or cleared. */
export function decideJudgeSuspect({ commit, subject, judgement, reason = '' }: JudgeSuspectArgs): Decide {
  return (state) => {
    const known = knownCommit(state, commit);
    const data = { commit: known?.commit ?? commit, subject: subject ?? known?.subject ?? '', judgement, reason };
    const present = state.suspects.find((suspect) => suspect.commit === data.commit);
    const isSame = present?.judgement === judgement && present.reason === reason && present.subject === data.subject;
    return isSame ? [] : [{ type: 'suspect.judged', data }];
  };
}

export const judgeSuspect: UseCase<JudgeSuspectArgs, IncidentBrief> = recordingUseCase(args, decideJudgeSuspect);

/** The commit that the record has by this id or by one that begins with it: people shorten ids. */
function knownCommit(
  { suspects, inspected }: IncidentState,
  wanted: string,
): { readonly commit: string; readonly subject: string } | undefined {
  const known = [...suspects, ...inspected.map(({ id, subject }) => ({ commit: id, subject }))];
  const fitting = known.filter(({ commit }) => commit.startsWith(wanted));
  const [first] = fitting;
  return fitting.every(({ commit }) => commit === first?.commit) ? first : undefined;
}
