import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Content, WantedContent } from '../../../src/changes/configuration/readsVersions.ts';
import { createGit } from '../../../src/connect/git.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

vi.setConfig({ testTimeout: 60_000 });

let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

const git = () => createGit({ environment: repository.environment });

async function changed(from: string | undefined, to: string, at = repository) {
  return git().versionsBetween(at.directory, { from, to });
}

/** Path and both texts of every file that differs. */
async function texts(from: string | undefined, to: string, limits = {}, at = repository) {
  const { files } = await changed(from, to, at);
  const wanted = files.flatMap(({ before, after }) =>
    [before, after].map((blob) => ({ blob: blob ?? 'ab'.repeat(20) })),
  );
  const contents = await git().contents(at.directory, { from, to }, wanted, limits);
  return files.map(({ path }, index) => [path, shown(contents[index * 2]), shown(contents[index * 2 + 1])]);
}

function shown(content: Content | undefined): unknown {
  return content?.kind === 'text' ? content.text : content?.kind;
}

describe('versionsBetween', () => {
  it('gives both versions of what was modified, added, deleted and renamed', async () => {
    const from = repository.commit({ files: { a: '1\n', b: 'b\n', 'c/d.yaml': 'x: 1\n'.repeat(30) } });
    repository.git('mv', 'c/d.yaml', 'c/e.yaml');
    const to = repository.commit({ files: { a: '2\n', b: null, 'c/e.yaml': `${'x: 1\n'.repeat(30)}y: 2\n`, new: '' } });
    expect((await changed(from, to)).files.map(({ status, path, oldPath }) => [status, path, oldPath])).toEqual([
      ['modified', 'a', undefined],
      ['deleted', 'b', undefined],
      ['renamed', 'c/e.yaml', 'c/d.yaml'],
      ['added', 'new', undefined],
    ]);
    expect((await texts(from, to)).filter(([path]) => path !== 'c/e.yaml')).toEqual([
      ['a', '1\n', '2\n'],
      ['b', 'b\n', 'absent'],
      ['new', 'absent', ''],
    ]);
  });

  it('takes everything as added where nothing was before', async () => {
    repository.commit({ files: { a: '1' } });
    const to = repository.commit({ files: { b: '2' } });
    expect(await texts(undefined, to)).toEqual([
      ['a', 'absent', '1'],
      ['b', 'absent', '2'],
    ]);
  });

  it('knows names with anything in them', async () => {
    const names = ['--output=x', 'a "quoted" name.yml', 'line\nend.yml', 'tab\t.json', 'ünï.toml', "it's.env"];
    const from = repository.commit();
    const to = repository.commit({ files: Object.fromEntries(names.map((name) => [name, name])) });
    expect((await texts(from, to)).map(([path, , after]) => [path, after]).sort()).toEqual(
      names.map((name) => [name, name]).sort(),
    );
  });

  it('takes nothing but ids of commits', async () => {
    repository.commit();
    await expect(changed('--output=/tmp/x', repository.git('rev-parse', 'HEAD'))).rejects.toMatchObject({
      reason: 'invalidArgument',
    });
    await expect(changed(undefined, 'HEAD')).rejects.toMatchObject({ reason: 'invalidArgument' });
  });

  it('says of a commit that is not there that it is not there', async () => {
    const to = repository.commit();
    await expect(changed('ab'.repeat(20), to)).rejects.toMatchObject({
      reason: expect.stringMatching(/outside|notFound/) as string,
    });
  });
});

describe('contents', () => {
  it('cuts by file and by total, and says how large they are', async () => {
    const from = repository.commit();
    const files = { a: 'a'.repeat(100), b: 'b'.repeat(5000), c: 'c'.repeat(90), d: 'd'.repeat(60) };
    const to = repository.commit({ files });
    expect(await texts(from, to, { fileBytes: 1000 })).toEqual([
      ['a', 'absent', files.a],
      ['b', 'absent', 'tooLarge'],
      ['c', 'absent', files.c],
      ['d', 'absent', files.d],
    ]);
    expect((await texts(from, to, { fileBytes: 1000, totalBytes: 150 })).map(([, , after]) => after)).toEqual([
      files.a,
      'tooLarge',
      'tooLarge',
      'tooLarge',
    ]);
  });

  it('reads binary files, UTF-16, Latin-1 and a byte order mark as what they are', async () => {
    const from = repository.commit();
    const files: Readonly<Record<string, Buffer>> = {
      'a.bin': Buffer.from('x\u0000y'),
      'b.utf16': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('k: ü', 'utf16le')]),
      'c.latin1': Buffer.from('k: ü', 'latin1'),
      'd.bom': Buffer.from('\ufeffk: 1'),
    };
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(repository.directory, name), bytes);
    expect((await texts(from, repository.commit())).map(([, , after]) => after)).toEqual([
      'binary',
      'k: ü',
      'k: ü',
      'k: 1',
    ]);
  });

  it('reads what stands at a path of the later commit, and knows what does not', async () => {
    const to = repository.commit({ files: { 'package.json': '{}', 'dir/x': '' } });
    const wanted: WantedContent[] = ['package.json', 'none.json', 'dir', '../out', 'a\nb', '-x'].map((path) => ({
      path,
    }));
    const contents = await git().contents(repository.directory, { from: undefined, to }, wanted);
    expect(contents.map(shown)).toEqual(['{}', 'absent', 'absent', 'absent', 'absent', 'absent']);
    expect(await git().contents(repository.directory, { from: undefined, to }, [])).toEqual([]);
  });

  it('reads what stands at a path of any commit', async () => {
    const first = repository.commit({ files: { a: '1' } });
    const second = repository.commit({ files: { a: '2' } });
    const to = repository.commit({ files: { a: null } });
    const wanted = [{ path: 'a' }, { path: 'a', at: first }, { path: 'a', at: second }, { path: 'b', at: second }];
    const contents = await git().contents(repository.directory, { from: undefined, to }, wanted);
    expect(contents.map(shown)).toEqual(['absent', '1', '2', 'absent']);
    const option = git().contents(repository.directory, { from: undefined, to }, [{ path: 'a', at: '--batch' }]);
    await expect(option).rejects.toMatchObject({ reason: 'invalidArgument' });
  });

  it('reads thousands at once', async () => {
    const from = repository.commit();
    const files = Object.fromEntries(
      Array.from({ length: 1500 }, (_none, index) => [`f/${String(index)}.yaml`, `n: ${String(index)}\n`]),
    );
    const to = repository.commit({ files });
    const read = await texts(from, to);
    expect(read).toHaveLength(1500);
    expect(read.every(([path, , after]) => after === files[path as string])).toBe(true);
  });

  it('says what a partial clone lacks, reads the rest, and fetches nothing', async () => {
    repository.git('config', 'uploadpack.allowFilter', 'true');
    repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const from = repository.commit({ files: { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n', 'package.json': '{}' } });
    const to = repository.commit({ files: { 'a.yaml': 'a: 2\n', 'b.yaml': 'b: 2\n' } });
    const clone = repository.clone(
      '--no-local',
      '--filter=blob:none',
      '--no-checkout',
      `--upload-pack=git-upload-pack`,
    );
    // One of the contents comes, as looking at a file brings it.
    clone.git('cat-file', 'blob', `${to}:a.yaml`);
    expect(await texts(from, to, {}, clone)).toEqual([
      ['a.yaml', 'notFetched', 'a: 2\n'],
      ['b.yaml', 'notFetched', 'notFetched'],
    ]);
    const beside = await git().contents(clone.directory, { from, to }, [{ path: 'package.json' }, { path: 'a.yaml' }]);
    expect(beside.map(shown)).toEqual(['notFetched', 'a: 2\n']);
  });

  it('is cancelled', async () => {
    const to = repository.commit({ files: { a: '1' } });
    const signal = AbortSignal.abort();
    await expect(git().versionsBetween(repository.directory, { from: undefined, to }, signal)).rejects.toMatchObject({
      reason: 'cancelled',
    });
  });
});
