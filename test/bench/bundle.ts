import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, run } from '../support/run.mjs';
import type { Benchmark } from './benchmark.ts';
import { figureOf } from './figure.ts';

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[] }
    >
  >;
}

const kilobyte = 1024;

/** What is loaded when VS Code activates Mayday, and what all of it weighs. */
export const bundle: Benchmark = {
  name: 'bundle',
  run: async () => {
    await buildForProduction();
    const metafile = JSON.parse(await readFile(join(projectRoot, 'out/extension.meta.json'), 'utf8')) as Metafile;
    const sizeOf = async (files: Iterable<string>): Promise<number> => {
      let bytes = 0;
      for (const file of files) bytes += (await stat(join(projectRoot, file))).size;
      return bytes / kilobyte;
    };
    const entry = await sizeOf(loadedWith('dist/extension.js', metafile));
    const all = await sizeOf(Object.keys(metafile.outputs));
    return [
      figureOf({ name: 'entry chunk', unit: 'KB', values: [entry], goal: { of: 'value', atMost: 90 } }),
      figureOf({ name: 'all chunks', unit: 'KB', values: [all] }),
    ];
  },
};

let built: Promise<void> | undefined;

/** Builds into dist/ what the VSIX holds; once for all benchmarks. */
export function buildForProduction(): Promise<void> {
  built ??= run(process.execPath, ['esbuild.js', '--production'], { quiet: true }).then(({ code, output }) => {
    if (code !== 0) throw new Error(`node esbuild.js --production failed:\n${output}`);
  });
  return built;
}

/** A chunk and everything it imports statically. */
function loadedWith(entry: string, { outputs }: Metafile, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const { path, kind, external } of outputs[entry]?.imports ?? []) {
    if (kind === 'import-statement' && external !== true) loadedWith(path, { outputs }, found);
  }
  return found;
}
