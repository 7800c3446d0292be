import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { SourceTarget } from '../../investigate/sources/sourceToTry.ts';
import type { Trial } from '../../investigate/sources/testDataSources.ts';
import { matchingFiles } from './matchingFiles.ts';

/** Access logs or OpenSLO files: how many files there are, and what tells most about them. */
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
  return { outcome: 'answered', text: `match ${counted(files.length)}, ${await detail(kind, folder, files)}` };
}

async function detail(kind: 'accessLogs' | 'openslo', folder: string, files: readonly string[]): Promise<string> {
  const paths = files.map((file) => (isAbsolute(file) ? file : join(folder, file)));
  if (kind === 'openslo') {
    const texts = await Promise.all(paths.slice(0, 50).map(beginning));
    const objectives = texts.reduce((sum, text) => sum + (text.match(/^kind:\s*["']?SLO["']?\s*$/gm)?.length ?? 0), 0);
    return `${String(objectives)} ${objectives === 1 ? 'objective' : 'objectives'}`;
  }
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs));
  return `written last at ${new Date(Math.max(...times)).toISOString()}`;
}

/** Larger files hold no objectives that people wrote. */
const mostBytes = 1024 * 1024;

async function beginning(path: string): Promise<string> {
  const about = await stat(path);
  // A device or a pipe has no size, and no end.
  return !about.isFile() || about.size > mostBytes ? '' : readFile(path, 'utf8');
}

function counted(count: number): string {
  return `${String(count)} ${count === 1 ? 'file' : 'files'}`;
}
