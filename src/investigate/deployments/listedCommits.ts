import type { IncidentHandle } from '../../incident/incidentStore.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import { commitEvidenceName } from './commitEvidence.ts';
import { lastAutomatic } from '../lastAutomatic.ts';
import type { ListedChanges } from './listedChanges.ts';
import { parseCommitEvidence } from './parseCommitEvidence.ts';

/** What check 1 listed last; undefined until it ran, or when its evidence is gone. */
export async function readListedCommits(
  handle: Pick<IncidentHandle, 'state' | 'readEvidence'>,
): Promise<ListedChanges | undefined> {
  const ref = lastAutomatic(handle.state, 'deployments')?.evidence?.find(({ name }) => name === commitEvidenceName);
  if (ref === undefined) return undefined;
  try {
    return parseCommitEvidence(Buffer.from(await handle.readEvidence(ref)).toString('utf8'));
  } catch (error) {
    if (isIncidentError(error, 'notFound')) return undefined;
    throw error;
  }
}
