import { chownSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../src/connect/git.ts';
import { readWindowChanges } from '../../../src/investigate/window/readWindowChanges.ts';
import type { DeployRef } from '../../../src/changes/history/readsHistory.ts';
import { changeWindow } from '../../../src/investigate/window/changeWindow.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

const fetchedAt = '2026-11-23T06:30:00.000Z';
const committedAt = '2026-11-23T05:00:00.000Z';
let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

const git = (environment = repository.environment) => createGit({ environment });
const window = changeWindow({ impactStart: undefined, detected: fetchedAt, now: fetchedAt, minutes: 240 });
const nothingConfigured = {
  window,
  services: [],
  changes: { featureFlags: [], zoneFiles: [] },
  running: { kind: 'unknown', reason: 'nobody tells' },
} as const;
const look = (directory: string, environment = repository.environment) =>
  readWindowChanges({ history: git(environment) }, { folder: directory, ...nothingConfigured });
const windowOf = (directory: string) =>
  git().windowHistory(directory, { start: { kind: 'time', since: committedAt, now: fetchedAt } });
const deployRef = (at: TestRepository): Promise<DeployRef> => git().deployRef(at.directory);

/** Fetches, and sets the time of what git wrote about it. */
function fetch(clone: TestRepository, ...args: string[]): void {
  clone.git('fetch', '--quiet', ...args);
  const file = join(clone.directory, clone.git('rev-parse', '--git-dir'), 'FETCH_HEAD');
  utimesSync(file, new Date(fetchedAt), new Date(fetchedAt));
}

/** As if the clone had been made long ago. */
function forgetReflogs(clone: TestRepository): void {
  rmSync(join(clone.directory, clone.git('rev-parse', '--git-common-dir'), 'logs'), { recursive: true });
}

describe('deployRef', () => {
  it('is the default branch of the remote, whatever is checked out', async () => {
    const commit = repository.commit();
    const clone = repository.clone();
    clone.git('checkout', '--quiet', '-b', 'mine');
    clone.commit({ message: 'not pushed' });
    forgetReflogs(clone);
    fetch(clone);
    expect(await deployRef(clone)).toEqual({
      ref: 'refs/remotes/origin/main',
      name: 'origin/main',
      kind: 'remoteDefault',
      commit,
      hasRemote: true,
      fetched: { kind: 'known', at: fetchedAt, by: 'fetch' },
    });
  });

  it('is the upstream of the current branch when the remote names no default', async () => {
    repository.commit();
    repository.git('branch', 'release');
    const clone = repository.clone('--branch', 'release');
    clone.git('remote', 'set-head', 'origin', '--delete');
    expect(await deployRef(clone)).toMatchObject({ ref: 'refs/remotes/origin/release', kind: 'upstream' });
  });

  it('is the usual branch of a remote that was added by hand', async () => {
    repository.commit();
    const other = createRepository();
    other.git('remote', 'add', 'upstream', repository.directory);
    fetch(other, 'upstream');
    forgetReflogs(other);
    expect(await deployRef(other)).toMatchObject({
      name: 'upstream/main',
      kind: 'remoteDefault',
      fetched: { at: fetchedAt },
    });
    other.dispose();
  });

  it('is what is checked out when there is no remote, or none that was fetched', async () => {
    const commit = repository.commit();
    const local = { ref: 'HEAD', name: 'main', kind: 'local', commit };
    expect(await deployRef(repository)).toEqual({
      ...local,
      hasRemote: false,
      fetched: { kind: 'unknown', reason: 'the repository has no remote' },
    });
    repository.git('remote', 'add', 'origin', 'https://example.invalid/x.git');
    expect(await deployRef(repository)).toEqual({
      ...local,
      hasRemote: true,
      fetched: { kind: 'unknown', reason: 'no branch of a remote was ever fetched' },
    });
    repository.git('checkout', '--quiet', '--detach');
    expect((await deployRef(repository)).name).toBe(`the detached commit ${commit.slice(0, 8)}`);
  });

  it('is unborn before the first commit', async () => {
    expect(await deployRef(repository)).toMatchObject({ ref: 'HEAD', name: 'main', commit: undefined });
    expect(await look(repository.directory)).toMatchObject({
      kind: 'seen',
      changes: { ref: { commit: undefined }, head: undefined, groups: [], pending: [] },
    });
  });
});

describe('when the remote was last seen', () => {
  let clone: TestRepository;

  beforeEach(() => {
    repository.commit();
    repository.git('branch', 'other');
    clone = repository.clone();
    forgetReflogs(clone);
  });

  const fetched = async () => (await deployRef(clone)).fetched;
  const unknown = { kind: 'unknown', reason: 'this clone does not tell when it was fetched' };

  it('is unknown in a clone that does not tell', async () => {
    expect(await fetched()).toEqual(unknown);
  });

  it('is not the time of a fetch that failed, though it wrote FETCH_HEAD', async () => {
    clone.git('remote', 'set-url', 'origin', join(repository.directory, 'gone'));
    expect(() => clone.git('fetch', '--quiet')).toThrow();
    expect(statSync(join(clone.directory, '.git', 'FETCH_HEAD')).size).toBe(0);
    expect(await fetched()).toEqual(unknown);
  });

  it('is not the time of a fetch of another branch', async () => {
    fetch(clone, 'origin', 'other');
    expect(await fetched()).toEqual(unknown);
    fetch(clone, 'origin', 'main');
    expect(await fetched()).toEqual({ kind: 'known', at: fetchedAt, by: 'fetch' });
  });

  it('is not the time of a fetch from another remote', async () => {
    const fork = createRepository();
    fork.commit();
    clone.git('remote', 'add', 'fork', fork.directory);
    fetch(clone, 'fork');
    expect(await fetched()).toEqual(unknown);
    fetch(clone, 'origin');
    expect(await fetched()).toMatchObject({ at: fetchedAt });
    fork.dispose();
  });

  it('is the time of the clone in a fresh one', async () => {
    const fresh = repository.clone();
    expect(await deployRef(fresh)).toMatchObject({ fetched: { kind: 'known', by: 'clone' } });
  });

  it('is the time of a push', async () => {
    clone.commit();
    repository.git('checkout', '--quiet', 'other');
    clone.git('push', '--quiet', 'origin', 'main');
    expect(await fetched()).toMatchObject({ kind: 'known', by: 'push' });
  });

  it('is the latest fetch of any worktree', async () => {
    clone.git('worktree', 'add', '--quiet', '-b', 'second', '../worktree');
    const worktree = { ...clone, directory: join(clone.directory, '../worktree') };
    clone.git('-C', worktree.directory, 'fetch', '--quiet');
    const file = join(clone.directory, '.git', 'worktrees', 'worktree', 'FETCH_HEAD');
    utimesSync(file, new Date(fetchedAt), new Date(fetchedAt));
    expect(await fetched()).toMatchObject({ at: fetchedAt });
    expect((await deployRef(worktree)).fetched).toMatchObject({ at: fetchedAt });
  });
});

describe('unusual repositories', () => {
  it('reads a shallow clone, and knows that it is one', async () => {
    repository.commit({ at: '2026-11-23T04:00:00Z' });
    repository.commit({ at: committedAt });
    const clone = repository.clone('--depth=1', '--no-local');
    expect(await look(clone.directory)).toMatchObject({
      changes: { isShallow: true, groups: [{ arrivals: [{ commit: { files: [], unseen: 'shallow' } }] }] },
    });
  });

  it('reads a partial clone, without fetching what is not in it', async () => {
    repository.git('config', 'uploadpack.allowFilter', 'true');
    repository.commit({ at: '2026-11-23T04:00:00Z', files: { a: 'a\n'.repeat(30), b: '1' } });
    repository.git('mv', 'a', 'moved');
    repository.commit({ at: committedAt, files: { moved: `${'a\n'.repeat(30)}x`, b: '2' } });
    const clone = repository.clone('--filter=blob:none', '--no-checkout', '--no-local');
    const packs = () => readdirSync(join(clone.directory, '.git/objects/pack')).length;
    const before = packs();
    const { commits } = await windowOf(clone.directory);
    expect(commits[0]?.files.map(({ status, path }) => [status, path])).toEqual([
      ['deleted', 'a'],
      ['modified', 'b'],
      ['added', 'moved'],
    ]);
    await expect(git().readFile(clone.directory, 'HEAD', 'b')).rejects.toMatchObject({
      message: expect.stringContaining('partial clone') as string,
    });
    expect(packs()).toBe(before);
  });

  it('reads a bare repository', async () => {
    const commit = repository.commit({ at: committedAt });
    const bare = repository.clone('--bare');
    expect(await git().deployRef(bare.directory)).toMatchObject({ name: 'main', commit });
    expect(await look(bare.directory)).toMatchObject({
      kind: 'seen',
      changes: { groups: [{ arrivals: [{ commit: { id: commit } }] }] },
    });
  });

  it('reads a linked worktree and a folder inside it', async () => {
    repository.commit({ at: '2026-11-23T04:00:00Z' });
    repository.git('worktree', 'add', '--quiet', '-b', 'side', '../worktree');
    const directory = join(repository.directory, '../worktree');
    const worktree = { ...repository, directory };
    mkdirSync(join(directory, 'src'));
    expect((await git().deployRef(directory)).name).toBe('side');
    expect((await deployRef({ ...worktree, directory: join(directory, 'src') })).name).toBe('side');
  });

  it('reads a submodule as the repository it is, and as one entry of the one around it', async () => {
    const inner = createRepository();
    const commit = inner.commit({ at: committedAt, files: { x: '1' } });
    repository.commit({ at: '2026-11-23T04:00:00Z' });
    repository.git('submodule', '--quiet', 'add', inner.directory, 'lib');
    repository.commit({ at: committedAt });
    const [outer] = (await windowOf(repository.directory)).commits;
    expect(outer?.files).toContainEqual(expect.objectContaining({ status: 'added', path: 'lib', kind: 'submodule' }));
    expect(await git().deployRef(join(repository.directory, 'lib'))).toMatchObject({ commit });
    expect(await deployRef({ ...repository, directory: join(repository.directory, 'lib') })).toMatchObject({
      name: 'origin/main',
      fetched: { kind: 'known', by: 'clone' },
    });
    await expect(git().readFile(repository.directory, 'HEAD', 'lib')).rejects.toMatchObject({ reason: 'notFound' });
    inner.dispose();
  });

  it('reads a repository with SHA-256', async () => {
    const modern = createRepository('--object-format=sha256');
    const commit = modern.commit({ files: { a: '1' } });
    expect(commit).toHaveLength(64);
    expect(await git().changedFiles(modern.directory, { to: commit })).toMatchObject({ files: [{ path: 'a' }] });
    modern.dispose();
  });
});

describe('what is wrong is said with what to do', () => {
  it('there is no git', async () => {
    repository.commit();
    const environment = { ...repository.environment, PATH: '' };
    await expect(git(environment).deployRef(repository.directory)).rejects.toMatchObject({
      reason: 'outside',
      message: 'Git was not found on this machine.',
      hint: 'Install git, or correct PATH, and reload the window.',
    });
    expect(await look(repository.directory, environment)).toEqual({
      kind: 'none',
      folder: repository.directory,
      reason: 'Git was not found on this machine. Install git, or correct PATH, and reload the window.',
    });
  });

  it('a program of the repository is not taken for git', async () => {
    repository.write('git', '#!/bin/sh\ntouch ran\n');
    const environment = { ...repository.environment, PATH: '.' };
    await expect(git(environment).deployRef(repository.directory)).rejects.toMatchObject({ reason: 'outside' });
  });

  it('the folder is in no repository, or not there', async () => {
    expect(await look('/')).toEqual({
      kind: 'none',
      folder: '/',
      reason: '/ is in no git repository. Open a folder of a repository, or run "git init".',
    });
    expect(await look(join(repository.directory, 'gone'))).toMatchObject({ kind: 'none' });
  });

  it('a worktree has lost its repository', async () => {
    repository.write('.git-file', 'x');
    rmSync(join(repository.directory, '.git'), { recursive: true });
    writeFileSync(join(repository.directory, '.git'), 'gitdir: /nowhere/.git/worktrees/x\n');
    expect(await look(repository.directory)).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('no git repository') as string,
    });
  });

  it.skipIf(process.getuid?.() !== 0)('the repository belongs to another user', async () => {
    repository.commit();
    for (const path of ['.', '.git']) chownSync(join(repository.directory, path), 12_345, 12_345);
    await expect(git().deployRef(repository.directory)).rejects.toMatchObject({
      reason: 'outside',
      hint: `If you trust it, run: git config --global --add safe.directory ${repository.directory}`,
    });
  });

  it('an object is damaged', async () => {
    const commit = repository.commit({ at: committedAt });
    const object = join(repository.directory, '.git/objects', commit.slice(0, 2), commit.slice(2));
    rmSync(object);
    writeFileSync(object, '');
    expect(await look(repository.directory)).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('damaged') as string,
    });
  });

  it('a branch is damaged', async () => {
    repository.commit();
    truncateSync(join(repository.directory, '.git/refs/heads/main'), 10);
    expect(await look(repository.directory)).toMatchObject({ kind: 'none' });
  });

  it('git hangs', async () => {
    const program = join(repository.directory, '..', 'hanging-git');
    writeFileSync(program, '#!/bin/sh\ntrap "" INT\nsleep 3\n', { mode: 0o755 });
    const hanging = createGit({ program, timeoutMs: 100 });
    await expect(hanging.deployRef(repository.directory)).rejects.toMatchObject({
      reason: 'outside',
      message: 'Git took longer than 0.1 s (git rev-parse) and was stopped.',
    });
  });

  it('a person cancels', async () => {
    const program = join(repository.directory, '..', 'hanging-git');
    writeFileSync(program, '#!/bin/sh\nexec sleep 30\n', { mode: 0o755 });
    const hanging = createGit({ program });
    const controller = new AbortController();
    const pending = hanging.deployRef(repository.directory, controller.signal);
    controller.abort();
    await expect(pending).rejects.toMatchObject({ reason: 'cancelled' });
    await expect(hanging.deployRef(repository.directory, controller.signal)).rejects.toMatchObject({
      reason: 'cancelled',
    });
    await expect(
      readWindowChanges(
        { history: hanging },
        { folder: repository.directory, ...nothingConfigured, signal: controller.signal },
      ),
    ).rejects.toMatchObject({
      reason: 'cancelled',
    });
  });

  it('nothing of a secret in what git says is shown', async () => {
    const program = join(repository.directory, '..', 'failing-git');
    writeFileSync(program, '#!/bin/sh\necho "fatal: cannot use https://bob:hunter22@example.com/" >&2\nexit 7\n', {
      mode: 0o755,
    });
    await expect(createGit({ program }).deployRef(repository.directory)).rejects.not.toMatchObject({
      message: expect.stringContaining('hunter22') as string,
    });
  });
});
