import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../src/connect/git.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

const git = () => createGit({ environment: repository.environment });
const search = (commit: string, words: readonly string[], options = {}) =>
  git().mentions(repository.directory, commit, words, options);

describe('mentions', () => {
  it('finds whole words in their case, at a commit, never in the work tree', async () => {
    const before = repository.commit({
      files: { 'a.js': 'URL\n\nconst x = LOYALTY_URL;\nLOYALTY_URLS loyalty_url\r\n' },
    });
    const after = repository.commit({
      files: { 'a.js': 'x LOYALTY_URL\r\n', 'deploy/b.yaml': 'LOYALTY_URL: x\nA: 1' },
    });
    repository.write('c.js', 'LOYALTY_URL');
    expect(await search(before, ['LOYALTY_URL', 'B'])).toEqual({
      found: [{ path: 'a.js', line: 3, text: 'const x = LOYALTY_URL;' }],
      isCut: false,
    });
    expect((await search(after, ['LOYALTY_URL', 'A'])).found).toEqual([
      { path: 'a.js', line: 1, text: 'x LOYALTY_URL' },
      { path: 'deploy/b.yaml', line: 1, text: 'LOYALTY_URL: x' },
      { path: 'deploy/b.yaml', line: 2, text: 'A: 1' },
    ]);
  });

  it('finds nothing where there is nothing, or nothing was asked', async () => {
    const commit = repository.commit({ files: { a: 'A' } });
    expect(await search(commit, ['B'])).toEqual({ found: [], isCut: false });
    expect(await search(commit, [])).toEqual({ found: [], isCut: false });
  });

  it('reads whatever the configuration of the user says, from the root of the repository', async () => {
    for (const [name, value] of [
      ['grep.column', 'true'],
      ['grep.patternType', 'perl'],
      ['color.grep', 'always'],
      ['grep.fullName', 'false'],
      ['submodule.recurse', 'true'],
    ] as const) {
      repository.git('config', name, value);
    }
    const commit = repository.commit({ files: { 'src/a': 'x A' } });
    expect((await search(commit, ['A'])).found).toEqual([{ path: 'src/a', line: 1, text: 'x A' }]);
  });

  it('knows names with anything in them', async () => {
    const names = ['--output=x', 'a:1:b', 'line\nend', 'tab\t', 'ünï', `${'a'.repeat(40)}:x`];
    const commit = repository.commit({ files: Object.fromEntries(names.map((name) => [name, 'A'])) });
    expect((await search(commit, ['A'])).found.map(({ path }) => path).sort()).toEqual(names.sort());
  });

  it('leaves out what no person wrote', async () => {
    const files = [
      'b.bin',
      'yarn.lock',
      'package-lock.json',
      'x/a.min.js',
      'x/node_modules/a.js',
      'vendor/a.go',
      'go.sum',
    ];
    const commit = repository.commit({ files: Object.fromEntries(files.map((name) => [name, 'A\0'])) });
    expect((await search(commit, ['A'])).found).toEqual([]);
    const text = repository.commit({ files: Object.fromEntries(files.map((name) => [name, 'A'])) });
    expect((await search(text, ['A'])).found.map(({ path }) => path)).toEqual(['b.bin']);
  });

  it('cuts lines and lists, and says so', async () => {
    const commit = repository.commit({ files: { a: `A${' x'.repeat(500_000)}\n`.repeat(3), b: 'A\n'.repeat(50) } });
    const few = await search(commit, ['A'], { max: 10 });
    expect([few.found.length, few.isCut, few.found[0]!.text.length]).toEqual([10, true, 400]);
    const huge = repository.commit({ files: { a: `A${' x'.repeat(500_000)}\n`.repeat(20) } });
    const cut = await search(huge, ['A']);
    expect(cut.isCut).toBe(true);
    expect(cut.found.length).toBeGreaterThan(10);
  });

  it('takes only words and ids of commits', async () => {
    const commit = repository.commit();
    for (const words of [['--open-files-in-pager=x'], ['A B'], [''], ['A\nB']]) {
      await expect(search(commit, words)).rejects.toMatchObject({ reason: 'invalidArgument' });
    }
    await expect(search('HEAD', ['A'])).rejects.toMatchObject({ reason: 'invalidArgument' });
    await expect(search('--cached', ['A'])).rejects.toMatchObject({ reason: 'invalidArgument' });
    await expect(search('ab'.repeat(20), ['A'])).rejects.toMatchObject({
      reason: expect.stringMatching(/notFound|outside/) as unknown,
    });
  });

  it('says what a partial clone lacks, and fetches nothing', async () => {
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const commit = repository.commit({ files: { a: 'A' } });
    const clone = repository.clone('--no-local', '--filter=blob:none', '--no-checkout');
    await expect(git().mentions(clone.directory, commit, ['A'])).rejects.toMatchObject({
      message: expect.stringContaining('partial clone') as unknown,
    });
  });

  it('is cancelled', async () => {
    const commit = repository.commit();
    await expect(search(commit, ['A'], { signal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
