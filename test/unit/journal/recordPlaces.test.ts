import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderRecord } from '../../../src/journal/recordPlaces.ts';
import { git, makeRepository } from '../../support/builders/git.ts';

let base: string;
let repository: string;
let storage: string;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'mayday-places-')));
  [repository, storage] = [join(base, 'repository'), join(base, 'storage')];
  await makeRepository(repository);
});
afterEach(() => rm(base, { recursive: true, force: true }));

describe('folderRecord', () => {
  it('is in the git common directory, for every worktree the same, and writes nothing to find out', async () => {
    const worktree = join(base, 'worktree');
    await git(repository, 'worktree', 'add', '--quiet', '--detach', worktree);
    const [one, other] = await Promise.all(
      [repository, worktree].map((folder) => folderRecord(folder, storage, new Map())),
    );
    expect(one?.place).toEqual({ root: join(repository, '.git', 'mayday'), folder: repository });
    expect(other?.place).toEqual({ root: join(repository, '.git', 'mayday'), folder: worktree });
    expect(other?.storagePlace.root).toBe(one?.storagePlace.root);
    expect(await readdir(join(repository, '.git'))).not.toContain('mayday');
    expect(await readdir(base)).not.toContain('storage');
  });

  it('is in the storage without git, apart for every folder, and gives no reason: none is needed', async () => {
    const [a, b] = await Promise.all(['a', 'b'].map((name) => folderRecord(join(base, name), storage, new Map())));
    expect(a?.place.root).toMatch(join(storage, 'mayday'));
    expect(a?.place.root).not.toBe(b?.place.root);
    expect(a?.place.fallbackReason).toBeUndefined();
  });

  it('is in the storage without a folder', async () => {
    const { place, roots } = await folderRecord(undefined, storage, new Map());
    expect(place).toEqual({ root: join(storage, 'mayday', 'no-folder'), folder: undefined });
    expect(roots).toEqual([place.root]);
  });

  it('falls back to the storage where a file is in the way, says so, and still reads what is in the clone', async () => {
    await writeFile(join(repository, '.git', 'mayday'), '');
    const { place, roots } = await folderRecord(repository, storage, new Map());
    expect(place.root).toMatch(join(storage, 'mayday'));
    expect(place.fallbackReason).toBe(`${join(repository, '.git', 'mayday')} is not a folder`);
    expect(roots).toContain(join(repository, '.git', 'mayday'));
  });

  it('falls back with the reason of a refusal', async () => {
    const root = join(repository, '.git', 'mayday');
    const { place } = await folderRecord(repository, storage, new Map([[root, 'refused before']]));
    expect(place).toMatchObject({ folder: repository, fallbackReason: 'refused before' });
    expect(place.root).toMatch(join(storage, 'mayday'));
  });

  it('falls back when .git leads nowhere', async () => {
    const folder = join(base, 'broken');
    await mkdir(folder);
    await writeFile(join(folder, '.git'), 'gitdir: ../nowhere\n');
    const { place } = await folderRecord(folder, storage, new Map());
    expect(place.fallbackReason).toMatch(/no git directory/);
  });

  it('still reads the storage of a folder that became a repository later', async () => {
    const folder = join(base, 'later');
    await mkdir(folder);
    const before = await folderRecord(folder, storage, new Map());
    await git(folder, 'init', '--quiet');
    const { place, roots } = await folderRecord(folder, storage, new Map());
    expect(place.root).toBe(join(folder, '.git', 'mayday'));
    expect(roots).toContain(before.place.root);
  });
});
