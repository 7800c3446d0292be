import type { CommitId } from '../changes/history/readsHistory.ts';
import { ignoredRevisionsFile } from '../changes/lines/ignoredRevisions.ts';
import { isIncidentError } from '../incident/incidentError.ts';
import type { AskGit } from './gitAsk.ts';
import type { GitMemory } from './gitMemory.ts';

const largestListBytes = 4 * 1024 * 1024;

/**
 * The text of `.git-blame-ignore-revs` at the tip of the branch that deploys: what is checked out may be another one. Empty
 * where there is none. Asked once per tip. Throws IncidentError `cancelled` only.
 */
export async function readIgnoredText(
  ask: AskGit,
  commonDirectory: string,
  tip: CommitId | undefined,
  memory: GitMemory,
): Promise<string> {
  if (tip === undefined) return '';
  try {
    return await memory.recall(`ignored ${commonDirectory}`, tip, () => readText(ask, tip));
  } catch (error) {
    // Too large, or git failed: nothing is known to be of form only, which accuses one commit more.
    if (isIncidentError(error) && error.reason !== 'cancelled') return '';
    throw error;
  }
}

async function readText(ask: AskGit, tip: CommitId): Promise<string> {
  const blob = ['cat-file', 'blob', `${tip}:${ignoredRevisionsFile}`];
  const { exitCode, stdout } = await ask.outcome(blob, { maxBytes: largestListBytes });
  // Most repositories have no such file.
  return exitCode === 0 ? stdout.toString('utf8') : '';
}
