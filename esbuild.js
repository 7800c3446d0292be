// Builds the extension (dist/) and the test suites that a VS Code loads (out/).
import { build, context } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const withTests = process.argv.includes('--tests');

/** What activation loads: extension.js with everything it imports statically. The rest comes on first use. */
const entryLimitBytes = 90 * 1024;

/** Packages that patch globals of the process, which every extension of the window shares. */
const globalPatching = /node_modules\/(graceful-fs|signal-exit|atomically|undici)\//;

/** Bundled ESM has no `require`, and CommonJS packages inside it still ask for Node's built-in modules. */
const requireBanner = "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);";

const apiBanner = "const vscodeApi=require('vscode');";

/** Lines that the `$esbuild-watch` problem matcher of .vscode/tasks.json looks for. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(pluginBuild) {
    pluginBuild.onStart(() => console.log('[watch] build started'));
    pluginBuild.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[watch] build finished');
    });
  },
};

/** What a package drags in and Mayday never uses. */
const withoutBallast = {
  name: 'without-ballast',
  setup(pluginBuild) {
    // axios needs mime-db only for multipart bodies, which Mayday never sends.
    pluginBuild.onResolve({ filter: /^mime-db$/ }, () => ({ path: 'mime-db', namespace: 'empty' }));
    pluginBuild.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const extension = {
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  mainFields: ['module', 'main'],
  external: ['vscode', 'source-map'],
  minify: production,
  sourcemap: !production,
  metafile: true,
  legalComments: 'none',
  logLevel: 'silent',
  plugins: [withoutBallast, problemMatcher],
};

/** Comparing large configuration files has a thread of its own, and a thread an entry of its own. */
const compareWorker = {
  ...extension,
  entryPoints: { compareWorker: 'src/connect/compareWorker.ts' },
  outdir: 'dist/chunks',
  splitting: false,
  metafile: false,
};

/** The page of the chart panel: a browser loads it, so it has nothing of Node and nothing of the extension's chunks. */
const chartPanel = {
  entryPoints: { chartPanel: 'media/chart/main.ts' },
  outdir: 'dist',
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'chrome128',
  minify: production,
  sourcemap: production ? false : 'inline',
  legalComments: 'none',
  logLevel: 'silent',
  plugins: [problemMatcher],
};

/** Gives test/integration/run.ts a way to load every test file beside it, without a list that someone has to keep. */
const integrationSuites = {
  name: 'integration-suites',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /^mayday:suites$/ }, () => ({ path: 'suites', namespace: 'suites' }));
    pluginBuild.onLoad({ filter: /.*/, namespace: 'suites' }, async () => {
      const folder = resolve('test/integration');
      const files = (await readdir(folder)).filter((file) => file.endsWith('.test.ts')).sort();
      const loaders = files.map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(`./${file}`)})`);
      return { contents: `export const suites = { ${loaders.join(', ')} };`, resolveDir: folder, watchDirs: [folder] };
    });
  },
};

/** Loaded by the extension host through require(), hence CommonJS. */
const integration = {
  entryPoints: { integration: 'test/integration/run.ts' },
  outdir: 'out',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  mainFields: ['module', 'main'],
  external: ['vscode', 'source-map'],
  define: { 'import.meta.url': 'undefined' },
  sourcemap: 'inline',
  logLevel: 'silent',
  plugins: [withoutBallast, integrationSuites, problemMatcher],
};

/** Throws when the metafile shows what may not be shipped: a package that patches globals, or a heavy entry. */
function checkMetafile(metafile) {
  const patching = Object.keys(metafile.inputs).filter((input) => globalPatching.test(input));
  if (patching.length > 0) throw new Error(`Bundled packages patch globals: ${patching.join(', ')}`);
  const size = staticSize(metafile, 'dist/extension.js');
  if (production && size > entryLimitBytes) {
    throw new Error(`The entry chunk has ${size} bytes; at most ${entryLimitBytes} may load on activation.`);
  }
  console.log(`entry: ${(size / 1024).toFixed(1)} KB of at most ${entryLimitBytes / 1024} KB`);
}

/** Throws when an output asks for what CommonJS has and a bundled ES module has not: it would only fail when it runs. */
async function checkOutputs(metafile) {
  for (const path of Object.keys(metafile.outputs).filter((output) => output.endsWith('.js'))) {
    const [found] = /(?<![\w$.'"`])__(?:file|dir)name\b(?!['"`])/.exec(await readFile(path, 'utf8')) ?? [];
    if (found !== undefined) throw new Error(`${path} asks for ${found}, which a bundled module has not.`);
  }
}

function staticSize({ outputs }, entry) {
  return staticFiles(outputs, entry).reduce((sum, file) => sum + outputs[file].bytes, 0);
}

/**
 * For an ES module that imports its API, VS Code first writes and compiles a module of some 500 exports, which takes longer than
 * all of the entry; require() hands out the API as it is, and is asked once a file: VS Code looks up at each call whose API is
 * wanted. In front of the first line, where source maps stay right.
 */
async function requireVscode() {
  const names = (await readdir('dist', { recursive: true })).filter((name) => name.endsWith('.js'));
  for (const file of names.map((name) => `dist/${name}`)) {
    const code = await readFile(file, 'utf8');
    const body = code.replaceAll(/\bimport ?\* ?as ([\w$]+) from ?"vscode"/g, 'const $1=vscodeApi');
    await writeFile(file, requireBanner + (body === code ? '' : apiBanner) + body);
  }
}

/**
 * Puts the chunks that the entry imports statically into the entry: VS Code reads and links each file of an extension's
 * start for itself, which took half of the time that loading takes. The other chunks then import them from there, so that
 * every module still is there once.
 */
async function mergeEntry({ outputs }) {
  const entry = 'dist/extension.js';
  const inside = staticFiles(outputs, entry).filter((file) => file !== entry);
  const nameOf = (file) => `chunk${inside.indexOf(file)}`;
  const names = inside.map((file) => `export * as ${nameOf(file)} from './${file}';`);
  const dynamic = Object.keys(outputs).filter(
    (file) => file.endsWith('.js') && file !== entry && !inside.includes(file),
  );
  await build({
    stdin: { contents: [`export { activate, deactivate } from './${entry}';`, ...names].join('\n'), resolveDir: '.' },
    outfile: entry,
    allowOverwrite: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    minify: production,
    sourcemap: !production,
    logLevel: 'silent',
    plugins: [
      {
        name: 'leave-dynamic-chunks',
        setup(pluginBuild) {
          // Their paths in the sources are relative to chunks/ or to dist/; the entry is in dist/.
          pluginBuild.onResolve({ filter: /\.js$/ }, ({ path, kind }) =>
            kind === 'dynamic-import' ? { path: `./chunks/${path.split('/').at(-1)}`, external: true } : undefined,
          );
        },
      },
    ],
  });
  const importOf = /\bimport ?(?:\{([^}]*)\} ?from ?)?"\.\/([\w-]+\.js)";?/g;
  for (const file of dynamic) {
    const code = (await readFile(file, 'utf8')).replaceAll(importOf, (text, wanted, chunk) => {
      const name = nameOf(`dist/chunks/${chunk}`);
      if (!inside.includes(`dist/chunks/${chunk}`)) return text;
      if (wanted === undefined) return '';
      const lineEnds = '\n'.repeat(wanted.split('\n').length - 1);
      const fields = wanted.replaceAll(/\s+as\s+/g, ':').replaceAll(/\s+/g, ' ');
      return `import{${name} as merged_${name}}from"../extension.js";const{${fields}}=merged_${name};${lineEnds}`;
    });
    await writeFile(file, code);
  }
  for (const file of inside) {
    await rm(file);
    await rm(`${file}.map`, { force: true });
    Object.assign(outputs[entry].inputs, outputs[file].inputs);
    delete outputs[file];
  }
  for (const output of Object.values(outputs)) {
    output.imports = output.imports.map((one) => (inside.includes(one.path) ? { ...one, path: entry } : one));
  }
  outputs[entry].imports = outputs[entry].imports.filter(({ path }) => path !== entry);
}

function staticFiles(outputs, file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const imported = outputs[file].imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
  return [file, ...imported.flatMap(({ path }) => staticFiles(outputs, path, seen))];
}

async function main() {
  if (watch) {
    for (const options of [extension, compareWorker, chartPanel, integration]) await (await context(options)).watch();
    return;
  }
  await rm('dist', { recursive: true, force: true });
  const { metafile } = await build(extension);
  checkMetafile(metafile);
  await checkOutputs(metafile);
  await mergeEntry(metafile);
  await build(compareWorker);
  await requireVscode();
  await build(chartPanel);
  await mkdir('out', { recursive: true });
  await writeFile('out/extension.meta.json', JSON.stringify(metafile));
  if (withTests) await build(integration);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
