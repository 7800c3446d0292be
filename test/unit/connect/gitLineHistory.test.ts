import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createLineHistory } from '../../../src/connect/gitLineHistory.ts';
import type { ReadsLineHistory } from '../../../src/changes/lines/readsLineHistory.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

let repository: TestRepository;
let history: ReadsLineHistory;

beforeEach(() => {
  repository = createRepository();
  history = createLineHistory({ environment: repository.environment });
});

afterEach(() => {
  repository.dispose();
});

const ada = 'Ada Lovelace <ada@example.org>';

describe('the history of lines', { timeout: 60_000 }, () => {
  it('is newest first, follows renames, and tells where the lines were', async () => {
    const first = repository.commit({ message: 'Begin', files: { 'old.js': 'one\ntwo\nthree\n' }, author: ada });
    const second = repository.commit({ message: 'Change two', files: { 'old.js': 'one\nTWO\nthree\n' } });
    repository.git('mv', 'old.js', 'src.js');
    const third = repository.commit({ message: 'Move', files: { 'src.js': 'zero\none\nTWO\nthree\n' } });
    const fourth = repository.commit({ message: 'Again', files: { 'src.js': 'zero\none\nTwo!\nthree\n' } });
    const wish = { revision: 'HEAD', path: 'src.js', start: 3, end: 3 };

    const { changes, isCut } = await history.lineHistory(repository.directory, wish, 50);

    expect(changes.map(({ id }) => id)).toEqual([fourth, second, first]);
    expect(changes).toMatchObject([
      { path: 'src.js', oldPath: 'src.js', start: 3, end: 3, parent: third, subject: 'Again' },
      { path: 'old.js', oldPath: 'old.js', start: 2, end: 2, parent: first, author: 'Robin Case' },
      { path: 'old.js', oldPath: undefined, start: 2, end: 2, parent: undefined, author: 'Ada Lovelace' },
    ]);
    expect(isCut).toBe(false);
    await expect(history.lineHistory(repository.directory, wish, 2)).resolves.toMatchObject({
      changes: [{ id: fourth }, { id: second }],
      isCut: true,
    });
  });

  it.each([
    'a:b.js',
    ':(top)x.js',
    '-rf.js',
    '--output=x',
    'two words.js',
    'line\nend.js',
    'quote"d.js',
    "it's.js",
    'back\\slash.js',
    'tab\there.js',
    'ünï/çödé.js',
    '日本.js',
    '$(id).js',
    '1,2:x.js',
    'a*[b]?.js',
    ':!x.js',
  ])('reads a file named %j', async (path) => {
    const first = repository.commit({ files: { [path]: 'one\ntwo\n' } });
    const second = repository.commit({ files: { [path]: 'one\nTWO\n' } });

    const { changes } = await history.lineHistory(
      repository.directory,
      { revision: second, path, start: 2, end: 2 },
      50,
    );
    const blamed = await history.lastChanges(repository.directory, { revision: second, path, lines: [1, 2] });

    expect(changes.map((change) => [change.id, change.path, change.oldPath])).toEqual([
      [second, path, path],
      [first, path, undefined],
    ]);
    expect([...blamed].map(([line, { id }]) => [line, id]).sort()).toEqual([
      [1, first],
      [2, second],
    ]);
    expect(await history.files(repository.directory, second)).toEqual([path]);
  });

  it('whatever git is configured with', async () => {
    for (const [name, value] of [
      ['diff.noprefix', 'true'],
      ['diff.mnemonicPrefix', 'true'],
      ['color.ui', 'always'],
      ['core.quotePath', 'true'],
      ['blame.showEmail', 'true'],
      ['log.showSignature', 'true'],
      ['log.date', 'relative'],
      ['diff.external', 'false'],
      ['format.pretty', 'oneline'],
      ['notes.displayRef', '*'],
    ] as const) {
      repository.git('config', name, value);
    }
    const id = repository.commit({ files: { 'ä.js': 'one\n' } });
    const range = { revision: 'HEAD', path: 'ä.js', start: 1, end: 1 };
    const { changes } = await history.lineHistory(repository.directory, range, 50);
    expect(changes).toMatchObject([{ id, path: 'ä.js' }]);
    const blamed = await history.lastChanges(repository.directory, { revision: 'HEAD', path: 'ä.js', lines: [1] });
    expect(blamed.get(1)?.id).toBe(id);
  });

  it('takes a subject of a megabyte, and messages that look like its own marks', async () => {
    const message = `${'x'.repeat(1_000_000)}\n\n\u0001${'0'.repeat(40)}\n--- a/evil\n+++ b/evil\n@@ -1 +1 @@`;
    repository.commit({ message, files: { 'a.js': 'one\n' } });
    const range = { revision: 'HEAD', path: 'a.js', start: 1, end: 1 };
    const { changes } = await history.lineHistory(repository.directory, range, 50);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.path).toBe('a.js');
    expect(changes[0]?.subject.length).toBeLessThan(600);
  });

  it('passes over what .git-blame-ignore-revs names, also when it names what is not there', async () => {
    const first = repository.commit({ files: { 'a.js': 'f(1)\n' } });
    const formatting = repository.commit({ files: { 'a.js': 'f( 1 )\n' } });
    repository.commit({ files: { '.git-blame-ignore-revs': `# form only\n${formatting}\n` } });
    const ask = () => history.lastChanges(repository.directory, { revision: 'HEAD', path: 'a.js', lines: [1] });
    expect((await ask()).get(1)?.id).toBe(first);
    repository.commit({ files: { '.git-blame-ignore-revs': `${formatting}\n${'ab'.repeat(20)}\n` } });
    expect([first, formatting]).toContain((await ask()).get(1)?.id);
  });

  it('says so when the configuration names a list that is not there', async () => {
    repository.commit({ files: { 'a.js': 'one\n' } });
    repository.git('config', 'blame.ignoreRevsFile', 'not-there');
    const wish = { revision: 'HEAD', path: 'a.js', lines: [1] };
    await expect(history.lastChanges(repository.directory, wish)).rejects.toMatchObject({
      reason: 'outside',
      message: expect.stringContaining('not-there') as string,
    });
  });

  it('says what is wrong with a wish', async () => {
    repository.commit({ files: { 'a.js': 'one\n' } });
    const { directory } = repository;
    const range = { revision: 'HEAD', path: 'a.js', start: 1, end: 1 };
    const ask = (change: Partial<typeof range>) => history.lineHistory(directory, { ...range, ...change }, 50);
    await expect(ask({ start: 7, end: 7 })).rejects.toMatchObject({
      reason: 'invalidArgument',
      message: 'a.js has only 1 lines there.',
    });
    await expect(ask({ path: 'b.js' })).rejects.toMatchObject({ reason: 'notFound' });
    for (const path of ['../a.js', '/etc/passwd', 'a\0b', '']) {
      await expect(ask({ path })).rejects.toMatchObject({ reason: 'invalidArgument' });
    }
    for (const revision of ['--output=x', 'a..b', '-n1', '^HEAD']) {
      await expect(ask({ revision })).rejects.toMatchObject({ reason: 'invalidArgument' });
    }
    for (const start of [0, -1, 1.5, Number.NaN]) {
      await expect(ask({ start })).rejects.toMatchObject({ reason: 'invalidArgument' });
    }
    await expect(history.lineHistory(directory, range, 50, AbortSignal.abort())).rejects.toMatchObject({
      reason: 'cancelled',
    });
  });

  it('does not tell of lines whose commit a shallow clone lacks', async () => {
    repository.commit({ files: { 'a.js': 'one\n' } });
    repository.commit({ files: { 'a.js': 'one\ntwo\n' } });
    const last = repository.commit({ files: { 'a.js': 'one\ntwo\nthree\n' } });
    const clone = repository.clone('--depth=2', '--no-local');
    const blamed = await history.lastChanges(clone.directory, { revision: 'HEAD', path: 'a.js', lines: [1, 2, 3] });
    expect([...blamed].map(([line, { id }]) => [line, id])).toEqual([[3, last]]);
  });

  it('tells only of lines that are newer than a commit, when asked so', async () => {
    const first = repository.commit({ files: { 'a.js': 'one\ntwo\n' } });
    const second = repository.commit({ files: { 'a.js': 'one\nTWO\n', 'b.js': 'new\n' } });
    const ask = (path: string, lines: readonly number[], since: string) =>
      history.lastChanges(repository.directory, { revision: second, path, lines, since });
    expect([...(await ask('a.js', [1, 2], first))].map(([line, { id }]) => [line, id])).toEqual([[2, second]]);
    expect([...(await ask('b.js', [1], first)).keys()]).toEqual([1]);
    expect(await ask('a.js', [1, 2], second)).toEqual(new Map());
    await expect(ask('a.js', [1], '--all')).rejects.toMatchObject({ reason: 'invalidArgument' });
  });

  it('tells which commits are not in the history of another', async () => {
    const [one, two, three] = ['1', '2', '3'].map((text) => repository.commit({ files: { a: text } })) as [
      string,
      string,
      string,
    ];
    const { directory } = repository;
    expect(await history.notIn(directory, [one, two, three], two)).toEqual(new Set([three]));
    expect(await history.notIn(directory, [], two)).toEqual(new Set());
    await expect(history.notIn(directory, ['--all'], two)).rejects.toMatchObject({ reason: 'invalidArgument' });
  });

  it('finds the repository of a file, through links and from folders within', async () => {
    repository.commit({ files: { 'apps/web/a b.js': 'one\n' } });
    const { directory } = repository;
    const place = { repository: directory, path: 'apps/web/a b.js' };
    expect(await history.placeOf(join(directory, 'apps', 'web', 'a b.js'))).toEqual(place);
    const link = join(directory, '..', 'link');
    symlinkSync(directory, link);
    expect(await history.placeOf(join(link, 'apps', 'web', 'a b.js'))).toEqual(place);
    const outside = join(directory, '..', 'outside');
    mkdirSync(outside);
    await expect(history.placeOf(join(outside, 'x.js'))).rejects.toMatchObject({ reason: 'outside' });
  });
});
