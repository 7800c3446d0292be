import type { Metafile } from 'esbuild';
import { builtinModules } from 'node:module';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshBuild } from '../support/freshBuild.ts';
import type { LoadedBundle } from '../support/loadBundle.ts';
import { projectRoot, run } from '../support/run.mjs';

const entry = 'dist/extension.js';
const entryLimitBytes = 90 * 1024;

/** Heavy packages that load on first use. */
const lazyPackages = ['zod', 'luxon', 'yaml', 'axios', 'handlebars', 'simple-git', '@secretlint/core'];

/** Packages that patch globals of the process, which every extension of the window shares. */
const patchingPackages = ['graceful-fs', 'signal-exit', 'atomically', 'undici'];

let metafile: Metafile;
beforeAll(async () => {
  metafile = await freshBuild();
}, 120_000);

describe('the bundle', () => {
  it('loads at most 90 KB on activation', async () => {
    const sizes = await Promise.all(staticFiles().map(async (file) => (await stat(join(projectRoot, file))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(entryLimitBytes);
  });

  it('loads one file on activation: each costs VS Code as much as what is in it', () => {
    expect(staticFiles()).toEqual([entry]);
  });

  it('loads no heavy package on activation', () => {
    const packages = new Set(staticFiles().flatMap((file) => packagesOf(Object.keys(metafile.outputs[file]!.inputs))));
    expect(lazyPackages.filter((name) => packages.has(name))).toEqual([]);
  });

  it('contains no package that patches globals', () => {
    const packages = packagesOf(Object.keys(metafile.inputs));
    expect(patchingPackages.filter((name) => packages.includes(name))).toEqual([]);
  });

  it('imports nothing that a machine lacks: only what is in it, Node’s own modules and vscode', () => {
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    const outside = imports.filter(({ external }) => external === true).map(({ path }) => path.replace(/^node:/, ''));
    // Handlebars asks for source-map inside a try, and only for templates that it precompiles.
    const known = [...builtinModules, 'vscode', 'source-map'];
    expect([...new Set(outside)].filter((path) => !known.includes(path))).toEqual([]);
  });
});

describe('the built files', () => {
  let files: readonly string[];
  let loaded: LoadedBundle;

  beforeAll(async () => {
    const names = await readdir(join(projectRoot, 'dist'), { recursive: true });
    // A browser loads the page of the charts; what it needs is not in Node.
    files = names
      .filter((name) => name.endsWith('.js') && name !== 'chartPanel.js')
      .map((name) => join(projectRoot, 'dist', name));
    const program = join(projectRoot, 'test/support/loadBundle.ts');
    const { code, output } = await run(process.execPath, [program, ...files], { quiet: true });
    if (code !== 0) throw new Error(output);
    loaded = JSON.parse(output) as LoadedBundle;
  }, 60_000);

  it('load in plain Node, the entry and every chunk that comes later', () => {
    expect(loaded.failures).toEqual([]);
    expect(Object.keys(loaded.exports).sort()).toEqual([...files].sort());
  });

  it('export activate, the only thing VS Code asks for', () => {
    expect(loaded.exports[join(projectRoot, entry)]).toContain('activate');
  });

  it('leave the functions of the process as they were', () => {
    expect(loaded.patched).toEqual([]);
  });
});

describe('the page of the charts', () => {
  const read = (name: string) => readFile(join(projectRoot, 'dist', name), 'utf8');

  it('is small, and makes no code of text, as its policy demands', async () => {
    const script = await read('chartPanel.js');
    console.log(`chartPanel.js: ${String(Math.round(script.length / 1024))} KB`);
    expect(script.length).toBeLessThan(80 * 1024);
    expect(script).not.toMatch(
      /\beval\(|new Function\b|innerHTML|insertAdjacentHTML|document\.write|\bfetch\(|XMLHttpRequest/,
    );
  });

  it('has a style sheet that loads nothing', async () => {
    const style = await read('chartPanel.css');
    expect(style).toContain('.uplot');
    expect(style).not.toMatch(/url\(|@import/);
  });
});

/** The entry and everything that it imports statically. */
function staticFiles(file: string = entry, found = new Set<string>()): readonly string[] {
  if (found.has(file)) return [...found];
  found.add(file);
  for (const { kind, path, external } of metafile.outputs[file]!.imports) {
    if (kind === 'import-statement' && external !== true) staticFiles(path, found);
  }
  return [...found];
}

/** The packages that inputs of the bundle come from. */
function packagesOf(inputs: readonly string[]): readonly string[] {
  return inputs.flatMap((input) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []);
}
