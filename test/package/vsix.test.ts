import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isOlder } from '../support/freshBuild.ts';
import { manifest } from '../support/manifest.ts';
import { packagedReadme } from '../support/packagedReadme.ts';
import { projectRoot, run } from '../support/run.mjs';
import type { ZipEntry } from '../support/zipEntries.ts';
import { zipEntries } from '../support/zipEntries.ts';

const vsix = `mayday-${manifest.version}.vsix`;
const expected = join(projectRoot, 'test/support/vsixContents.txt');

/** What the package is made of, dist/ apart, which is made of src/. */
const ingredients = [
  ...['src/**/*.ts', 'templates/**/*', 'media/**/*', 'package.json', 'package.nls.json', 'esbuild.js'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore'],
];

let entries: readonly ZipEntry[];
beforeAll(async () => {
  if (await isOlder(vsix, ingredients)) {
    const { code, output } = await run(process.execPath, ['test/support/package.ts'], { quiet: true });
    if (code !== 0) throw new Error(output);
  }
  entries = await zipEntries(join(projectRoot, vsix));
}, 120_000);

describe('the VSIX', () => {
  it('has exactly the files of test/support/vsixContents.txt', async () => {
    // The names of chunks change with what is in them.
    const paths = entries.map(({ path }) => path.replace(/(dist\/chunks\/).*\.js$/, '$1*.js'));
    const list = [...new Set(paths)].sort().join('\n') + '\n';
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(expected, list);
    expect(list).toBe(await readFile(expected, 'utf8'));
  });

  it('has nothing that only development needs', () => {
    const stray = entries.filter(({ path }) =>
      /^extension\/(test|src|node_modules|out|\.vscode-test|\.vscode|\.git|\.ci)\/|\.(ts|map|vsix|log)$/.test(path),
    );
    expect(stray.map(({ path }) => path)).toEqual([]);
  });

  it('has every file that its manifest names', () => {
    const packaged = JSON.parse(textOf('extension/package.json')) as typeof manifest;
    const named = [...JSON.stringify(packaged).matchAll(/"(?:\.\/)?((?:media|dist)\/[^"]+)"/g)].map(
      ([, file]) => file!,
    );
    const paths = entries.map(({ path }) => path);
    expect(named).toContain(packaged.icon);
    expect(named.filter((file) => !paths.includes(`extension/${file}`))).toEqual([]);
  });

  it('has the production build: no source maps, the entry as it is in dist/', async () => {
    const built = await readFile(join(projectRoot, 'dist/extension.js'), 'utf8');
    expect(textOf('extension/dist/extension.js')).toBe(built);
    expect(built).not.toContain('sourceMappingURL');
  });

  it.each(['readme.md', 'changelog.md'])('shows a %s without SVG and without what has no address', (name) => {
    const text = textOf(`extension/${name}`);
    expect(text).not.toMatch(/<svg|\.svg\b/i);
    const targets = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
    expect(targets.filter((target) => !/^(https?:|mailto:|#)/.test(target))).toEqual([]);
  });

  it('is small', async () => {
    const bytes = (await stat(join(projectRoot, vsix))).size;
    const unpacked = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    console.log(`${vsix}: ${kilobytes(bytes)}, unpacked ${kilobytes(unpacked)} in ${entries.length} files`);
    expect(bytes).toBeLessThan(2 * 1024 * 1024);
  });

  function textOf(path: string): string {
    return entries
      .find((entry) => entry.path === path)!
      .read()
      .toString('utf8');
  }
});

describe('the README of the package', () => {
  it('has no pictures of the project, and the words of links to its files', () => {
    const readme = [
      'Before.\n\n![A tree](media/tree.png)\n\nAfter, see [how](CONTRIBUTING.md) or [below](#below).',
      '![Badge](https://example.org/badge.png) and [a page](https://example.org).\n',
    ].join('\n\n');
    expect(packagedReadme(readme)).toBe(
      'Before.\n\nAfter, see how or [below](#below).\n\n' +
        '![Badge](https://example.org/badge.png) and [a page](https://example.org).\n',
    );
  });
});

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(0)} KB`;
}
