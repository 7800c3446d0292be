import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findGitCommonDirectory } from '../../../src/journal/gitCommonDirectory.ts';
import { git, makeRepository } from '../../support/builders/git.ts';

let base: string;
let repository: string;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'mayday-git-')));
  repository = join(base, 'repository');
  await makeRepository(repository);
});
afterEach(() => rm(base, { recursive: true, force: true }));

const found = (path: string) => ({ kind: 'found', path });

describe('findGitCommonDirectory', () => {
  it('finds the .git folder of a repository, also from a folder inside it', async () => {
    await mkdir(join(repository, 'src', 'deep'), { recursive: true });
    expect(await findGitCommonDirectory(repository)).toEqual(found(join(repository, '.git')));
    expect(await findGitCommonDirectory(join(repository, 'src', 'deep'))).toEqual(found(join(repository, '.git')));
  });

  it('finds it before the first commit', async () => {
    const fresh = join(base, 'fresh');
    await mkdir(fresh);
    await git(fresh, 'init', '--quiet');
    expect(await findGitCommonDirectory(fresh)).toEqual(found(join(fresh, '.git')));
  });

  it('finds one directory for all worktrees of a clone, as git itself says', async () => {
    const worktree = join(base, 'worktree');
    await git(repository, 'worktree', 'add', '--quiet', '--detach', worktree);
    const said = await git(worktree, 'rev-parse', '--path-format=absolute', '--git-common-dir');
    expect(await findGitCommonDirectory(worktree)).toEqual(found(said.trim()));
    expect(said.trim()).toBe(join(repository, '.git'));
  });

  it('finds the own directory of a submodule, and of a worktree of it', async () => {
    const outer = join(base, 'outer');
    await makeRepository(outer);
    await git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository, 'part');
    expect(await findGitCommonDirectory(join(outer, 'part'))).toEqual(found(join(outer, '.git', 'modules', 'part')));
    const worktree = join(base, 'partWorktree');
    await git(join(outer, 'part'), 'worktree', 'add', '--quiet', '--detach', worktree);
    expect(await findGitCommonDirectory(worktree)).toEqual(found(join(outer, '.git', 'modules', 'part')));
  });

  it('finds a bare repository, and the one of a worktree of it', async () => {
    const bare = join(base, 'bare.git');
    await git(base, 'clone', '--quiet', '--bare', repository, bare);
    expect(await findGitCommonDirectory(bare)).toEqual(found(bare));
    const worktree = join(base, 'ofBare');
    await git(bare, 'worktree', 'add', '--quiet', '--detach', worktree);
    expect(await findGitCommonDirectory(worktree)).toEqual(found(bare));
  });

  it('follows a .git folder that is a link, and a HEAD that is one', async () => {
    const linked = join(base, 'linked');
    await mkdir(linked);
    await symlink(join(repository, '.git'), join(linked, '.git'));
    expect(await findGitCommonDirectory(linked)).toEqual(found(join(linked, '.git')));
    const old = join(base, 'old', '.git');
    for (const part of ['objects', 'refs']) await mkdir(join(old, part), { recursive: true });
    await symlink('refs/heads/unborn', join(old, 'HEAD'));
    expect(await findGitCommonDirectory(join(base, 'old'))).toEqual(found(old));
  });

  it('goes on upwards over a .git folder that is none', async () => {
    const inner = join(repository, 'inner');
    await mkdir(join(inner, '.git'), { recursive: true });
    expect(await findGitCommonDirectory(inner)).toEqual(found(join(repository, '.git')));
  });

  it.each([
    ['leads nowhere', 'gitdir: ../nowhere\n', /nowhere, which is no git directory/],
    ['says nothing', 'hello\n', /is no `gitdir:` file/],
  ])('says what is wrong with a .git file that %s', async (_what, content, reason) => {
    const folder = join(base, 'broken');
    await mkdir(folder);
    await writeFile(join(folder, '.git'), content);
    expect(await findGitCommonDirectory(folder)).toMatchObject({
      kind: 'broken',
      reason: expect.stringMatching(reason) as string,
    });
  });

  it('says so when there is no repository, or no folder', async () => {
    expect(await findGitCommonDirectory(base)).toEqual({ kind: 'none' });
    expect(await findGitCommonDirectory(join(base, 'not', 'there'))).toEqual({ kind: 'none' });
  });
});
