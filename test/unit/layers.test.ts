import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import * as ts from 'typescript';
import { describe, expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 120_000 });

// The import rule of the design, read from the sources themselves: lint can be switched off in a comment, this cannot.

interface Import {
  readonly specifier: string;
  /** `import type`, `export type … from` and `import('…').T`: gone at run time. */
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

interface Source {
  /** `respond/declareIncident.ts`, below src/. */
  readonly path: string;
  /** `respond`; the file's own name for files directly in src/. */
  readonly layer: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

const root = resolve(import.meta.dirname, '../../src');
const base = ['incident', 'safety'];
const shared = ['config', 'journal', 'changes', 'signals', 'documents'];
const steps = ['respond', 'investigate', 'mitigate', 'communicate', 'verify', 'learn', 'drill'];

/** What each layer may import, beside itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(base.map((layer) => [layer, base])),
  ...Object.fromEntries(shared.map((layer) => [layer, [...base, ...shared]])),
  ...Object.fromEntries(steps.map((step) => [step, [...base, ...shared]])),
  connect: [...base, ...shared, ...steps],
  editor: [...base, ...shared, ...steps, 'contributions.ts'],
  'contributions.ts': [],
  'services.ts': [...base, ...shared, ...steps, 'connect'],
  'extension.ts': [...base, ...shared, ...steps, 'connect', 'editor', 'contributions.ts', 'services.ts'],
};

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.endsWith('.d.ts'))
  .map((path) => readSource(path.split(sep).join('/'), readFileSync(join(root, path), 'utf8')));

describe('who may import what', () => {
  it('there are sources to look at', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(50);
  });

  it('every layer is one of the design', () => {
    expect(offences(({ layer }) => (Object.hasOwn(mayImport, layer) ? [] : [layer]))).toEqual([]);
  });

  it('vscode: only editor/ and extension.ts', () => {
    const outsiders = ({ layer }: Source) => layer !== 'editor' && layer !== 'extension.ts';
    expect(importers(isPackage('vscode'), outsiders)).toEqual([]);
  });

  it.each(['simple-git', 'axios', 'child_process'])('%s: only connect/', (name) => {
    expect(importers(isPackage(name), ({ layer }) => layer !== 'connect')).toEqual([]);
  });

  it('imports go in the direction of the design: the steps, and layers above, are not imported from below', () => {
    const wrong = offences((source) =>
      targetsOf(source)
        .filter(({ layer }) => layer !== source.layer && !mayImport[source.layer]?.includes(layer))
        .map(({ specifier }) => specifier),
    );
    expect(wrong).toEqual([]);
  });

  it('connect/ knows of the steps only their types', () => {
    const wrong = offences((source) =>
      targetsOf(source)
        .filter(({ layer, typeOnly }) => source.layer === 'connect' && steps.includes(layer) && !typeOnly)
        .map(({ specifier }) => specifier),
    );
    expect(wrong).toEqual([]);
  });

  it('extension.ts loads services.ts on first use, and nothing of the layers below at once', () => {
    const heavy = [...base, ...shared, ...steps, 'connect', 'services.ts'];
    const wrong = offences((source) =>
      targetsOf(source)
        .filter(({ layer, typeOnly, dynamic }) => heavy.includes(layer) && !typeOnly && !dynamic)
        .map(({ specifier }) => (source.layer === 'extension.ts' ? specifier : ''))
        .filter((specifier) => specifier !== ''),
    );
    expect(wrong).toEqual([]);
  });
});

describe('incident/ and safety/ are pure', () => {
  const pure = sources.filter(({ layer }) => base.includes(layer));
  const harmless = ['buffer', 'crypto', 'path', 'string_decoder', 'url', 'util'];

  it('they import nothing of Node that touches the world', () => {
    const worldly = ({ specifier }: Import) => {
      const name = specifier.replace(/^node:/, '').split('/')[0]!;
      return (specifier.startsWith('node:') || builtinModules.includes(name)) && !harmless.includes(name);
    };
    expect(importers(worldly, ({ layer }) => base.includes(layer))).toEqual([]);
  });

  it('they read no clock, no chance and no process', () => {
    const impure = [
      /^Date\.now\(/,
      /^new Date\(\)$/,
      /^performance\b/,
      /^(DateTime\.(now|local|utc)|DateTime\.fromObject)\(/,
      /^Math\.random\(/,
      /^crypto\.(randomUUID|getRandomValues)\(/,
      /^(randomUUID|randomBytes|randomInt|getRandomValues)\(/,
      /^(process|globalThis|fetch|setTimeout|setInterval|setImmediate|queueMicrotask|console)$/,
    ];
    const found = pure.flatMap(({ path, tree }) =>
      nodesOf(tree)
        .filter((node) => ts.isCallExpression(node) || ts.isNewExpression(node) || isFreeName(node))
        .map((node) => node.getText(tree))
        .filter((text) => impure.some((pattern) => pattern.test(text)))
        .map((text) => `${path}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});

describe('files', () => {
  it('every relative import has its target, with its extension', () => {
    const missing = offences((source) =>
      source.imports
        .filter(({ specifier }) => specifier.startsWith('.'))
        .filter(
          ({ specifier }) => extname(specifier) === '' || !existsSync(resolve(root, dirname(source.path), specifier)),
        )
        .map(({ specifier }) => specifier),
    );
    expect(missing).toEqual([]);
  });

  it('none is imported by an absolute path or from outside src', () => {
    const outside = offences((source) =>
      source.imports
        .filter(({ specifier }) => {
          if (specifier.startsWith('/') || specifier.startsWith('file:')) return true;
          return (
            specifier.startsWith('.') && relative(root, resolve(root, dirname(source.path), specifier)).startsWith('..')
          );
        })
        .map(({ specifier }) => specifier),
    );
    expect(outside).toEqual([]);
  });

  it('no default exports', () => {
    const found = offences(({ tree }) =>
      nodesOf(tree)
        .filter((node) => isDefaultExport(node))
        .map((node) => node.getText(tree).slice(0, 60)),
    );
    expect(found).toEqual([]);
  });

  it('no barrels: no index file, nothing exported that is imported from elsewhere', () => {
    expect(offences(({ path }) => (/(^|\/)index\.[cm]?[jt]sx?$/.test(path) ? [path] : []))).toEqual([]);
    const passedOn = offences(({ tree }) =>
      nodesOf(tree)
        .filter((node) => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
        .map((node) => node.getText(tree)),
    );
    expect(passedOn).toEqual([]);
  });

  it('none has more than 400 lines', () => {
    const long = offences(({ tree }) => {
      const lines = tree.text.trimEnd().split('\n').length;
      return lines > 400 ? [`${lines} lines`] : [];
    });
    expect(long).toEqual([]);
  });

  it('none is named after nothing in particular', () => {
    const vague = /(^|\/)([a-zA-Z]*(utils?|helpers?|manager|misc|common))\.ts$/i;
    expect(offences(({ path }) => (vague.test(path) ? [path] : []))).toEqual([]);
  });
});

describe('the reading of the sources', () => {
  it.each([
    ["import { a } from 'x';", { specifier: 'x', typeOnly: false, dynamic: false }],
    ["import * as a from 'x';", { specifier: 'x', typeOnly: false, dynamic: false }],
    ["import 'x';", { specifier: 'x', typeOnly: false, dynamic: false }],
    ["import type { A } from 'x';", { specifier: 'x', typeOnly: true, dynamic: false }],
    ["import { type A, b } from 'x';", { specifier: 'x', typeOnly: false, dynamic: false }],
    ["export { a } from 'x';", { specifier: 'x', typeOnly: false, dynamic: false }],
    ["export * from 'x';", { specifier: 'x', typeOnly: false, dynamic: false }],
    ["export type { A } from 'x';", { specifier: 'x', typeOnly: true, dynamic: false }],
    ["const a = await import('x');", { specifier: 'x', typeOnly: false, dynamic: true }],
    ['const a = await import(`x`);', { specifier: 'x', typeOnly: false, dynamic: true }],
    ["const a = require('x');", { specifier: 'x', typeOnly: false, dynamic: true }],
    ["type A = import('x').A;", { specifier: 'x', typeOnly: true, dynamic: false }],
    ["import a = require('x');", { specifier: 'x', typeOnly: false, dynamic: false }],
  ])('%s', (text, expected) => {
    expect(readSource('respond/sample.ts', text).imports).toEqual([expected]);
  });

  it('an import that is computed cannot be judged, and there is none', () => {
    const computed = offences(({ tree }) =>
      nodesOf(tree)
        .filter((node): node is ts.CallExpression => ts.isCallExpression(node) && isImportCall(node))
        .filter(({ arguments: [argument] }) => argument === undefined || !ts.isStringLiteralLike(argument))
        .map((node) => node.getText(tree)),
    );
    expect(computed).toEqual([]);
  });
});

function readSource(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports = nodesOf(tree).flatMap((node) => importOf(node) ?? []);
  return { path, layer: path.split('/')[0]!, tree, imports };
}

function importOf(node: ts.Node): Import | undefined {
  const found = (specifier: ts.Node | undefined, typeOnly: boolean, dynamic: boolean): Import | undefined =>
    specifier !== undefined && ts.isStringLiteralLike(specifier)
      ? { specifier: specifier.text, typeOnly, dynamic }
      : undefined;
  if (ts.isImportDeclaration(node))
    return found(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, false);
  if (ts.isExportDeclaration(node)) return found(node.moduleSpecifier, node.isTypeOnly, false);
  if (ts.isExternalModuleReference(node)) return found(node.expression, false, false);
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? found(node.argument.literal, true, false) : undefined;
  }
  return ts.isCallExpression(node) && isImportCall(node) ? found(node.arguments[0], false, true) : undefined;
}

function isImportCall({ expression }: ts.CallExpression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require')
  );
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}

/** A name that stands for itself: no property, no key, no declaration. */
function isFreeName(node: ts.Node): boolean {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !('name' in parent && parent.name === node) && !('propertyName' in parent && parent.propertyName === node);
}

function nodesOf(tree: ts.SourceFile): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return nodes;
}

/** The files of src/ that a source imports, with their layer. */
function targetsOf(source: Source): readonly (Import & { readonly layer: string })[] {
  return source.imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map((found) => {
      const target = relative(root, resolve(root, dirname(source.path), found.specifier));
      return { ...found, layer: target.split(sep)[0]! };
    });
}

function isPackage(name: string): (found: Import) => boolean {
  return ({ specifier }) => {
    const plain = specifier.replace(/^node:/, '');
    return plain === name || plain.startsWith(`${name}/`);
  };
}

function importers(wanted: (found: Import) => boolean, among: (source: Source) => boolean): readonly string[] {
  return offences((source) => (among(source) ? source.imports.filter(wanted).map(({ specifier }) => specifier) : []));
}

/** What `find` holds against each source, as `path: what`. */
function offences(find: (source: Source) => readonly string[]): readonly string[] {
  return sources.flatMap((source) => find(source).map((what) => `${source.path}: ${what}`));
}
