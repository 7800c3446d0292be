import type { IncidentHandle } from '../incident/incidentStore.ts';
import { isIncidentError } from '../incident/incidentError.ts';
import { commitEvidenceName, parseCommitEvidence } from './commitEvidence.ts';
import { lastAutomatic } from './lastAutomatic.ts';
import type { ListedCommit } from './listedCommit.ts';

/** The commits that check 1 listed last, newest first; undefined until it ran, or when its evidence is gone. */
export async function listedCommits(
  handle: Pick<IncidentHandle, 'state' | 'readEvidence'>,
): Promise<readonly ListedCommit[] | undefined> {
  const ref = lastAutomatic(handle.state, 'deployments')?.evidence?.find(({ name }) => name === commitEvidenceName);
  if (ref === undefined) return undefined;
  try {
    return parseCommitEvidence(Buffer.from(await handle.readEvidence(ref)).toString('utf8'));
  } catch (error) {
    if (isIncidentError(error, 'notFound')) return undefined;
    throw error;
  }
}
