import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WindowChanges } from '../../../src/changes/history/windowChanges.ts';
import { createGit } from '../../../src/connect/git.ts';
import {
  filesAt,
  pathIn,
  readMarkedRepository,
  type MarkedRepository,
} from '../../../src/editor/annotations/markedRepository.ts';
import { arrivalOf, fileChange, windowChangesOf } from '../../support/builders/changedWindow.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

/** What the editor makes of a window of a real repository whose commits are given newest first. */
async function read(
  arrivals: readonly { readonly id: string; readonly files: readonly string[] }[],
  given: Partial<WindowChanges>,
  folder = repository.directory,
  open: readonly string[] = [folder],
): Promise<MarkedRepository | string> {
  const git = createGit({ environment: repository.environment });
  const services = {
    readRevision: (directory: string, revision: string, path: string) => git.readFile(directory, revision, path),
    changedFiles: async (directory: string, range: { readonly from: string; readonly to: string }) =>
      (await git.changedFiles(directory, range)).files,
  };
  const named = arrivals.map(({ id, files }) => arrivalOf('a', { id, files: files.map(fileChange) }));
  const changes = windowChangesOf(named, { repository: repository.directory, ...given });
  const window = {
    from: changes.ref.fetched.kind === 'known' ? changes.ref.fetched.at : '',
    to: '2026-11-23T07:00:00.000Z',
    minutes: 240,
    origin: { kind: 'detected', at: '2026-11-23T06:45:00.000Z' },
  } as const;
  return readMarkedRepository(services, { kind: 'seen', folder, window, changes }, open, new AbortController().signal);
}

async function marked(...args: Parameters<typeof read>): Promise<MarkedRepository> {
  const result = await read(...args);
  if (typeof result === 'string') throw new Error(result);
  return result;
}

describe('the files that are marked', () => {
  it('are those that differ in the end, whatever folder of the repository is open, and however it is reached', async () => {
    const base = repository.commit({ files: { 'apps/web/a.js': '1\n', 'b.js': '1\n', 'c.js': '1\n' } });
    const tried = repository.commit({ files: { 'c.js': '2\n' } });
    const head = repository.commit({ files: { 'apps/web/a.js': '2\n', 'b.js': null, 'c.js': '1\n' } });
    const arrivals = [
      { id: head, files: ['M apps/web/a.js', 'D b.js', 'M c.js'] },
      { id: tried, files: ['M c.js'] },
    ];
    const inside = join(repository.directory, 'apps/web');
    const link = join(dirname(repository.directory), 'link');
    symlinkSync(inside, link);
    for (const folder of [repository.directory, inside, link]) {
      const result = await marked(arrivals, { base, head }, folder);
      expect([...result.places.keys()]).toEqual(['apps/web/a.js']);
      expect(result.files).toBe(1);
      const file = folder === repository.directory ? join(inside, 'a.js') : join(folder, 'a.js');
      expect(pathIn(result, file)).toBe('apps/web/a.js');
      expect(filesAt(result, 'apps/web/a.js')).toEqual([file]);
      expect(filesAt(result, 'b.js')).toHaveLength(folder === repository.directory ? 1 : 0);
      expect(pathIn(result, join(repository.directory, 'b.js'))).toBe('b.js');
      expect(pathIn(result, `${repository.directory}-2/b.js`)).toBeUndefined();
    }
  });

  it('are those of a worktree on another branch', async () => {
    const base = repository.commit({ files: { 'a.js': '1\n' } });
    const head = repository.commit({ files: { 'a.js': '2\n' } });
    const worktree = join(dirname(repository.directory), 'worktree');
    repository.git('worktree', 'add', '--quiet', '--detach', worktree, base);
    const arrivals = [{ id: head, files: ['M a.js'] }];
    const result = await marked(arrivals, { base, head, repository: worktree }, worktree);
    expect(pathIn(result, join(worktree, 'a.js'))).toBe('a.js');
    const other = createRepository();
    const both = [worktree, repository.directory, other.directory];
    const all = await marked(arrivals, { base, head, repository: worktree }, worktree, both);
    other.dispose();
    expect(filesAt(all, 'a.js')).toEqual([join(worktree, 'a.js'), join(repository.directory, 'a.js')]);
    expect(pathIn(all, join(repository.directory, 'a.js'))).toBe('a.js');
    expect(pathIn(all, join(other.directory, 'a.js'))).toBeUndefined();
    expect([...result.places.keys()]).toEqual(['a.js']);
  });

  it('are all of a history that begins in the window, and none where a shallow clone hides what was before', async () => {
    const head = repository.commit({ files: { 'a.js': '1\n' } });
    const arrivals = [{ id: head, files: ['A a.js'] }];
    expect([...(await marked(arrivals, { base: undefined, head })).places]).toMatchObject([['a.js', { path: 'a.js' }]]);
    expect(await read(arrivals, { base: undefined, head, isShallow: true })).toMatch(/shallow clone/);
    expect(await read([], { base: undefined, head: undefined })).toBe('origin/main has no commit yet.');
    expect((await marked([], { base: head, head })).files).toBe(0);
  });

  it('are shown apart when they wait to be deployed', async () => {
    const base = repository.commit({ files: { 'a.js': '1\n', 'b.js': '1\n' } });
    const head = repository.commit({ files: { 'a.js': '2\n' } });
    const tip = repository.commit({ files: { 'b.js': '2\n' } });
    const pending = [arrivalOf('b', { id: tip, files: [fileChange('M b.js')] })];
    const ref = { ...windowChangesOf([]).ref, commit: tip };
    const result = await marked([{ id: head, files: ['M a.js'] }], { base, head, pending, ref });
    expect([...result.places.keys()]).toEqual(['a.js']);
    expect(result.pending?.tip).toBe(tip);
    expect([...(result.pending?.places.keys() ?? [])]).toEqual(['b.js']);
    expect([...result.brought.keys()]).toEqual([tip, head]);
  });

  it('know the commits that a team passes over', async () => {
    const base = repository.commit({ files: { 'a.js': '1\n' } });
    const form = repository.commit({ files: { 'a.js': ' 1\n' } });
    const head = repository.commit({
      files: { '.git-blame-ignore-revs': `# prettier\n${form}\n${base}\n--output=x\n` },
    });
    const arrivals = [
      { id: head, files: ['A .git-blame-ignore-revs'] },
      { id: form, files: ['M a.js'] },
    ];
    expect((await marked(arrivals, { base, head })).ignored).toEqual([form]);
  });
});
