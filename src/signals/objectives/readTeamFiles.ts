import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import picomatch from 'picomatch';
import { IncidentError, messageOf } from '../../incident/incidentError.ts';
import { isRepositoryPath } from '../../safety/argumentPatterns.ts';
import type { FileProblem, TeamFile, TeamFiles } from './teamFiles.ts';
import { isTameGlob } from '../../safety/isTameGlob.ts';

const mostFiles = 200;
const largestBytes = 256 * 1024;
/** All files together: parsing more would keep the editor busy. */
const mostBytes = 4 * 1024 * 1024;
const mostEntries = 20_000;
const deepest = 12;
const neverLookedInto = new Set(['.git', 'node_modules']);

/**
 * The files of a workspace folder that globs mean, relative to it: at most 200, of 256 KB each and 4 MB together; what is left
 * out is said. Links that lead out of the folder are not followed. Throws IncidentError `cancelled` only.
 */
export async function readTeamFiles(folder: string, globs: readonly string[], signal: AbortSignal): Promise<TeamFiles> {
  const problems: FileProblem[] = [];
  const paths = new Set<string>();
  for (const glob of globs) {
    const found = await pathsOf(folder, glob, signal);
    for (const path of found.paths) paths.add(path);
    problems.push(...found.problems);
  }
  const sorted = [...paths].sort();
  if (sorted.length > mostFiles) {
    const message = `${String(sorted.length)} files are meant, and only the first ${String(mostFiles)} are read.`;
    problems.push({ path: globs.join(', '), message });
  }
  const files: TeamFile[] = [];
  let bytes = 0;
  for (const path of sorted.slice(0, mostFiles)) {
    refuseCancelled(signal);
    const read = await readOne(folder, path, mostBytes - bytes);
    if (typeof read === 'string') {
      files.push({ path, text: read });
      bytes += Buffer.byteLength(read);
    } else problems.push(read);
  }
  return { files, problems };
}

async function readOne(folder: string, path: string, left: number): Promise<string | FileProblem> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, ...path.split('/')));
    if (!file.startsWith(`${root}${sep}`)) return { path, message: 'It is a link that leads out of the folder.' };
    const about = await stat(file);
    if (!about.isFile()) return { path, message: 'It is no file.' };
    if (about.size > largestBytes) {
      return {
        path,
        message: `It has ${String(Math.round(about.size / 1024))} KB, more than the 256 KB that are read.`,
      };
    }
    if (about.size > left) return { path, message: 'It is not read: the files before it have 4 MB together.' };
    return await readFile(file, 'utf8');
  } catch (error) {
    return { path, message: `It cannot be read (${messageOf(error)}).` };
  }
}

async function pathsOf(
  folder: string,
  glob: string,
  signal: AbortSignal,
): Promise<{ readonly paths: readonly string[]; readonly problems: readonly FileProblem[] }> {
  const bare = glob.replace(/^\.\//, '');
  const { base } = picomatch.scan(bare);
  if (!isRepositoryPath(bare)) {
    return {
      paths: [],
      problems: [{ path: glob, message: 'It must be a path inside the folder, such as slo/*.yaml.' }],
    };
  }
  if (base === bare) return { paths: [bare], problems: [] };
  if (!isTameGlob(bare)) {
    return { paths: [], problems: [{ path: glob, message: 'It has too many * or groups in parentheses.' }] };
  }
  const fits = picomatch(bare, { dot: true });
  const walk = { left: mostEntries, signal, fits, problems: [] as FileProblem[] };
  const paths = await walked(folder, base, deepest, walk);
  const nothing = paths.length === 0 && walk.problems.length === 0;
  const isCut = walk.left <= 0;
  return {
    paths,
    problems: [
      ...walk.problems,
      ...(isCut
        ? [{ path: glob, message: `Only ${String(mostEntries)} files were looked at: begin it with a folder.` }]
        : []),
      ...(nothing && !isCut ? [{ path: glob, message: 'No file of the folder fits.' }] : []),
    ],
  };
}

interface Walk {
  left: number;
  readonly signal: AbortSignal;
  readonly fits: (path: string) => boolean;
  readonly problems: FileProblem[];
}

async function walked(root: string, below: string, depth: number, walk: Walk): Promise<readonly string[]> {
  refuseCancelled(walk.signal);
  if (depth < 0 || walk.left <= 0) return [];
  const entries = await readdir(join(root, ...below.split('/')), { withFileTypes: true }).catch((error: unknown) => {
    walk.problems.push({ path: below || '.', message: `The folder cannot be read (${messageOf(error)}).` });
    return [];
  });
  const paths: string[] = [];
  for (const entry of entries.slice(0, walk.left)) {
    walk.left -= 1;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (!entry.isDirectory()) {
      if (walk.fits(path)) paths.push(path);
    } else if (!neverLookedInto.has(entry.name)) paths.push(...(await walked(root, path, depth - 1, walk)));
  }
  return paths;
}

function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new IncidentError('cancelled', 'Reading the files was cancelled.');
}
