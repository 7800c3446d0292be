import { readFileSync } from 'node:fs';
import * as fs from 'node:fs';
import { EventEmitter } from 'node:events';
import * as http from 'node:http';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Run as a program of its own: imports the built files given as arguments (absolute) and prints what came of it as JSON.

export interface LoadedBundle {
  /** What each file exports. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
  readonly failures: readonly { readonly file: string; readonly message: string }[];
  /** Functions of the process that are others than before. */
  readonly patched: readonly string[];
}

const types = readFileSync(join(import.meta.dirname, '../../node_modules/@types/vscode/index.d.ts'), 'utf8');
const names = new Set(
  [...types.matchAll(/^\texport (?:class|enum|namespace|const|function) (\w+)/gm)].map(([, name]) => name),
);
/** Everything of the API is one thing that can be called, constructed, extended and asked for anything. */
const stub = `
const anything = new Proxy(function () {}, {
  get: (target, name) => (name === 'prototype' ? {} : name === 'then' || typeof name === 'symbol' ? undefined : anything),
  construct: () => ({}),
  apply: () => anything,
});
export { ${[...names].map((name) => `anything as ${name}`).join(', ')} };`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: 'stub:vscode', format: 'module', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === 'stub:vscode' ? { format: 'module', source: stub, shortCircuit: true } : next(url, context),
});

const before = functionsOfProcess();
const exported: Record<string, readonly string[]> = {};
const failures: LoadedBundle['failures'][number][] = [];
for (const file of process.argv.slice(2)) {
  try {
    const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
    exported[file] = Object.keys(module);
  } catch (error) {
    failures.push({ file, message: error instanceof Error ? String(error.stack) : String(error) });
  }
}
const after = functionsOfProcess();
const patched = [...before].filter(([name, value]) => !Object.is(after.get(name), value)).map(([name]) => name);
const loaded: LoadedBundle = { exports: exported, failures, patched };
process.stdout.write(JSON.stringify(loaded));

function functionsOfProcess(): ReadonlyMap<string, unknown> {
  const owners: Readonly<Record<string, object>> = {
    globalThis,
    process,
    fs: (fs as unknown as { default: object }).default,
    http: (http as unknown as { default: object }).default,
    'EventEmitter.prototype': EventEmitter.prototype,
    'Promise.prototype': Promise.prototype,
    'Object.prototype': Object.prototype,
    'Array.prototype': Array.prototype,
  };
  return new Map(
    Object.entries(owners).flatMap(([owner, object]) =>
      Object.entries(Object.getOwnPropertyDescriptors(object)).map(
        // Reading a getter would load what it stands for.
        ([name, descriptor]) =>
          [
            `${owner}.${name}`,
            'value' in descriptor ? (descriptor.value as unknown) : Reflect.get(descriptor, 'get'),
          ] as const,
      ),
    ),
  );
}
