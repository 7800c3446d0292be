import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import picomatch from 'picomatch';
import { IncidentError } from '../../incident/incidentError.ts';
import { isTameGlob } from '../../safety/isTameGlob.ts';

/** More entries than that nobody keeps logs among. */
const mostEntries = 20_000;
const mostFiles = 1000;

/**
 * The files that a glob matches, relative to `folder` unless the glob is absolute. Only what can match is looked into; links to
 * folders are not followed; a glob that is not tame matches nothing. Throws IncidentError `cancelled`.
 */
export async function matchingFiles(folder: string, glob: string, signal: AbortSignal): Promise<readonly string[]> {
  if (!isTameGlob(glob)) return [];
  const { base, isGlob } = picomatch.scan(glob);
  const root = isAbsolute(glob) ? '' : folder;
  const matches = picomatch(glob, { dot: true });
  const isDeep = glob.slice(base.length).includes('**');
  const depth = glob.slice(base.length).split('/').filter(Boolean).length;
  const start = isGlob ? base : base.split('/').slice(0, -1).join('/');
  const files: string[] = [];
  let entries = 0;
  const walk = async (directory: string, level: number): Promise<void> => {
    for (const entry of await entriesOf(join(root, directory))) {
      if (signal.aborted) throw new IncidentError('cancelled', 'Looking for files was cancelled.');
      if (++entries > mostEntries || files.length >= mostFiles) return;
      const path =
        directory === '' || directory.endsWith('/') ? `${directory}${entry.name}` : `${directory}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isGlob && (isDeep || level < depth) && entry.name !== 'node_modules') await walk(path, level + 1);
      } else if (isGlob ? matches(path) : path === glob.replace(/^\.\//, '')) files.push(path);
    }
  };
  await walk(start, 1);
  return files;
}

async function entriesOf(directory: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(directory === '' ? '.' : directory, { withFileTypes: true });
  } catch {
    // What is not there or not for this person to read matches nothing.
    return [];
  }
}
