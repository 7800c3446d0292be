import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../src/connect/git.ts';
import type { Commit, FileChange } from '../../../src/changes/history/readsHistory.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

const long = '2026-11-01T00:00:00.000Z';
let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

const git = () => createGit({ environment: repository.environment });
const now = '2026-11-24T00:00:00.000Z';
const recent = async (since = long) =>
  (await git().windowHistory(repository.directory, { start: { kind: 'time', since, now } })).commits;
const newest = async (): Promise<Commit> => (await recent())[0]!;

describe('a commit of a window', () => {
  it('lists the commits of the window, newest first, with what they changed', async () => {
    repository.commit({ at: '2026-11-23T01:00:00Z', files: { old: '1' } });
    const first = repository.commit({ at: '2026-11-23T02:00:00Z', files: { 'src/a.js': '1\n', b: 'x' } });
    const second = repository.commit({
      at: '2026-11-23T05:00:00+02:00',
      author: 'Ana Ruiz <ana@example.com>',
      message: 'Release connections\n\nThey leaked.',
      files: { 'src/a.js': '2\n', b: null },
    });
    expect(await recent('2026-11-23T02:00:00.000Z')).toEqual([
      {
        id: second,
        parents: [first],
        author: 'Ana Ruiz',
        email: 'ana@example.com',
        authoredAt: '2026-11-23T03:00:00.000Z',
        committedAt: '2026-11-23T03:00:00.000Z',
        subject: 'Release connections',
        body: 'They leaked.',
        files: [
          { status: 'deleted', path: 'b', kind: 'file', additions: 0, deletions: 1 },
          { status: 'modified', path: 'src/a.js', kind: 'file', additions: 1, deletions: 1 },
        ],
      },
      expect.objectContaining({ id: first, files: [expect.anything(), expect.anything()] }),
    ]);
  });

  it('counts lines, and none of a binary file', async () => {
    repository.commit({ files: { 'a.txt': '1\n2\n3\n', 'a.bin': 'x\u0000y' } });
    repository.commit({ files: { 'a.txt': '1\n2\nthree\nfour\n', 'a.bin': 'z\u0000z' } });
    expect((await newest()).files).toEqual([
      { status: 'modified', path: 'a.bin', kind: 'file' },
      { status: 'modified', path: 'a.txt', kind: 'file', additions: 2, deletions: 1 },
    ]);
  });

  it('follows renames, with and without changes', async () => {
    repository.commit({ files: { 'src/pool.js': 'a\n'.repeat(50), 'README.md': 'read\n'.repeat(20) } });
    repository.git('mv', 'src/pool.js', 'src/connections.js');
    repository.git('mv', 'README.md', 'readme.md');
    repository.commit({ files: { 'src/connections.js': `${'a\n'.repeat(50)}b\n` } });
    expect((await newest()).files).toEqual([
      { status: 'renamed', path: 'readme.md', oldPath: 'README.md', kind: 'file', additions: 0, deletions: 0 },
      {
        status: 'renamed',
        path: 'src/connections.js',
        oldPath: 'src/pool.js',
        kind: 'file',
        additions: 1,
        deletions: 0,
      },
    ]);
  });

  it('lists a commit without files, message or names', async () => {
    repository.commitRaw('tree {tree}\nauthor  <> 1795413600 +0000\ncommitter  <> 1795413600 +0000\n\n');
    expect(await newest()).toMatchObject({ author: '', email: '', subject: '', files: [], parents: [] });
    repository.commit({ message: '' });
    expect(await newest()).toMatchObject({ subject: '', files: [] });
  });

  it('names people as the mailmap does', async () => {
    repository.commit({
      author: 'ana <a@old.example>',
      files: { '.mailmap': 'Ana Ruiz <ana@example.com> <a@old.example>\n' },
    });
    expect(await newest()).toMatchObject({ author: 'Ana Ruiz', email: 'ana@example.com' });
    expect(await git().authors(repository.directory, 5)).toEqual(['Ana Ruiz <ana@example.com>']);
  });

  it('ignores the configuration that changes what git writes or runs', async () => {
    const program = join(repository.directory, '..', 'program');
    writeFileSync(program, `#!/bin/sh\ntouch ${repository.directory}/ran\n`, { mode: 0o755 });
    repository.commit({ message: 'Ümlaut', files: { 'ä.txt': '1', '.gitattributes': '* diff=x\n' } });
    for (const [key, value] of [
      ['log.showSignature', 'true'],
      ['gpg.program', program],
      ['diff.external', program],
      ['core.fsmonitor', program],
      ['core.pager', program],
      ['log.decorate', 'full'],
      ['log.date', 'relative'],
      ['diff.noprefix', 'true'],
      ['diff.renames', 'false'],
      ['color.ui', 'always'],
      ['core.quotePath', 'true'],
      ['diff.submodule', 'log'],
      ['format.pretty', 'full'],
      ['i18n.logOutputEncoding', 'latin1'],
      ['diff.x.textconv', program],
    ] as const) {
      repository.git('config', key, value);
    }
    const { subject, files } = await newest();
    expect([subject, files.map(({ path }) => path)]).toEqual(['Ümlaut', ['.gitattributes', 'ä.txt']]);
    expect(existsSync(join(repository.directory, 'ran'))).toBe(false);
  });

  it('reads hostile names of files', async () => {
    const names = [
      ...[
        '-rf',
        'two\nlines',
        'say "hi" \\ there',
        'a\tb',
        ':100644 100644 0 0 M',
        '1\t2\tx',
        'a\u0001b',
        '\u001b[31mred',
      ],
      ...['مرحبا-ä-日本.txt', '$(reboot)', '`x`', ' space ', '[x](command:y)', '{', '*', '--help'],
    ];
    repository.commit({ files: Object.fromEntries(names.map((name) => [name, 'one\n'])) });
    repository.commit({ files: Object.fromEntries(names.map((name) => [name, `${name}\n`])) });
    const { files } = await newest();
    expect(files.map(({ path }) => path).sort()).toEqual(names.sort());
    for (const name of names) {
      const counts = { additions: name.split('\n').length, deletions: 1 };
      const file: FileChange = { status: 'modified', path: name, kind: 'file', ...counts };
      expect(files).toContainEqual(file);
      const content = await git().readFile(repository.directory, 'HEAD', name);
      expect(Buffer.from(content).toString()).toBe(`${name}\n`);
    }
  });

  it.skipIf(process.platform !== 'linux')('reads a file whose name is no UTF-8', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${repository.directory}/caf`), Buffer.from([0xe9])]), 'au lait');
    repository.commit();
    expect((await newest()).files).toEqual([
      { status: 'added', path: 'caf\ufffd', kind: 'file', additions: 1, deletions: 0 },
    ]);
    const content = await git().readFile(repository.directory, 'HEAD', 'caf\ufffd');
    expect(Buffer.from(content).toString()).toBe('au lait');
  });

  it('reads messages of strangers: terminal sequences, a megabyte, bytes that are no UTF-8', async () => {
    repository.commit({ message: '\u001b[31mred\u0007', at: '2026-11-22T06:00:01Z' });
    repository.commit({ message: 'x'.repeat(1024 * 1024), at: '2026-11-22T06:00:02Z' });
    const head = 'tree {tree}\nauthor A <a@b.c> 1795413600 +0000\ncommitter A <a@b.c> 1795413603 +0000\n';
    const parent = `parent ${repository.git('rev-parse', 'HEAD')}\n`;
    const raw = head.replace('author', `${parent}author`);
    repository.commitRaw(Buffer.concat([Buffer.from(`${raw}\ncaf`), Buffer.from([0xe9, 0x0a])]));
    const [latin, huge, red] = await recent();
    expect(latin?.subject).toBe('caf\ufffd');
    expect(huge?.subject).toMatch(/^x{490,499}…$/);
    expect(red?.subject).toBe('\u001b[31mred\u0007');
  });

  it('reads a commit whose time no calendar has', async () => {
    const at = 'A <a@b.c> 99999999999999999 +0000';
    repository.commitRaw(`tree {tree}\nauthor ${at}\ncommitter ${at}\n\nlate\n`);
    expect((await recent('1969-01-01T00:00:00.000Z')).map(({ subject }) => subject)).toEqual(['late']);
  });
});

describe('changedFiles', () => {
  it('tells what a commit brought, and what lies between two', async () => {
    const first = repository.commit({ files: { a: '1', b: '1' } });
    const second = repository.commit({ files: { a: '2' } });
    const third = repository.commit({ files: { c: '1', b: null } });
    const { directory } = repository;
    expect(await git().changedFiles(directory, { to: third.slice(0, 10) })).toEqual({
      from: second,
      to: third,
      files: [{ status: 'renamed', path: 'c', oldPath: 'b', kind: 'file' }],
    });
    expect(await git().changedFiles(directory, { from: first, to: 'HEAD' })).toMatchObject({
      from: first,
      to: third,
      files: [{ path: 'a' }, { path: 'c' }],
    });
  });

  it('knows that nothing is before the first commit', async () => {
    const first = repository.commit({ files: { a: '1' } });
    repository.commit({ files: { b: '1' } });
    const { directory } = repository;
    const added = { status: 'added', path: 'a', kind: 'file' };
    expect(await git().changedFiles(directory, { to: first })).toEqual({ from: undefined, to: first, files: [added] });
    expect(await git().changedFiles(directory, { from: `${first}^`, to: first })).toMatchObject({
      from: undefined,
      files: [added],
    });
  });

  it('says that a revision is not there, and refuses what is none', async () => {
    const first = repository.commit();
    const { directory } = repository;
    await expect(git().changedFiles(directory, { to: 'f'.repeat(40) })).rejects.toMatchObject({ reason: 'notFound' });
    await expect(git().changedFiles(directory, { from: 'nope', to: first })).rejects.toMatchObject({
      reason: 'notFound',
    });
    await expect(git().changedFiles(directory, { to: '--help' })).rejects.toMatchObject({ reason: 'invalidArgument' });
  });
});

describe('readFile', () => {
  it('reads a file as it was committed, without filters', async () => {
    repository.commit({ files: { '.gitattributes': '*.txt text eol=crlf\n', 'dir/a.txt': 'one\ntwo\n' } });
    const content = await git().readFile(repository.directory, 'HEAD', 'dir/a.txt');
    expect(Buffer.from(content).toString()).toBe('one\ntwo\n');
  });

  it('refuses what is larger than asked', async () => {
    repository.commit({ files: { big: 'x'.repeat(3 * 1024 * 1024) } });
    await expect(
      git().readFile(repository.directory, 'HEAD', 'big', { maxBytes: 2 * 1024 * 1024 }),
    ).rejects.toMatchObject({ reason: 'outside', message: expect.stringContaining('larger than 2 MB') as string });
  });

  it('reads the beginning of a file of any size, and tells how large it is', async () => {
    repository.commit({ files: { big: 'x'.repeat(30 * 1024 * 1024), small: 'y' } });
    const { bytes, size } = await git().readBeginning(repository.directory, 'HEAD', 'big', 1000);
    expect([bytes.length, size]).toEqual([1000, 30 * 1024 * 1024]);
    const small = await git().readBeginning(repository.directory, 'HEAD', 'small', 1000);
    expect([Buffer.from(small.bytes).toString(), small.size]).toEqual(['y', 1]);
    await expect(git().readBeginning(repository.directory, 'HEAD', 'gone', 10)).rejects.toMatchObject({
      reason: 'notFound',
    });
    for (const [revision, path] of [
      ['--batch', 'small'],
      ['HEAD', '../small'],
    ] as const) {
      await expect(git().readBeginning(repository.directory, revision, path, 10)).rejects.toMatchObject({
        reason: 'invalidArgument',
      });
    }
  });

  it.each([
    ['HEAD', 'nope', 'notFound'],
    ['f'.repeat(40), 'a', 'notFound'],
    ['HEAD', 'dir', 'notFound'],
    ['HEAD', '../a', 'invalidArgument'],
    ['HEAD', '/etc/passwd', 'invalidArgument'],
    ['--batch', 'a', 'invalidArgument'],
    ['HEAD:dir/b --', 'a', 'invalidArgument'],
  ])('%s %s: %s', async (revision, path, reason) => {
    repository.commit({ files: { a: '1', 'dir/b': '2' } });
    await expect(git().readFile(repository.directory, revision, path)).rejects.toMatchObject({ reason });
  });
});

describe('identity', () => {
  it('is what git would sign with, and unknown where nothing is configured', async () => {
    expect(await git().identity(repository.directory)).toEqual({ name: undefined, email: undefined });
    repository.git('config', 'user.name', 'Ana Ruiz');
    repository.git('config', 'user.email', 'ana@example.com');
    expect(await git().identity(repository.directory)).toEqual({ name: 'Ana Ruiz', email: 'ana@example.com' });
    expect(await git().identity('/')).toEqual({ name: undefined, email: undefined });
  });
});

describe('authors', () => {
  it('lists people, the most recent first, each once, at most as many as asked', async () => {
    for (const [index, author] of ['Ana <a@x.y>', 'Bo <b@x.y>', 'Ana <a@x.y>', 'Cy <c@x.y>'].entries()) {
      repository.commit({ author, at: `2026-11-23T06:0${index}:00Z` });
    }
    expect(await git().authors(repository.directory, 5)).toEqual(['Cy <c@x.y>', 'Ana <a@x.y>', 'Bo <b@x.y>']);
    expect(await git().authors(repository.directory, 1)).toEqual(['Cy <c@x.y>']);
  });

  it('knows nobody without a commit or a repository', async () => {
    expect(await git().authors(repository.directory, 5)).toEqual([]);
    expect(await git().authors('/', 5)).toEqual([]);
  });
});
