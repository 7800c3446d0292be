import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changedRuns } from '../../../src/changes/lines/changedLines.ts';
import { placeMarks } from '../../../src/changes/lines/placeMarks.ts';
import type { FileLines, LinesWish } from '../../../src/changes/lines/readsLines.ts';
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

const read = (wish: Partial<LinesWish> & Pick<LinesWish, 'to' | 'from'>): Promise<FileLines> =>
  createGit({ environment: repository.environment }).fileLines(repository.directory, {
    path: 'app.js',
    fromPath: 'app.js',
    ignored: [],
    ...wish,
  });

/** `2+1 Subject: text` of each changed run, `3- gone` of removed lines. */
async function runsOf(wish: Partial<LinesWish> & Pick<LinesWish, 'to' | 'from'>): Promise<readonly string[]> {
  const file = await read(wish);
  if (file.kind === 'none') return [file.reason];
  return changedRuns(file, (wish.ignored ?? []).length > 0).map(({ kind, line, count, commit, hunk }) => {
    if (kind === 'removed') return `${line}- ${hunk.before.join('|')}`;
    const subject = commit === undefined ? '?' : file.commits.get(commit)?.subject;
    return `${line}+${count} ${subject}: ${file.lines.slice(line, line + count).join('|')}`;
  });
}

const commit = (message: string, lines: readonly string[], path = 'app.js'): string =>
  repository.commit({ message, files: { [path]: lines.map((line) => `${line}\n`).join('') } });

const ten = Array.from({ length: 10 }, (_, index) => `line ${index}`);

describe('fileLines', () => {
  it('tells changed, added and removed lines, and who brought them', async () => {
    const base = commit('Base', ten);
    commit('Retry', ten.with(2, 'retry(3)'));
    const head = commit('Log', ['// log', ...ten.with(2, 'retry(3)').toSpliced(7, 2)]);
    expect(await runsOf({ from: base, to: head })).toEqual([
      '0+1 Log: // log',
      '3+1 Retry: retry(3)',
      '8- line 7|line 8',
    ]);
    const file = await read({ from: base, to: head });
    expect(file).toMatchObject({
      lines: ['// log', ...ten.with(2, 'retry(3)').toSpliced(7, 2)],
      hunks: [{ before: [] }, { before: ['line 2'] }, { count: 0, before: ['line 7', 'line 8'] }],
    });
    const [newest] = file.kind === 'lines' ? file.commits.values() : [];
    expect(newest).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      author: 'Robin Case',
      authoredAt: '2026-11-23T06:00:00.000Z',
      committedAt: '2026-11-23T06:00:00.000Z',
      subject: expect.stringMatching(/^(Log|Retry)$/) as string,
    });
  });

  it('has nothing to tell of what was changed and changed back', async () => {
    const base = commit('Base', ten);
    commit('Try', ten.with(2, 'try()'));
    const head = commit('Revert', ten);
    expect(await runsOf({ from: base, to: head })).toEqual([]);
  });

  it('names the commit that wrote a line, not the merge that brought it', async () => {
    commit('Base', ten);
    repository.git('checkout', '--quiet', '-b', 'feature');
    commit('Written long ago', ten.with(8, 'feature()'));
    repository.git('checkout', '--quiet', 'main');
    const base = commit('Before the window', ten.with(0, 'main()'));
    repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge feature', 'feature');
    const head = repository.git('rev-parse', 'HEAD');
    expect(await runsOf({ from: base, to: head })).toEqual(['8+1 Written long ago: feature()']);
  });

  it('follows a file that was renamed', async () => {
    const base = commit('Base', ten, 'old.js');
    repository.git('mv', 'old.js', 'app.js');
    commit('Rename', ten.with(3, 'renamed()'));
    const head = commit('Change', ten.with(3, 'renamed()').with(9, 'changed()'));
    expect(await runsOf({ from: base, to: head, fromPath: 'old.js' })).toEqual([
      '3+1 Rename: renamed()',
      '9+1 Change: changed()',
    ]);
  });

  it('takes every line of a new file for changed, and of a history that begins in the window', async () => {
    const base = commit('Base', ten, 'other.js');
    commit('Create', ten.slice(0, 3));
    const head = commit('Add', ten.slice(0, 4));
    const expected = ['0+3 Create: line 0|line 1|line 2', '3+1 Add: line 3'];
    expect(await runsOf({ from: base, to: head, fromPath: undefined })).toEqual(expected);
    expect(await runsOf({ from: undefined, to: head, fromPath: undefined })).toEqual(expected);
  });

  it('passes over commits that only changed the form', async () => {
    const base = commit('Base', ten);
    const form = commit(
      'Reformat',
      ten.map((line) => `  ${line}`),
    );
    const head = commit('Change', ten.map((line) => `  ${line}`).with(4, '  changed()'));
    expect(await runsOf({ from: base, to: head, ignored: [form] })).toEqual(['4+1 Change:   changed()']);
    expect(await runsOf({ from: base, to: head })).toHaveLength(3);
  });

  it('counts what only changed white space: it is what YAML, Python and make are made of', async () => {
    const base = commit('Base', ten);
    const head = commit('Indent', ten.with(5, '  line 5'));
    expect(await runsOf({ from: base, to: head })).toEqual(['5+1 Indent:   line 5']);
  });

  it('does without the commits where the configuration names a list that is not there', async () => {
    const base = commit('Base', ten);
    const head = commit('Change', ten.with(5, 'changed()'));
    repository.git('config', 'blame.ignoreRevsFile', 'no-such-file');
    expect(await runsOf({ from: base, to: head })).toEqual(['5+1 ?: changed()']);
    expect(await runsOf({ from: base, to: head, ignored: [base] })).toEqual(['5+1 ?: changed()']);
  });

  it('reads alike whatever the configuration says', async () => {
    const lines = ['', ...ten.slice(0, 3), '', ...ten.slice(3)];
    const base = commit('Base', lines);
    const head = commit('Change', lines.with(6, 'changed()'));
    const wish = { from: base, to: head };
    const before = await read(wish);
    const configured = [
      ['diff.suppressBlankEmpty', 'true'],
      ['diff.noprefix', 'true'],
      ['diff.external', 'false'],
      ['diff.algorithm', 'histogram'],
      ['diff.context', '1'],
      ['diff.relative', 'true'],
      ['diff.wsErrorHighlight', 'all'],
      ['color.ui', 'always'],
      ['blame.showRoot', 'false'],
      ['blame.date', 'relative'],
      ['blame.coloring', 'repeatedLines'],
    ] as const;
    for (const [key, value] of configured) repository.git('config', key, value);
    expect(await read(wish)).toEqual(before);
  });

  it.each([
    ['binary', 'a\u0000b\n', 'c\u0000d\n', 'app.js is binary.'],
    ['too long', 'a\n', 'b\n'.repeat(20_001), 'app.js has more than 20000 lines.'],
    ['too large', 'a\n', `${'b'.repeat(5 * 1024 * 1024)}\n`, 'app.js is too large to be compared.'],
  ])('says why it tells nothing of a file that is %s', async (_, old, now, reason) => {
    const base = repository.commit({ files: { 'app.js': old } });
    const head = repository.commit({ files: { 'app.js': now } });
    expect(await read({ from: base, to: head })).toEqual({ kind: 'none', reason });
    expect(await read({ from: base, to: head, fromPath: undefined })).toEqual({ kind: 'none', reason });
  });

  it('takes names and messages as they are', async () => {
    const path = `-d "q"'s (1)\n é*.js`;
    const base = commit('Base', ten, path);
    const subject = `\u001b[31m${'x'.repeat(100_000)}`;
    const head = commit(`${subject}\nauthor Mallory\nboundary\n\nbody`, ten.with(1, '@@ -1 +1 @@'), path);
    const file = await read({ from: base, to: head, path, fromPath: path });
    expect(file).toMatchObject({ kind: 'lines', hunks: [{ line: 1, count: 1 }] });
    const [only, ...others] = file.kind === 'lines' ? file.commits.values() : [];
    expect(others).toEqual([]);
    expect(only?.author).toBe('Robin Case');
    expect(only?.subject).toHaveLength(500);
  });

  it('does not mind what is checked out, or not', async () => {
    const base = commit('Base', ten);
    const head = commit('Change', ten.with(5, 'changed()'));
    repository.git('rm', '--quiet', 'app.js');
    repository.git('checkout', '--quiet', '-f', base);
    repository.write('app.js', 'untracked\n');
    expect(await runsOf({ from: base, to: head })).toEqual(['5+1 Change: changed()']);
  });

  it('refuses what is no commit or no path, and ends when it is cancelled', async () => {
    const id = commit('Base', ten);
    const wish = { from: id, to: id };
    await expect(read({ ...wish, to: '--output=x' })).rejects.toMatchObject({ reason: 'invalidArgument' });
    await expect(read({ ...wish, from: 'HEAD' })).rejects.toMatchObject({ reason: 'invalidArgument' });
    await expect(read({ ...wish, ignored: ['--contents=x'] })).rejects.toMatchObject({ reason: 'invalidArgument' });
    await expect(read({ ...wish, path: '../app.js' })).rejects.toMatchObject({ reason: 'invalidArgument' });
    await expect(read({ ...wish, path: 'none.js' })).rejects.toMatchObject({ reason: 'notFound' });
    const signal = AbortSignal.abort();
    const lines = { ...wish, path: 'app.js', fromPath: 'app.js', ignored: [] };
    const git = createGit({ environment: repository.environment });
    await expect(git.fileLines(repository.directory, lines, signal)).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('marks a work tree with other line ends, of a branch that moved on', async () => {
    const base = commit('Base', ten);
    const head = commit('Change', ten.with(5, 'changed()'));
    commit('Later', ['later()', ...ten.with(5, 'changed()').with(8, 'later()')]);
    const file = await read({ from: base, to: head });
    if (file.kind === 'none') throw new Error(file.reason);
    const text = ['later()', ...ten.with(5, 'changed()').with(8, 'later()')].map((line) => `${line}\r`);
    expect(placeMarks(file.lines, changedRuns(file, false), text)).toMatchObject([{ start: 6, end: 6, line: 5 }]);
  });
});
