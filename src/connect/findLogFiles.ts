import { opendir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { refuseCancelled } from '../incident/defineUseCase.ts';
import { messageOf } from '../incident/incidentError.ts';
import { codeOf } from '../journal/storageError.ts';
import { isTameGlob } from '../safety/isTameGlob.ts';
import type { FoundLogs, LogFile } from '../signals/accessLogs/readsLogs.ts';
import { mostFiles } from '../signals/accessLogs/readsLogs.ts';

const mostEntries = 5000;
const deepest = 8;
const neverLogs = ['.git', 'node_modules'];

/** True for a compressed file, which is not read. */
export const isPacked = (path: string): boolean => /\.(?:gz|bz2|xz|zst|zip)$/i.test(path);

/**
 * The files that globs match, those written last first. Looks only into the folders that a glob can mean, at most 5,000 entries
 * of them; a folder or file that cannot be read is noted. Throws IncidentError `cancelled`.
 */
export async function findLogFiles(globs: readonly string[], folder: string, signal: AbortSignal): Promise<FoundLogs> {
  const search: Search = { folder, signal, entries: 0, notes: new Set() };
  const paths = new Set<string>();
  for (const glob of globs) {
    if (isTameGlob(glob)) for (const path of await matches(glob, search)) paths.add(path);
    else search.notes.add(`Nothing is looked for by ${glob}: it has too many * or groups in parentheses.`);
  }
  const packed = [...paths].filter(isPacked);
  const found = await Promise.all([...paths].filter((path) => !isPacked(path)).map((path) => fileAt(path, search)));
  refuseCancelled(signal);
  const files = found.flatMap((file) => file ?? []).sort((a, b) => b.modifiedMs - a.modifiedMs);
  if (packed.length > 0) search.notes.add(`Compressed files are not read: ${some(packed, folder)}.`);
  if (search.entries >= mostEntries)
    search.notes.add(`Of what the globs can mean, ${mostEntries} entries were looked at.`);
  if (files.length > mostFiles)
    search.notes.add(`${files.length - mostFiles} older files of ${files.length} are not read.`);
  return { files: files.slice(0, mostFiles), notes: [...search.notes] };
}

interface Search {
  readonly folder: string;
  readonly signal: AbortSignal;
  entries: number;
  readonly notes: Set<string>;
}

async function matches(glob: string, search: Search): Promise<readonly string[]> {
  const pattern = sep === '\\' ? glob.replaceAll('\\', '/') : glob;
  const { base, glob: rest, isGlob } = picomatch.scan(pattern);
  const root = isAbsolute(base) ? base : join(search.folder, base);
  if (!isGlob) return [root];
  const fits = picomatch(rest, { dot: true });
  const depth = rest.includes('**') ? deepest : Math.min(deepest, rest.split('/').length);
  const found: string[] = [];
  const walk = async (directory: string, inside: string, left: number): Promise<void> => {
    for await (const { name, isFolder } of entriesOf(directory, search)) {
      const path = inside === '' ? name : `${inside}/${name}`;
      if (isFolder && left > 1 && !neverLogs.includes(name)) await walk(join(directory, name), path, left - 1);
      if (!isFolder && fits(path)) found.push(join(directory, name));
    }
  };
  await walk(root, '', depth);
  return found;
}

async function* entriesOf(
  directory: string,
  search: Search,
): AsyncGenerator<{ readonly name: string; readonly isFolder: boolean }> {
  try {
    for await (const entry of await opendir(directory)) {
      refuseCancelled(search.signal);
      if (search.entries >= mostEntries) return;
      search.entries += 1;
      yield { name: entry.name, isFolder: entry.isDirectory() };
    }
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    // Where there is nothing, nothing matches; that is said of the globs together.
    if (codeOf(error) !== 'ENOENT')
      search.notes.add(`${shownPath(directory, search.folder)} could not be read: ${messageOf(error)}.`);
  }
}

async function fileAt(path: string, { folder, notes }: Search): Promise<LogFile | undefined> {
  try {
    const { size, mtimeMs, ...kind } = await stat(path).then((one) => ({
      size: one.size,
      mtimeMs: one.mtimeMs,
      isFile: one.isFile(),
    }));
    return kind.isFile ? { path, shown: shownPath(path, folder), bytes: size, modifiedMs: mtimeMs } : undefined;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') notes.add(`${shownPath(path, folder)} could not be read: ${messageOf(error)}.`);
    return undefined;
  }
}

function shownPath(path: string, folder: string): string {
  const inside = relative(folder, path);
  const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
  return (isInside ? inside : path).split(sep).join('/');
}

function some(paths: readonly string[], folder: string): string {
  const shown = paths.slice(0, 3).map((path) => shownPath(path, folder));
  return [...shown, ...(paths.length > 3 ? [`${paths.length - 3} more`] : [])].join(', ');
}
