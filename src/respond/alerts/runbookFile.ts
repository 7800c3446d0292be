import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { IncidentError } from '../../incident/incidentError.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { ListedAlert } from './alertSight.ts';

/**
 * The file of the workspace folder that is an alert's runbook. Throws `notFound` when it is not there, or leads out of the
 * folder: the path is a stranger's.
 */
export async function runbookFile({ folder, runbook }: Pick<ListedAlert, 'folder' | 'runbook'>): Promise<string> {
  if (runbook?.kind !== 'file') throw new IncidentError('notFound', 'The alert names no runbook in the workspace.');
  const file = await fileBelow(folder, runbook.path);
  if (file !== undefined) return file;
  throw new IncidentError('notFound', `There is no runbook ${redactedLine(runbook.path)} in ${folder}.`, {
    hint: 'The alert names it: the rule has it in another repository, or its path changed.',
  });
}

async function fileBelow(folder: string, path: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, ...path.split('/')));
    return file.startsWith(`${root}${sep}`) && (await stat(file)).isFile() ? file : undefined;
  } catch {
    // Whatever the system says: it is not there to be read.
    return undefined;
  }
}
