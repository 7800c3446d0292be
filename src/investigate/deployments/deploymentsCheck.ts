import type { AutomaticCheck } from '../automaticCheck.ts';
import { commitEvidence, commitEvidenceName } from './commitEvidence.ts';
import { judgeRecentCommits } from './recentCommits.ts';

/** Check 1: what reached production in the change window. */
export const deploymentsCheck: AutomaticCheck = {
  check: 'deployments',
  run: async (sights, { now }) => {
    const { verdict, summary } = judgeRecentCommits(sights, now);
    const text = await commitEvidence(sights);
    return { verdict, summary, evidence: text === undefined ? [] : [{ name: commitEvidenceName, text }] };
  },
};
