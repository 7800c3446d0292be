import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalHandle } from '../../src/journal/journalHandle.ts';
import type { JournalStore } from '../../src/journal/journalStore.ts';
import { git, makeRepository } from '../support/builders/git.ts';
import type { JournalFixture } from '../support/builders/journal.ts';
import { declareIn, journalFixture, notes, noteTexts } from '../support/builders/journal.ts';

let fixture: JournalFixture;
let repository: string;
let store: JournalStore;
let incident: JournalHandle;

beforeEach(async () => {
  fixture = await journalFixture();
  repository = join(fixture.base, 'repository');
  await makeRepository(repository);
  store = await fixture.window({ folders: () => [repository] });
  incident = await declareIn(store);
  await incident.record(notes('before'));
  await mkdir(join(repository, '.incidents', '2026-11-23-checkout-down'), { recursive: true });
  await writeFile(join(repository, '.incidents', '2026-11-23-checkout-down', 'post-mortem.md'), '# Why');
});
afterEach(() => fixture.remove());

describe('what is done to a work tree in an incident', () => {
  it.each([
    ['git stash -u', () => git(repository, 'stash', '--include-untracked')],
    ['git clean -fdx', () => git(repository, 'clean', '-ffdx')],
    ['checking out an older revision', () => git(repository, 'checkout', '--quiet', 'HEAD~1')],
    ['git reset --hard', () => git(repository, 'reset', '--hard', 'HEAD~1')],
    ['git gc', () => git(repository, 'gc', '--quiet', '--prune=now', '--aggressive')],
    ['deleting .incidents', () => rm(join(repository, '.incidents'), { recursive: true })],
    ['git worktree prune', () => git(repository, 'worktree', 'prune')],
  ])('leaves the record through %s', async (_what, act) => {
    await act();
    await incident.record(notes('after'));
    await store.dispose();
    const later = await fixture.window({ folders: () => [repository] });
    const read = await later.open(incident.id);
    expect(noteTexts(read.state)).toEqual(['before', 'after']);
    expect(read.problems).toEqual([]);
    expect(later.list()).toHaveLength(1);
  });

  it('never shows in what git says of the work tree, nor in a clone', async () => {
    await rm(join(repository, '.incidents'), { recursive: true });
    expect(await git(repository, 'status', '--porcelain', '--ignored')).toBe('');
    expect(await git(repository, 'fsck', '--strict')).toBe('');
    await git(fixture.base, 'clone', '--quiet', repository, 'clone');
    const clone = await fixture.window({
      folders: () => [join(fixture.base, 'clone')],
      globalStorage: join(fixture.base, 'other'),
    });
    expect(clone.list()).toEqual([]);
  });

  it('is survived by a worktree that is removed, and by the clone when it is moved', async () => {
    const worktree = join(fixture.base, 'worktree');
    await git(repository, 'worktree', 'add', '--quiet', '--detach', worktree);
    const other = await fixture.window({ folders: () => [worktree] });
    await (await other.open(incident.id)).record(notes('from the worktree'));
    await other.dispose();
    await git(repository, 'worktree', 'remove', '--force', worktree);
    await store.dispose();
    const moved = join(fixture.base, 'moved');
    await rename(repository, moved);
    const later = await fixture.window({ folders: () => [moved] });
    expect(noteTexts((await later.open(incident.id)).state)).toEqual(['before', 'from the worktree']);
    expect(later.list()).toHaveLength(1);
  });

  it('does not need git: neither a program of that name nor a repository that is whole', async () => {
    await store.dispose();
    await rm(join(repository, '.git', 'config'));
    await writeFile(join(repository, '.git', 'index'), 'broken');
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    try {
      const later = await fixture.window({ folders: () => [repository] });
      expect(noteTexts((await later.open(incident.id)).state)).toEqual(['before']);
    } finally {
      process.env['PATH'] = path;
    }
  });
});

describe.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a .git folder without permission to write',
  () => {
    it('is not the place of a new incident', async () => {
      await chmod(join(repository, '.git', 'mayday', 'incidents'), 0o555);
      const [place] = await store.places();
      expect(place?.fallbackReason).toContain('EACCES');
      await chmod(join(repository, '.git', 'mayday', 'incidents'), 0o755);
    });
  },
);

describe('places of a shallow, unborn or bare repository', () => {
  it.each([
    [
      'a shallow clone',
      (folder: string) => git(fixture.base, 'clone', '--quiet', '--depth', '1', `file://${repository}`, folder),
      '.git/mayday',
    ],
    ['an unborn branch', (folder: string) => git(fixture.base, 'init', '--quiet', folder), '.git/mayday'],
    [
      'a bare repository',
      (folder: string) => git(fixture.base, 'clone', '--quiet', '--bare', repository, folder),
      'mayday',
    ],
    [
      'a detached HEAD',
      async (folder: string) => {
        await git(fixture.base, 'clone', '--quiet', repository, folder);
        await git(folder, 'checkout', '--quiet', '--detach');
      },
      '.git/mayday',
    ],
    [
      'a separate git directory',
      (folder: string) =>
        git(fixture.base, 'init', '--quiet', '--separate-git-dir', join(fixture.base, 'apart'), folder),
      '../apart/mayday',
    ],
  ])('%s', async (_what, make, root) => {
    const folder = join(fixture.base, 'other');
    await make(folder);
    const window = await fixture.window({ folders: () => [folder] });
    const made = await declareIn(window, '2026-11-23-other');
    expect(made.directory).toBe(join(folder, root, 'incidents', '2026-11-23-other'));
  });
});
