import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WindowHistory, WindowRequest } from '../../../src/changes/history/readsHistory.ts';
import { createGit } from '../../../src/connect/git.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

const now = '2026-11-23T07:00:00.000Z';
const since = '2026-11-23T00:00:00.000Z';
let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

const read = (at = repository, request: Partial<WindowRequest> = {}, environment = at.environment) =>
  createGit({ environment }).windowHistory(at.directory, { start: { kind: 'time', since, now }, ...request });
const subjects = ({ line, commits }: WindowHistory) =>
  line.map(({ id }) => commits.find((commit) => commit.id === id)?.subject);

/** A commit on `main` at an hour of the day, changing a file of its own. */
function commitAt(hour: number, message: string, files = { [message]: '1\n' }): string {
  return repository.commit({ at: `2026-11-23T0${String(hour)}:00:00Z`, message, files });
}

/** A branch with commits of two days ago, merged at an hour of the day. */
function merge(hour: number, branch: string, messages: readonly string[]): string {
  repository.git('checkout', '--quiet', '-b', branch);
  for (const [index, message] of messages.entries()) {
    repository.commit({ at: `2026-11-21T0${String(index)}:00:00Z`, message, files: { [message]: '1\n2\n' } });
  }
  repository.git('checkout', '--quiet', 'main');
  repository.git('merge', '--quiet', '--no-ff', '--no-commit', branch);
  return repository.commit({ at: `2026-11-23T0${String(hour)}:00:00Z`, message: `Merge ${branch}` });
}

describe('what reached the branch', { timeout: 30_000 }, () => {
  it('is the first-parent line since a moment, with what its merges brought', async () => {
    const old = repository.commit({ at: '2026-11-20T00:00:00Z', message: 'old', files: { old: '1\n' } });
    commitAt(1, 'direct');
    const merged = merge(2, 'feature', ['first', 'second']);
    const seen = await read();
    expect(subjects(seen)).toEqual(['Merge feature', 'direct']);
    expect(seen.line.map(({ reachedAt }) => reachedAt)).toEqual([
      '2026-11-23T02:00:00.000Z',
      '2026-11-23T01:00:00.000Z',
    ]);
    expect(seen.commits.map(({ subject }) => subject).sort()).toEqual(['Merge feature', 'direct', 'first', 'second']);
    const counts = { status: 'added', kind: 'file', additions: 2, deletions: 0 };
    expect(seen.commits.find(({ id }) => id === merged)?.files).toEqual([
      { ...counts, path: 'first' },
      { ...counts, path: 'second' },
    ]);
    expect(seen).toMatchObject({ base: old, isShallow: false, isPartial: false, isCut: false });
    expect(seen.repository).toBe(repository.directory);
  });

  it('is read at the remote, whatever is checked out', async () => {
    commitAt(1, 'deployed');
    const clone = repository.clone();
    clone.git('checkout', '--quiet', '-b', 'mine');
    clone.commit({ at: '2026-11-23T05:00:00Z', message: 'not pushed' });
    expect(subjects(await read(clone))).toEqual(['deployed']);
    expect((await read(clone)).ref).toMatchObject({ name: 'origin/main', kind: 'remoteDefault' });
  });

  it('is read at the branch that is configured', async () => {
    commitAt(1, 'main only');
    repository.git('checkout', '--quiet', '-b', 'production');
    commitAt(2, 'released');
    repository.git('checkout', '--quiet', 'main');
    const clone = repository.clone();
    for (const branch of ['production', 'origin/production']) {
      const seen = await read(clone, { branch });
      expect(subjects(seen)).toEqual(['released', 'main only']);
      expect(seen.ref).toMatchObject({ ref: 'refs/remotes/origin/production', kind: 'configured' });
    }
    clone.git('remote', 'rename', 'origin', 'upstream');
    expect((await read(clone, { branch: 'production' })).ref.name).toBe('upstream/production');
    for (const branch of ['gone', '--upload-pack=x', '-x', 'a..b']) {
      await expect(read(clone, { branch })).rejects.toMatchObject({ reason: 'notFound' });
    }
  });

  it('sees behind clocks that were set back, and tells no time before that of what is below', async () => {
    repository.commit({ at: '2026-11-20T00:00:00Z', message: 'old' });
    commitAt(3, 'the cause');
    repository.commit({ at: '2001-01-01T00:00:00Z', message: 'wrong clock' });
    repository.commit({ at: '2001-01-01T00:00:00Z', message: 'wrong clock again' });
    const seen = await read();
    expect(subjects(seen)).toEqual(['wrong clock again', 'wrong clock', 'the cause']);
    expect(new Set(seen.line.map(({ reachedAt }) => reachedAt))).toEqual(new Set(['2026-11-23T03:00:00.000Z']));
  });

  it('does not take an old commit of the far future for a new one', async () => {
    repository.commit({ at: '2026-11-19T00:00:00Z', message: 'older' });
    repository.commit({ at: '2037-01-01T00:00:00Z', message: 'from the future' });
    repository.commit({ at: '2026-11-20T00:00:00Z', message: 'old' });
    commitAt(1, 'new');
    expect(subjects(await read())).toEqual(['new']);
  });

  it('has the newest commits, though their clock is days ahead', async () => {
    repository.commit({ at: '2026-11-20T00:00:00Z', message: 'old' });
    repository.commit({ at: '2037-01-01T00:00:00Z', message: 'from the future' });
    repository.commit({ at: '2037-01-02T00:00:00Z', message: 'the cause' });
    expect(subjects(await read())).toEqual(['the cause', 'from the future']);
  });

  it('begins after a commit, on the line or not', async () => {
    const first = commitAt(1, 'one');
    commitAt(2, 'two');
    merge(3, 'feature', ['brought']);
    expect(subjects(await read(repository, { start: { kind: 'commit', after: first } }))).toEqual([
      'Merge feature',
      'two',
    ]);
    const side = repository.git('rev-parse', 'feature');
    expect(subjects(await read(repository, { start: { kind: 'commit', after: side } }))).toEqual(['Merge feature']);
    const tip = repository.git('rev-parse', 'main');
    expect(await read(repository, { start: { kind: 'commit', after: tip } })).toMatchObject({ line: [], base: tip });
  });

  it('is nothing in an empty window: what was there before is what is there', async () => {
    const tip = repository.commit({ at: '2026-11-20T00:00:00Z' });
    expect(await read()).toMatchObject({ line: [], commits: [], base: tip, isCut: false });
  });

  it('reaches to the first commit', async () => {
    commitAt(1, 'first');
    expect(await read()).toMatchObject({ base: undefined, commits: [{ files: [{ status: 'added' }] }] });
  });

  it('is said to be cut where there is more', async () => {
    for (let hour = 1; hour < 6; hour++) commitAt(hour, `at ${String(hour)}`);
    const seen = await read(repository, { max: 2 });
    expect(subjects(seen)).toEqual(['at 5', 'at 4']);
    expect(seen.isCut).toBe(true);
    expect(seen.base).toBe(repository.git('rev-parse', 'main~2'));
  });

  it('is whole where several processes read it', async () => {
    repository.commit({ at: '2026-11-20T00:00:00Z', message: 'old' });
    const expected: string[] = [];
    for (let minute = 0; minute < 90; minute++) {
      const at = new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();
      expected.unshift(repository.commit({ at, message: String(minute), files: { a: `${String(minute)}\n` } }));
    }
    const seen = await read();
    expect(seen.line.map(({ id }) => id)).toEqual(expected);
    expect(seen.commits.map(({ id }) => id)).toEqual(expected);
    expect(seen.commits.every(({ files }) => files.length === 1)).toBe(true);
  });
});

describe('tags and what blame passes over', () => {
  it('tells the tags on the window and on what was before, with the time they were made', async () => {
    repository.commit({ at: '2026-11-20T00:00:00Z', message: 'old' });
    repository.git('tag', 'v1.0.0');
    const tagged = commitAt(1, 'tagged');
    const tagger = ['-c', 'user.name=Ana', '-c', 'user.email=a@b.c'];
    repository.git(...tagger, 'tag', '--annotate', '--message', 'out', 'api/v1.1.0');
    repository.git('tag', '-m', 'x', 'unrelated', `${tagged}^{tree}`);
    const { tags } = await read();
    expect(tags.map(({ name, commit }) => [name, commit])).toEqual([
      ['api/v1.1.0', tagged],
      ['v1.0.0', repository.git('rev-parse', 'main~1')],
    ]);
    expect(tags.map(({ taggedAt }) => taggedAt !== undefined)).toEqual([true, false]);
  });

  it('sees a tag that is made later', async () => {
    commitAt(1, 'tagged');
    const git = createGit({ environment: repository.environment });
    const again = () => git.windowHistory(repository.directory, { start: { kind: 'time', since, now } });
    expect((await again()).tags).toEqual([]);
    repository.git('tag', 'v2');
    expect((await again()).tags).toMatchObject([{ name: 'v2' }]);
    repository.git('pack-refs', '--all');
    repository.git('tag', '--delete', 'v2');
    expect((await again()).tags).toEqual([]);
  });

  it('reads .git-blame-ignore-revs', async () => {
    const formatted = commitAt(1, 'reformat');
    commitAt(2, 'list', { '.git-blame-ignore-revs': `# prettier\n${formatted} # all of it\nnonsense\nabc\n` });
    expect((await read()).ignored).toEqual(new Set([formatted]));
  });

  it('reads .git-blame-ignore-revs of the branch that deploys, whatever is checked out', async () => {
    commitAt(1, 'first');
    const formatted = commitAt(2, 'reformat');
    commitAt(3, 'list', { '.git-blame-ignore-revs': `${formatted}\n` });
    const clone = repository.clone();
    clone.git('checkout', '--quiet', '-b', 'feature', 'HEAD~2');
    const git = createGit({ environment: clone.environment });
    const again = () => git.windowHistory(clone.directory, { start: { kind: 'time', since, now } });
    expect((await again()).ignored).toEqual(new Set([formatted]));
    const other = commitAt(4, 'list nothing', { '.git-blame-ignore-revs': '# nothing\n' });
    clone.git('fetch', '--quiet');
    expect(await again()).toMatchObject({ ref: { commit: other }, ignored: new Set() });
  });

  it('finds what only changed white space', async () => {
    repository.commit({ files: { a: 'a\nb\n  c\n', b: '1\n' } });
    const spaces = repository.commit({ files: { a: 'a\n\nb\nc  \n' } });
    const more = repository.commit({ files: { a: '\ta\nb\nc\n', b: '2\n' } });
    const git = createGit({ environment: repository.environment });
    expect(await git.whitespaceOnly(repository.directory, [spaces, more])).toEqual(new Set([spaces]));
    expect(await git.whitespaceOnly(repository.directory, [])).toEqual(new Set());
  });
});

describe('clones that lack something', { timeout: 30_000 }, () => {
  it('lists where a shallow clone ends, and says nothing of its files', async () => {
    for (let hour = 1; hour < 5; hour++) commitAt(hour, `at ${String(hour)}`);
    const clone = repository.clone('--depth=2', '--no-local');
    const seen = await read(clone);
    expect(subjects(seen)).toEqual(['at 4', 'at 3']);
    expect(seen).toMatchObject({ isShallow: true, base: clone.git('rev-parse', 'HEAD~1') });
    expect(seen.commits).toMatchObject([{ files: [{ path: 'at 4' }] }, { files: [], unseen: 'shallow' }]);
    expect(seen.commits[0]).not.toHaveProperty('unseen');
  });

  it.each([
    ['blob:none', [{ files: [{ path: 'at 2', status: 'modified' }] }]],
    ['tree:0', [{ files: [], unseen: 'partial' }]],
  ])('reads a partial clone (%s) without fetching', async (filter, commits) => {
    repository.git('config', 'uploadpack.allowFilter', 'true');
    repository.commit({ at: '2026-11-20T00:00:00Z', files: { 'at 2': '1\n' } });
    commitAt(2, 'at 2', { 'at 2': '2\n' });
    const clone = repository.clone(`--filter=${filter}`, '--no-checkout', '--no-local');
    const packs = () => readdirSync(join(clone.directory, '.git/objects/pack')).length;
    const before = packs();
    const seen = await read(clone);
    expect(seen).toMatchObject({ isPartial: true, commits });
    expect(packs()).toBe(before);
  });

  it('reads merges with a git that knows --diff-merges not yet', async () => {
    repository.commit({ at: '2026-11-20T00:00:00Z', message: 'old' });
    merge(2, 'feature', ['first']);
    const program = join(repository.directory, '..', 'old-git');
    const script =
      '#!/bin/sh\nfor each in "$@"; do case "$each" in --diff-merges=*) echo "fatal: unrecognized argument: $each" >&2; exit 128;; esac; done\nexec git "$@"\n';
    writeFileSync(program, script, { mode: 0o755 });
    const old = createGit({ environment: repository.environment, program });
    const seen = await old.windowHistory(repository.directory, { start: { kind: 'time', since, now } });
    expect(subjects(seen)).toEqual(['Merge feature']);
    expect(seen.commits.map(({ files }) => files.map(({ path }) => path))).toEqual([['first'], ['first']]);
  });
});

describe('hostile repositories', { timeout: 60_000 }, () => {
  it('reads messages of strangers: terminal sequences, Markdown, commands, a megabyte', async () => {
    const messages = ['\u001b[31mred\u0007', '[x](command:workbench.action.quit) **y** <img>', 'x'.repeat(1024 * 1024)];
    for (const [index, message] of messages.entries()) {
      repository.commit({ at: `2026-11-23T0${String(index)}:00:00Z`, message: `${message}\n\n${message}` });
    }
    const { commits } = await read();
    expect(commits.map(({ subject }) => subject.length < 600)).toEqual([true, true, true]);
    expect(commits.every(({ body = '' }) => body.length < 600)).toBe(true);
    expect(commits[2]).toMatchObject({ subject: messages[0], body: messages[0] });
  });

  it('reads names of files with line ends, quotes, dashes and marks of its own', async () => {
    const names = [
      '-rf',
      'two\nlines',
      'say "hi"',
      ':100644 100644 0 0 M',
      '1\t2\tx',
      '\u0001abc',
      `\u0001${'a'.repeat(40)}`,
    ];
    commitAt(1, 'add', Object.fromEntries(names.map((name) => [name, '1\n'])));
    for (const name of names) repository.git('mv', '--', name, `moved ${name}`);
    commitAt(2, 'move', {});
    const { commits } = await read();
    expect(commits[0]?.files.map(({ oldPath }) => oldPath).sort()).toEqual(names.toSorted());
    expect(commits[0]?.files.every(({ status, additions }) => status === 'renamed' && additions === 0)).toBe(true);
    expect(commits[1]?.files.map(({ path }) => path).sort()).toEqual(names.toSorted());
  });

  it.skipIf(process.platform !== 'linux')('reads names that are no UTF-8', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${repository.directory}/caf`), Buffer.from([0xe9])]), 'au lait\n');
    commitAt(1, 'add', {});
    expect((await read()).commits[0]?.files).toEqual([
      { status: 'added', path: 'caf\ufffd', kind: 'file', additions: 1, deletions: 0 },
    ]);
  });

  it('reads bumps of submodules and binary files', async () => {
    const inner = createRepository();
    inner.commit({ files: { x: '1' } });
    commitAt(1, 'start');
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.directory, 'lib');
    commitAt(2, 'add', { 'a.bin': 'x\u0000y' });
    const { commits } = await read();
    expect(commits[0]?.files).toContainEqual({
      status: 'added',
      path: 'lib',
      kind: 'submodule',
      additions: 1,
      deletions: 0,
    });
    expect(commits[0]?.files).toContainEqual({ status: 'added', path: 'a.bin', kind: 'file' });
    inner.dispose();
  });

  it('is not led astray by refs that look like options or revisions', async () => {
    const commit = commitAt(1, 'one');
    for (const ref of [
      'refs/tags/-x',
      'refs/tags/--output=ran',
      'refs/heads/HEAD',
      'refs/tags/refs/remotes/origin/HEAD',
    ]) {
      repository.git('update-ref', ref, commit);
    }
    const clone = repository.clone();
    clone.git('update-ref', 'refs/tags/--all', commit);
    const seen = await read(clone);
    expect(subjects(seen)).toEqual(['one']);
    expect(seen.tags.map(({ name }) => name)).toContain('--all');
    expect(readdirSync(clone.directory)).not.toContain('ran');
  });

  it('reads a worktree and a folder inside it as one repository', async () => {
    commitAt(1, 'one', { 'src/a': '1' });
    repository.git('worktree', 'add', '--quiet', '-b', 'side', '../worktree');
    const worktree = { ...repository, directory: join(repository.directory, '../worktree') };
    const inside = { ...repository, directory: join(worktree.directory, 'src') };
    const [whole, part] = await Promise.all([read(worktree), read(inside)]);
    expect(part.repository).toBe(whole.repository);
    expect(part.commonDirectory).toBe((await read()).commonDirectory);
  });
});
