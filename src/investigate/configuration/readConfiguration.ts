import { isIncidentError } from '../../incident/incidentError.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import { configurationEvidenceName, parseConfigurationEvidence } from './configurationEvidence.ts';
import { lastAutomatic } from '../lastAutomatic.ts';
import type { ListedConfiguration } from './listedConfiguration.ts';

/** What check 2 listed last; undefined until it ran, or when its evidence is gone. */
export async function readListedConfiguration(
  handle: Pick<IncidentHandle, 'state' | 'readEvidence'>,
): Promise<ListedConfiguration | undefined> {
  const { evidence = [] } = lastAutomatic(handle.state, 'configuration') ?? {};
  const ref = evidence.find(({ name }) => name === configurationEvidenceName);
  if (ref === undefined) return undefined;
  try {
    return parseConfigurationEvidence(Buffer.from(await handle.readEvidence(ref)).toString('utf8'));
  } catch (error) {
    if (isIncidentError(error, 'notFound')) return undefined;
    throw error;
  }
}
