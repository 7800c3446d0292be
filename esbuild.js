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
const requireBanner = "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);";

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
  banner: { js: requireBanner },
  minify: production,
  sourcemap: !production,
  metafile: true,
  legalComments: 'none',
  logLevel: 'silent',
  plugins: [withoutBallast, problemMatcher],
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

function staticSize(metafile, entry, seen = new Set()) {
  if (seen.has(entry)) return 0;
  seen.add(entry);
  const output = metafile.outputs[entry];
  return output.imports
    .filter((imported) => imported.kind === 'import-statement' && !imported.external)
    .reduce((sum, imported) => sum + staticSize(metafile, imported.path, seen), output.bytes);
}

/**
 * For an ES module that imports its API, VS Code first writes and compiles a module of some 500 exports, which takes longer than
 * all of the entry; require() hands out the API as it is.
 */
async function requireVscode(metafile) {
  for (const file of Object.keys(metafile.outputs).filter((path) => path.endsWith('.js'))) {
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replaceAll(/\bimport ?\* ?as ([\w$]+) from ?"vscode"/g, 'const $1=require("vscode")'));
  }
}

async function main() {
  if (watch) {
    for (const options of [extension, integration]) await (await context(options)).watch();
    return;
  }
  await rm('dist', { recursive: true, force: true });
  const { metafile } = await build(extension);
  checkMetafile(metafile);
  await checkOutputs(metafile);
  await requireVscode(metafile);
  await mkdir('out', { recursive: true });
  await writeFile('out/extension.meta.json', JSON.stringify(metafile));
  if (withTests) await build(integration);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
