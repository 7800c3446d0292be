import { cp, glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './run.mjs';
import { createTemporaryFolder } from './temporaryFolder.ts';

export interface UnpackedExtension {
  /** Absolute path of a temporary folder, named as VS Code names an installed extension. */
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Lays the built extension out as an install of its VSIX does. */
export async function unpackExtension(): Promise<UnpackedExtension> {
  const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as Record<string, string>;
  const { path: parent, remove } = await createTemporaryFolder('mayday-extension-');
  const folder = join(parent, `${manifest['publisher']}.${manifest['name']}-${manifest['version']}`);
  for (const file of await packagedFiles()) await cp(join(projectRoot, file), join(folder, file));
  return { folder, remove };
}

/**
 * The files that .vscodeignore lets into the VSIX, relative to the project. `vsce ls` gives the same list, and takes
 * seconds, because it looks at every file below the project first.
 */
export async function packagedFiles(): Promise<string[]> {
  const lines = (await readFile(join(projectRoot, '.vscodeignore'), 'utf8')).split('\n');
  const patterns = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).trim());
  // Unlike vsce's, Node's wildcards pass over names that begin with a dot.
  const withDots = patterns.flatMap((pattern) => (pattern.endsWith('**') ? [pattern, `${pattern}/.*`] : [pattern]));
  const files = new Set<string>();
  for await (const path of glob(withDots, { cwd: projectRoot })) {
    if ((await stat(join(projectRoot, path))).isFile()) files.add(path);
  }
  return [...files].sort();
}
