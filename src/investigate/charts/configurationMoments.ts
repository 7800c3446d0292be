import type { ConfigurationMoment } from '../../documents/chartMarks.ts';
import type { IncidentHandle } from '../../incident/incidentStore.ts';
import { readListedConfiguration } from '../configuration/readConfiguration.ts';

/** When configuration that runs was changed, as check 2 listed it last: each commit once. None until it ran. */
export async function configurationMoments(
  handle: Pick<IncidentHandle, 'state' | 'readEvidence'>,
): Promise<readonly ConfigurationMoment[]> {
  const listed = await readListedConfiguration(handle);
  const files = listed?.repositories.flatMap(({ deployed }) => deployed?.files ?? []) ?? [];
  const commits = new Map(files.flatMap((file) => file.commits.map((commit) => [commit.id, commit] as const)));
  return [...commits.values()].map(({ id, subject, reachedAt }) => ({
    at: reachedAt,
    label: `${id.slice(0, 8)} ${subject}`,
  }));
}
