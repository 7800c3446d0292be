import type { Metafile } from 'esbuild';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { freshBuild } from '../support/freshBuild.ts';
import { projectRoot } from '../support/run.mjs';
import type { Benchmark } from './benchmark.ts';
import { figureOf } from './figure.ts';

const kilobyte = 1024;

/** What is loaded when VS Code activates Mayday, and what all of it weighs. */
export const bundle: Benchmark = {
  name: 'bundle',
  run: async () => {
    const metafile = await freshBuild();
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

/** A chunk and everything it imports statically. */
function loadedWith(entry: string, metafile: Metafile, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const { path, kind, external } of metafile.outputs[entry]?.imports ?? []) {
    if (kind === 'import-statement' && external !== true) loadedWith(path, metafile, found);
  }
  return found;
}
