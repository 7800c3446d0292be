import type { RepositoryFiles } from './repositoryFiles.ts';

/** Where images, build machines and platforms put a program: what stands behind is the program's own. */
const containerRoots: readonly RegExp[] = [
  /^\/(?:app|src|code|workspace|service|build|work|project|application|deploy|bundle|_)\//,
  /^\/usr\/(?:src\/(?:app|[\w.-]+)|app|local\/app)\//,
  /^\/(?:srv|opt|workspaces|data)\/[\w.-]+\//,
  /^\/var\/(?:task|www(?:\/html)?|app(?:\/current)?)\//,
  /^\/home\/(?:app|node|runner\/work\/[\w.-]+\/[\w.-]+|vsts\/work\/\d+\/s)\//,
  /^\/github\/workspace\//,
  /^\/builds\/[\w.-]+\/[\w.-]+\//,
  /^\/go\/src\/(?:[\w-]+\.[\w.-]+\/[\w.-]+\/[\w.-]+\/|app\/)?/,
  /^\/tmp\/build_[0-9a-f]+\//,
];

/** The path of a frame within its program; undefined where nothing tells where the program begins. */
function withinProgram(path: string): string | undefined {
  if (!isAbsolute(path)) return path;
  for (const root of containerRoots) {
    const inner = path.replace(root, '');
    if (inner !== path) return inner;
  }
  return undefined;
}

/**
 * The files that a path of a trace can be: those whose paths end like it for the longest stretch. One: that is it. Several:
 * nothing tells between them. A name alone is enough only where the trace says no more.
 */
export function matchPath(path: string, files: RepositoryFiles): readonly string[] {
  const wanted = partsOf(path);
  const inner = withinProgram(path);
  const scored = files.named(wanted.at(-1) ?? '').map((candidate) => ({ candidate, ...likeness(wanted, candidate) }));
  const most = Math.max(0, ...scored.map(({ shared }) => shared));
  const best = scored.filter(({ shared }) => shared === most);
  if (most < 2 && inner !== undefined && partsOf(inner).length > 1) return [];
  const whole = best.filter(({ isWhole }) => isWhole);
  if (whole.length > 0) return whole.map(({ candidate }) => candidate);
  // A folder of a home that no file of the repository is in tells that the program is another one.
  if (most < 2 && inner === undefined) return [];
  return best.map(({ candidate }) => candidate);
}

/** Tells between equally good files by how other frames of the same trace were placed: `/app` stood for one folder there. */
export function matchLikeOthers(
  path: string,
  candidates: readonly string[],
  placed: Iterable<readonly [path: string, place: string]>,
): string | undefined {
  for (const [other, place] of placed) {
    const [a, b] = [partsOf(other), partsOf(place)];
    const { shared } = likeness(a, place);
    const from = a.slice(0, a.length - shared).join('/');
    const to = b.slice(0, b.length - shared).join('/');
    const rest = partsOf(path).join('/');
    if (from !== '' && !rest.startsWith(`${from}/`)) continue;
    const guess = [to, from === '' ? rest : rest.slice(from.length + 1)].filter((part) => part !== '').join('/');
    if (candidates.includes(guess)) return guess;
  }
  return undefined;
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:)/.test(path);
}

function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.replace(/^[A-Za-z]:/, '').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

function likeness(
  wanted: readonly string[],
  candidate: string,
): { readonly shared: number; readonly isWhole: boolean } {
  const parts = candidate.split('/');
  let shared = 0;
  while (shared < parts.length && shared < wanted.length && parts.at(-1 - shared) === wanted.at(-1 - shared)) shared++;
  return { shared, isWhole: shared === parts.length };
}
