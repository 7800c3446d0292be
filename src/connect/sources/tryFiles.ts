import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { SourceTarget } from '../../investigate/sources/sourceToTry.ts';
import type { Trial } from '../../investigate/sources/testDataSources.ts';
import { IncidentError, messageOf } from '../../incident/incidentError.ts';
import { matchingFiles } from './matchingFiles.ts';
import { tryLogs } from './tryLogs.ts';

/** Access logs or OpenSLO files: how many files there are, and what they hold. Throws IncidentError `storage`, `cancelled`. */
export async function tryFiles(
  { kind, folder, globs }: Extract<SourceTarget, { kind: 'accessLogs' | 'openslo' }>,
  signal: AbortSignal,
): Promise<Trial> {
  const found = await Promise.all(
    globs.map(async (glob) => ({ glob, files: await matchingFiles(folder, glob, signal) })),
  );
  const without = found.filter(({ files }) => files.length === 0).map(({ glob }) => glob);
  const files = [...new Set(found.flatMap((one) => one.files))];
  if (without.length > 0) {
    const rest = files.length === 0 ? '' : `; the others match ${counted(files.length)}`;
    const where = without.every((glob) => isAbsolute(glob)) ? 'this machine' : 'the workspace folder';
    return {
      outcome: 'failed',
      text: `no file of ${where} matches ${without.join(', ')}${rest}`,
      hint: 'Globs are relative to the workspace folder; * does not cross a /, ** does.',
    };
  }
  if (kind === 'accessLogs') return tryLogs(folder, files, signal);
  return { outcome: 'answered', text: `match ${counted(files.length)}, ${await objectivesIn(folder, files)}` };
}

async function objectivesIn(folder: string, files: readonly string[]): Promise<string> {
  const texts = await Promise.all(files.slice(0, 50).map((file) => beginning(folder, file)));
  const objectives = texts.reduce((sum, text) => sum + (text.match(/^kind:\s*["']?SLO["']?\s*$/gm)?.length ?? 0), 0);
  return `${String(objectives)} ${objectives === 1 ? 'objective' : 'objectives'}`;
}

/** Larger files hold no objectives that people wrote. */
const mostBytes = 1024 * 1024;

async function beginning(folder: string, file: string): Promise<string> {
  const path = isAbsolute(file) ? file : join(folder, file);
  try {
    const about = await stat(path);
    // A device or a pipe has no size, and no end.
    return !about.isFile() || about.size > mostBytes ? '' : await readFile(path, 'utf8');
  } catch (error) {
    throw new IncidentError('storage', `${file} could not be read: ${messageOf(error)}.`, { cause: error });
  }
}

function counted(count: number): string {
  return `${String(count)} ${count === 1 ? 'file' : 'files'}`;
}
