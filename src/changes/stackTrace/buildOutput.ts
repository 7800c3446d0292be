import { matchPath } from './matchPath.ts';
import type { RepositoryFiles } from './repositoryFiles.ts';

const outputFolder = /^(?:dist|build|out|lib|esm|cjs|output|target|\.next|\.output|\.svelte-kit|\.nuxt|_build|bundle)$/;
const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.vue', '.svelte'];

/** True for a script that a build may have written: there is a folder of its kind in the path. */
export function isBuilt(path: string): boolean {
  return (
    /\.[cm]?jsx?$/.test(path) &&
    path
      .split('/')
      .slice(0, -1)
      .some((part) => outputFolder.test(part))
  );
}

/** Paths, relative to some root, at which a built file may lie: from its output folder on, with ever more folders before. */
export function builtPaths(path: string): readonly string[] {
  const parts = path
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const output = parts.slice(0, -1).findLastIndex((part) => outputFolder.test(part));
  if (output < 0) return [];
  return Array.from({ length: Math.min(output + 1, 6) }, (_, more) => parts.slice(output - more).join('/'));
}

/**
 * The source of a built file where its name and place tell: `dist/server/cart.js` of `src/server/cart.ts`. Undefined when
 * several files could be it.
 */
export function sourceByName(path: string, files: RepositoryFiles): string | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const output = parts.slice(0, -1).findLastIndex((part) => outputFolder.test(part));
  if (output < 0) return undefined;
  const before = parts.slice(0, output);
  const inner = parts.slice(output + 1).join('/');
  const stems = sourceNames(inner);
  const found = new Set([
    ...stems.flatMap((stem) =>
      matchPath(`/${[...before, 'src', stem].join('/')}`, files).filter(endsWith(`src/${stem}`)),
    ),
    ...stems.flatMap((stem) => (stem.includes('/') ? matchPath(stem, files).filter(endsWith(stem)) : [])),
  ]);
  const sources = [...found].filter((file) => !isBuilt(file));
  return sources.length === 1 ? sources[0] : undefined;
}

/** Names that the source of a built file may have: `server/cart.ts`, `server/cart.tsx`, … */
export function sourceNames(path: string): readonly string[] {
  const stem = path.replace(/\.[cm]?jsx?$/, '');
  return stem === path ? [] : endings.map((ending) => `${stem}${ending}`);
}

function endsWith(suffix: string): (file: string) => boolean {
  return (file) => file === suffix || file.endsWith(`/${suffix}`);
}
