import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FramePlace } from '../../../../src/changes/stackTrace/framePlace.ts';
import { goModuleOf } from '../../../../src/changes/stackTrace/goModules.ts';
import type { TraceFrame, TraceLanguage } from '../../../../src/changes/stackTrace/parsedTrace.ts';
import { placeFrames } from '../../../../src/changes/stackTrace/placeFrames.ts';

interface World {
  readonly language?: TraceLanguage;
  readonly files: readonly string[];
  /** Contents at the revision. */
  readonly committed?: Readonly<Record<string, string>>;
  /** Contents in the work tree. */
  readonly built?: Readonly<Record<string, string>>;
}

async function place(frames: readonly Partial<TraceFrame>[], world: World): Promise<readonly string[]> {
  const { language = 'javascript', files, committed = {}, built = {} } = world;
  const goModules = Object.entries(committed).flatMap(([path, text]) => {
    const module = path.endsWith('go.mod') ? goModuleOf(path, text) : undefined;
    return module === undefined ? [] : [module];
  });
  const error = { type: 'E', message: '', frames: frames.map((frame) => ({ isLibrary: false, ...frame })) };
  const [places = []] = await placeFrames(
    { language, errors: [error] },
    {
      paths: files,
      goModules,
      read: (path) => Promise.resolve(committed[path]),
      readBuilt: (path) => Promise.resolve(built[path]),
    },
  );
  return places.map(text);
}

function text(place: FramePlace): string {
  switch (place.kind) {
    case 'repository':
      return [`${place.path}:${String(place.line ?? '?')}`, ...(place.via === undefined ? [] : [place.via])].join(
        ' by ',
      );
    case 'ambiguous':
      return place.paths.join(' or ');
    default:
      return place.kind;
  }
}

const shop = ['index.js', 'src/cart.js', 'src/checkout/index.js', 'src/checkout/price.js', 'README.md'];
const monorepo = ['apps/web/src/main.ts', 'apps/api/src/main.ts', 'apps/api/src/cart.ts', 'libs/money/src/round.ts'];

describe('frames by their paths', () => {
  it.each<readonly [what: string, path: string, files: readonly string[], place: string]>([
    ['as it is', 'src/cart.js', shop, 'src/cart.js:7'],
    ['in a container', '/app/src/cart.js', shop, 'src/cart.js:7'],
    ['in another container', '/usr/src/app/src/cart.js', shop, 'src/cart.js:7'],
    ['under /srv', '/srv/checkout/src/cart.js', shop, 'src/cart.js:7'],
    ['on Lambda', '/var/task/src/cart.js', shop, 'src/cart.js:7'],
    ['on a person’s machine', '/home/robin/work/shop/src/cart.js', shop, 'src/cart.js:7'],
    ['on Windows', 'C:/repo/shop/src/cart.js', shop, 'src/cart.js:7'],
    ['on a build machine', '/home/runner/work/shop/shop/src/cart.js', shop, 'src/cart.js:7'],
    ['with dots', './src/../src/cart.js', shop, 'src/cart.js:7'],
    ['the longest stretch counts', '/app/src/checkout/index.js', shop, 'src/checkout/index.js:7'],
    ['a file of the root', '/app/index.js', shop, 'index.js:7'],
    ['a file of the root, on a person’s machine', '/home/robin/shop/index.js', shop, 'index.js:7'],
    ['not a file of the root that lies elsewhere', '/app/vendor/thing/index.js', shop, 'outside'],
    ['not another program’s file of the same name', '/opt/agent/hooks/price.js', shop, 'outside'],
    ['a part of a monorepo in its own image', '/app/src/cart.ts', monorepo, 'apps/api/src/cart.ts:7'],
    ['two parts with the same file', '/app/src/main.ts', monorepo, 'apps/web/src/main.ts or apps/api/src/main.ts'],
    ['a name alone', 'round.ts', monorepo, 'libs/money/src/round.ts:7'],
    ['nothing', '/app/src/gone.ts', monorepo, 'outside'],
    ['nothing in an empty repository', '/app/src/gone.ts', [], 'outside'],
  ])('%s', async (_what, path, files, expected) => {
    expect(await place([{ path, line: 7 }], { files })).toEqual([expected]);
  });

  it('what is ambiguous is settled by the frames around it', async () => {
    const frames = [
      { path: '/app/src/main.ts', line: 1 },
      { path: '/app/src/cart.ts', line: 2 },
    ];
    expect(await place(frames, { files: monorepo })).toEqual(['apps/api/src/main.ts:1', 'apps/api/src/cart.ts:2']);
  });

  it('libraries, frames without a file, and files without a line', async () => {
    const frames = [{ path: '/app/src/cart.js', isLibrary: true }, { function: 'x' }, { path: '/app/src/cart.js' }];
    expect(await place(frames, { files: shop })).toEqual(['library', 'outside', 'src/cart.js:?']);
  });

  it.each<readonly [what: string, files: readonly string[], place: string]>([
    ['of the repository itself', ['src/shop/cart.py', 'src/shop/__init__.py'], 'src/shop/cart.py:7'],
    ['of another repository', ['src/store/cart.py', 'cart.py'], 'library'],
    ['that the repository has a copy of', ['vendor/shop/cart.py', 'app/_vendor/shop/cart.py'], 'library'],
    ['whose name a package inside another has', ['web/__init__.py', 'web/shop/cart.py'], 'library'],
    ['that the repository has twice', ['a/shop/cart.py', 'b/shop/cart.py'], 'library'],
  ])('an installed package of Python %s', async (_what, files, expected) => {
    const path = '/usr/local/lib/python3.12/site-packages/shop/cart.py';
    expect(await place([{ path, line: 7, isLibrary: true }], { language: 'python', files })).toEqual([expected]);
  });

  it.each<readonly [what: string, files: readonly string[], place: string]>([
    ['without its folders', ['src/main/kotlin/Kt.kt', 'docs/Kt.kt'], 'src/main/kotlin/Kt.kt:7'],
    ['of a module', ['api/src/main/kotlin/Kt.kt'], 'api/src/main/kotlin/Kt.kt:7'],
    ['in two modules', ['a/src/main/kotlin/Kt.kt', 'b/src/main/kotlin/Kt.kt'], 'a/src/main/kotlin/Kt.kt or b/src/main/kotlin/Kt.kt'], // prettier-ignore
    ['of another package', ['src/main/kotlin/cart/Kt.kt', 'other/Kt.kt'], 'outside'],
  ])('the root package of Kotlin %s', async (_what, files, expected) => {
    const frame = { path: 'Kt.kt', className: 'com.acme.KtKt', packageName: 'com.acme', line: 7 };
    expect(await place([frame], { language: 'java', files })).toEqual([expected]);
  });

  it('never throws, and never names a file that the repository does not have', async () => {
    const part = fc.constantFrom(
      'a',
      'b',
      'src',
      'dist',
      '..',
      '.',
      '',
      'x.js',
      'x.ts',
      'C:',
      'x.js.map',
      '%',
      '\u0000',
    );
    const path = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/'));
    await fc.assert(
      fc.asyncProperty(fc.array(path, { maxLength: 8 }), path, async (files, frame) => {
        const [error = []] = await placeFrames(
          {
            language: 'javascript',
            errors: [{ type: '', message: '', frames: [{ path: frame, line: 1, isLibrary: false }] }],
          },
          { paths: files, goModules: [], read: () => Promise.resolve('x'), readBuilt: () => Promise.resolve('{}') },
        );
        for (const found of error) {
          if (found.kind === 'repository') expect(files).toContain(found.path);
          if (found.kind === 'ambiguous') for (const one of found.paths) expect(files).toContain(one);
        }
      }),
    );
  });
});

describe('frames of Java and Kotlin', () => {
  const files = [
    'core/src/main/java/com/acme/Foo.java',
    'web/src/main/java/com/acme/web/Foo.java',
    'src/main/kotlin/shop/Cart.kt',
    'src/main/java/org/apache/acme/Own.java',
  ];
  it.each([
    ['by package and file', 'com.acme', 'Foo.java', false, 'core/src/main/java/com/acme/Foo.java:7'],
    ['another package', 'com.acme.web', 'Foo.java', false, 'web/src/main/java/com/acme/web/Foo.java:7'],
    ['a package that is not there', 'com.other', 'Foo.java', false, 'outside'],
    ['Kotlin without the folders that all share', 'com.acme.shop', 'Cart.kt', false, 'src/main/kotlin/shop/Cart.kt:7'],
    ['a framework’s', 'org.springframework.web', 'Servlet.java', true, 'library'],
    [
      'one’s own under a framework’s name',
      'org.apache.acme',
      'Own.java',
      true,
      'src/main/java/org/apache/acme/Own.java:7',
    ],
  ])('%s', async (_what, packageName, path, isLibrary, expected) => {
    expect(await place([{ packageName, path, isLibrary, line: 7 }], { language: 'java', files })).toEqual([expected]);
  });
});

describe('frames of Go', () => {
  const world: World = {
    language: 'go',
    files: ['go.mod', 'internal/cart/cart.go', 'tools/go.mod', 'tools/internal/cart/cart.go', 'cmd/shop/main.go'],
    committed: {
      'go.mod': '// shop\nmodule github.com/acme/shop // v1\n\ngo 1.23\n',
      'tools/go.mod': 'module "github.com/acme/shop/tools"\n',
    },
  };
  it.each([
    ['by the module', 'github.com/acme/shop/internal/cart', '/build/x/cart.go', 'internal/cart/cart.go:7'],
    ['by a module within', 'github.com/acme/shop/tools/internal/cart', '/x/cart.go', 'tools/internal/cart/cart.go:7'],
    ['built with -trimpath', 'main', 'github.com/acme/shop/cmd/shop/main.go', 'cmd/shop/main.go:7'],
    ['main, by its path', 'main', '/go/src/app/cmd/shop/main.go', 'cmd/shop/main.go:7'],
  ])('%s', async (_what, packageName, path, expected) => {
    expect(await place([{ packageName, path, line: 7 }], world)).toEqual([expected]);
  });
});

/** Line 1 of the built file is line 12 of the source, line 2 is line 30. */
const mappings = 'AAWA;AAkBA';
const map = (...sources: readonly string[]): string => JSON.stringify({ version: 3, sources, names: [], mappings });
const inline = (...sources: readonly string[]): string =>
  `x\ny\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map(...sources)).toString('base64')}\n`;
const code = 'x\ny\n//# sourceMappingURL=cart.js.map\n';

describe('frames of what was built', () => {
  const files = ['src/cart.ts', 'src/server/main.ts', 'package.json'];
  it.each<readonly [what: string, path: string, world: World, expected: string]>([
    [
      'by a map of the work tree',
      '/app/dist/cart.js',
      { files, built: { 'dist/cart.js': code, 'dist/cart.js.map': map('../src/cart.ts') } },
      'src/cart.ts:30 by sourceMap',
    ],
    [
      'by an inline map',
      '/app/dist/cart.js',
      { files, built: { 'dist/cart.js': inline('../src/cart.ts') } },
      'src/cart.ts:30 by sourceMap',
    ],
    [
      'by a map beside it that it does not name',
      '/app/build/cart.js',
      { files, built: { 'build/cart.js': 'x\ny', 'build/cart.js.map': map('webpack://shop/./src/cart.ts?1') } },
      'src/cart.ts:30 by sourceMap',
    ],
    [
      'of a part of a monorepo',
      '/app/apps/api/dist/main.js',
      {
        files: monorepo,
        built: { 'apps/api/dist/main.js': 'x\ny', 'apps/api/dist/main.js.map': map('../src/main.ts') },
      },
      'apps/api/src/main.ts:30 by sourceMap',
    ],
    [
      'committed, by its map at the revision',
      '/app/dist/cart.js',
      {
        files: [...files, 'dist/cart.js', 'dist/cart.js.map'],
        committed: { 'dist/cart.js': code, 'dist/cart.js.map': map('../src/cart.ts') },
      },
      'src/cart.ts:30 by sourceMap',
    ],
    [
      'of a bundle whose source has another name',
      '/app/dist/bundle.js',
      { files, built: { 'dist/bundle.js': 'x\ny', 'dist/bundle.js.map': map('../src/server/main.ts') } },
      'src/server/main.ts:30 by sourceMap',
    ],
    [
      'a dependency that was bundled',
      '/app/dist/bundle.js',
      { files, built: { 'dist/bundle.js': 'x\ny', 'dist/bundle.js.map': map('../node_modules/axios/index.js') } },
      'library',
    ],
    ['by its name', '/app/dist/server/main.js', { files }, 'src/server/main.ts:? by buildOutput'],
    [
      'by its name where sources have no folder of their own',
      '/app/dist/api/x.js',
      { files: ['api/x.tsx'] },
      'api/x.tsx:? by buildOutput',
    ],
    ['committed without a map: as it is', '/app/lib/x.js', { files: ['lib/x.js'] }, 'lib/x.js:2'],
    [
      'nothing, by a map that is none',
      '/app/dist/gone.js',
      { files, built: { 'dist/gone.js': 'x\ny', 'dist/gone.js.map': '{"version":3' } },
      'outside',
    ],
    [
      'nothing, by a map without mappings',
      '/app/dist/gone.js',
      { files, built: { 'dist/gone.js': 'x\ny', 'dist/gone.js.map': '{"version":3,"sources":[1],"mappings":7}' } },
      'outside',
    ],
    [
      'nothing, by a map that leads out of the work tree',
      '/app/dist/gone.js',
      { files, built: { 'dist/gone.js': '//# sourceMappingURL=../../../../etc/passwd\n' } },
      'outside',
    ],
    ['nothing where two sources fit', '/app/dist/x.js', { files: ['src/x.ts', 'src/x.js'] }, 'outside'],
  ])('%s', async (_what, path, world, expected) => {
    expect(await place([{ path, line: 2, column: 1 }], world)).toEqual([expected]);
  });
});
