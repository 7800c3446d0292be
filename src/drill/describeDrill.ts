import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { IncidentError, messageOf } from '../incident/incidentError.ts';

const firstLine = '# Written whenever the service of this drill starts: its port is another one each time.';
const ignored = '/.incidents/mayday.yaml';

/**
 * Writes the configuration that tells Mayday where the drill's service runs, says which commit it is and logs: `.incidents/mayday.yaml`,
 * ignored by git in this clone alone. A file that somebody wrote is left as it is. Throws IncidentError `storage`.
 */
export async function describeDrill(directory: string, url: string): Promise<void> {
  const file = join(directory, '.incidents', 'mayday.yaml');
  try {
    const present = await textOf(file);
    if (present !== undefined && !present.startsWith(firstLine)) return;
    const exclude = join(directory, '.git', 'info', 'exclude');
    if (!(await textOf(exclude))?.split('\n').includes(ignored)) {
      await mkdir(dirname(exclude), { recursive: true });
      await appendFile(exclude, `${ignored}\n`);
    }
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, configurationFor(url));
  } catch (error) {
    throw new IncidentError('storage', `${file} cannot be written (${messageOf(error)}).`, { cause: error });
  }
}

function configurationFor(url: string): string {
  return `${firstLine}
services:
  checkout:
    url: ${url}
    version: { url: ${url}/health/live, json: commit }
    tags: v*
    logs: { access: [logs/checkout.log] }
`;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
