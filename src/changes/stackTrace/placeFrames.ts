import { setImmediate } from 'node:timers/promises';
import { builtPaths, isBuilt, sourceByName, sourceNames } from './buildOutput.ts';
import type { FramePlace } from './framePlace.ts';
import type { GoModule } from './goModules.ts';
import { goFile } from './goModules.ts';
import { matchLikeOthers, matchPath } from './matchPath.ts';
import type { ParsedTrace, TraceFrame, TraceLanguage } from './parsedTrace.ts';
import type { RepositoryFiles } from './repositoryFiles.ts';
import { repositoryFiles } from './repositoryFiles.ts';
import type { KnownMaps, ReadText } from './sourceMaps.ts';

/** What frames are looked for in. */
export interface PlacesOfFrames {
  /** All files of the repository at the revision. */
  readonly paths: readonly string[];
  readonly goModules: readonly GoModule[];
  /** A file of the repository at the revision. */
  readonly read: ReadText;
  /** A file of the work tree: what was built is seldom committed. */
  readonly readBuilt: ReadText;
}

type Trace = Extract<ParsedTrace, { kind: 'trace' }>;

const mostListed = 20;

/** Where each frame of a trace is in a repository; as many lists as errors, each as long as its frames. */
export async function placeFrames(
  { language, errors }: Pick<Trace, 'language' | 'errors'>,
  places: PlacesOfFrames,
): Promise<readonly (readonly FramePlace[])[]> {
  const frames = errors.flatMap((error) => error.frames);
  const names = new Set(frames.flatMap(namesOf));
  const files = repositoryFiles(places.paths, names);
  const placed: FramePlace[] = [];
  const known = new Map<string, FramePlace>();
  const search: Search = { ...places, files, maps: new Map() };
  for (const frame of frames) {
    const key = JSON.stringify(frame);
    let place = known.get(key);
    if (place === undefined) {
      place = await placeOf(frame, language, search);
      known.set(key, place);
      // A monorepo has thousands of files of some names.
      await setImmediate();
    }
    placed.push(place);
  }
  const settled = byTheOthers(frames, placed);
  let next = 0;
  return errors.map((error) => settled.slice(next, (next += error.frames.length)));
}

interface Search extends PlacesOfFrames {
  readonly files: RepositoryFiles;
  readonly maps: KnownMaps;
}

async function placeOf(frame: TraceFrame, language: TraceLanguage, search: Search): Promise<FramePlace> {
  const direct = matches(frame, language, search);
  if (frame.isLibrary) {
    // A name that looks like a framework's is the repository's own when the whole package is in it.
    const [own, ...others] = language === 'java' ? direct : language === 'python' ? installed(frame, search) : [];
    return own === undefined || others.length > 0 ? { kind: 'library' } : inRepository(own, frame.line);
  }
  if (frame.path === undefined) return { kind: 'outside', reason: 'The trace names no file for it.' };
  if (language === 'javascript') {
    const source = await throughBuild(frame, direct, search);
    if (source !== undefined) return source;
  }
  const [path] = direct;
  if (path === undefined) {
    return { kind: 'outside', reason: `No file of the repository has a path that ends like ${frame.path}.` };
  }
  if (direct.length === 1) return inRepository(path, frame.line);
  return { kind: 'ambiguous', paths: direct.slice(0, mostListed), ...lineOf(frame.line) };
}

function matches(frame: TraceFrame, language: TraceLanguage, { files, goModules }: Search): readonly string[] {
  const { path, packageName } = frame;
  if (path === undefined) return [];
  if (language === 'go') {
    const file = goFile(frame, goModules, files);
    if (file !== undefined) return [file];
  }
  if (language !== 'java') return matchPath(path, files);
  const folders = (packageName ?? '').replaceAll('.', '/');
  const whole = files
    .named(path)
    .filter((file) => `/${file}`.endsWith(`/${folders === '' ? '' : `${folders}/`}${path}`));
  if (whole.length > 0 || path.endsWith('.java') || frame.isLibrary) return whole;
  // Kotlin leaves out the folders that all packages share.
  const shorter = matchPath(`${folders}/${path}`, files);
  return shorter.length > 0 ? shorter : files.named(path).filter((file) => kotlinRoot.test(file));
}

/** A file of the package that has no folders then. */
const kotlinRoot = /(?:^|\/)src\/[^/]+\/kotlin\/[^/]+$/;

const copies = /(?:^|\/)(?:_?vendor|vendored|third_party|site-packages|dist-packages)\//;

/** Files of the repository that `pip install .` put among the packages: the whole package is in it, and within no other. */
function installed({ path = '' }: TraceFrame, { files, paths }: Search): readonly string[] {
  const [, inner = ''] = /[\\/](?:site|dist)-packages[\\/](.+)$/.exec(path) ?? [];
  if (!inner.includes('/')) return [];
  const found = files.named(nameOf(inner)).filter((file) => `/${file}`.endsWith(`/${inner}`) && !copies.test(file));
  return found.filter((file) => !paths.includes(`${file.slice(0, -inner.length)}__init__.py`));
}

/** The source of a built script: by its map at the revision or in the work tree, else by its name. */
async function throughBuild(
  { path = '', line, column }: TraceFrame,
  direct: readonly string[],
  { paths, files, read, readBuilt, maps }: Search,
): Promise<FramePlace | undefined> {
  if (!isBuilt(path)) return undefined;
  const { throughSourceMap } = await import('./sourceMaps.ts');
  const [committed] = direct.length === 1 ? direct : [];
  const tries = [
    ...(committed === undefined
      ? []
      : [
          { built: committed, by: read },
          { built: committed, by: readBuilt },
        ]),
    ...builtPaths(path).map((built) => ({ built, by: readBuilt })),
  ];
  for (const { built, by } of line === undefined ? [] : tries) {
    const place = { path: built, line: line ?? 1, ...(column === undefined ? {} : { column }) };
    const source = await throughSourceMap(place, by, maps);
    if (source === undefined) continue;
    const [file, ...others] = sourceFiles(source.path, paths);
    // Its map names a dependency that was bundled, or a source that the revision does not have.
    if (file === undefined) return /(?:^|\/)node_modules\//.test(source.path) ? { kind: 'library' } : undefined;
    if (others.length > 0)
      return { kind: 'ambiguous', paths: [file, ...others].slice(0, mostListed), line: source.line };
    return { kind: 'repository', path: file, line: source.line, via: 'sourceMap' };
  }
  if (committed !== undefined) return undefined;
  const file = sourceByName(path, files);
  return file === undefined ? undefined : { kind: 'repository', path: file, via: 'buildOutput' };
}

/** The map of a bundle names sources of any name: they are looked for among all files. */
function sourceFiles(source: string, paths: readonly string[]): readonly string[] {
  const files = repositoryFiles(paths, new Set([nameOf(source)]));
  return files.has(source) ? [source] : matchPath(`/${source}`, files);
}

/** Settles what is ambiguous by how the other frames lie. */
function byTheOthers(frames: readonly TraceFrame[], places: readonly FramePlace[]): readonly FramePlace[] {
  const placed = frames.flatMap(({ path }, index) => {
    const place = places[index];
    return path !== undefined && place?.kind === 'repository' && place.via === undefined
      ? [[path, place.path] as const]
      : [];
  });
  return places.map((place, index) => {
    if (place.kind !== 'ambiguous') return place;
    const path = matchLikeOthers(frames[index]?.path ?? '', place.paths, placed);
    return path === undefined ? place : inRepository(path, place.line);
  });
}

/** File names that lead to a frame, those of a built script's source among them. */
function namesOf({ path }: TraceFrame): readonly string[] {
  if (path === undefined) return [];
  const name = nameOf(path);
  return [name, ...sourceNames(name)];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function inRepository(path: string, line: number | undefined): FramePlace {
  return { kind: 'repository', path, ...lineOf(line) };
}

function lineOf(line: number | undefined): { readonly line?: number } {
  return line === undefined ? {} : { line };
}
