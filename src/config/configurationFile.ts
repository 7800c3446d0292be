import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { IncidentError, messageOf } from '../incident/incidentError.ts';

/** The name of the configuration in a team's folder. */
export const configurationFileName = 'mayday.yaml';

const starter = `# What this team does differently from the built-in protocol. Everything is optional.
#
# policy:
#   severities:
#     SEV1: { respond: 5m, mitigate: 30m, communicate: 15m }
#   calendar:
#     zone: Europe/Berlin
#     holidays: [2026-12-25]
#
# people:
#   - name: Ana Ruiz
#     email: ana@example.org
#     zone: Europe/Madrid
#
# changes:
#   branch: main                      # the branch that deploys
#
# services:
#   checkout:
#     paths: [services/checkout/**]
#     version: { url: https://checkout.example.org/version, json: commit }
#     kubernetes: { context: prod, namespace: shop, deployment: checkout }
#     github: { repository: example/checkout, environment: production }
#     tags: checkout-v*
`;

/**
 * The path of `mayday.yaml` in the team's folder; where there is none, one is made that holds only comments.
 * Throws IncidentError `storage`.
 */
export async function ensureConfigurationFile(teamDirectory: string): Promise<string> {
  const path = join(teamDirectory, configurationFileName);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, starter, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return path;
    throw new IncidentError('storage', `${path} cannot be written (${messageOf(error)}).`, { cause: error });
  }
  return path;
}
