import type { Metafile } from 'esbuild';
import { existsSync } from 'node:fs';
import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, run } from './run.mjs';

/** The production build in dist/, made again when it is missing, for development, or older than what it is made of. Gives its metafile. */
export async function freshBuild(): Promise<Metafile> {
  const forDevelopment = existsSync(join(projectRoot, 'dist/extension.js.map'));
  if (
    forDevelopment ||
    (await isOlder('out/extension.meta.json', ['src/**/*.ts', 'media/chart/*', 'esbuild.js', 'package-lock.json']))
  ) {
    const { code, output } = await run(process.execPath, ['esbuild.js', '--production'], { quiet: true });
    if (code !== 0) throw new Error(`The build failed:\n${output}`);
  }
  return JSON.parse(await readFile(join(projectRoot, 'out/extension.meta.json'), 'utf8')) as Metafile;
}

/** True when the file is missing or one that matches the patterns is newer; all relative to the project. */
export async function isOlder(file: string, patterns: readonly string[]): Promise<boolean> {
  if (!existsSync(join(projectRoot, file))) return true;
  const { mtimeMs } = await stat(join(projectRoot, file));
  for await (const source of glob([...patterns], { cwd: projectRoot })) {
    if ((await stat(join(projectRoot, source))).mtimeMs > mtimeMs) return true;
  }
  return false;
}
