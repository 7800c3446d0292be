import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gitForDrills } from '../../../src/connect/importHistory.ts';
import { createDrill } from '../../../src/drill/createDrill.ts';
import { readDrillHistory } from '../../../src/drill/drillHistory.ts';
import { planHistory } from '../../../src/drill/planHistory.ts';
import { createTestDrill, drillNow, git, templatesDirectory, temporaryFolder } from './drillFixture.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

describe('making a drill', () => {
  it('gives git exactly the planned commits, and git finds nothing wrong with them', async () => {
    const drill = await createTestDrill(folder.path);
    const { commits, finalTree } = await readDrillHistory(templatesDirectory);
    const planned = planHistory(commits, finalTree, drillNow);
    const ids = git(drill.directory, 'rev-list', '--all').split('\n');
    expect(ids.toSorted()).toEqual(planned.commits.map(({ id }) => id).toSorted());
    expect(git(drill.directory, 'fsck', '--strict')).toBe('');
    expect(git(drill.directory, 'log', '-1', '--format=%an|%aI|%cI', drill.badCommit)).toBe(
      'Jonas Lindqvist|2026-03-04T14:24:09+01:00|2026-03-04T14:24:09+01:00',
    );
    expect(drill.brokenAt).toBe('2026-03-04T13:24:09.000Z');
  });

  it('leaves a clean work tree on main beside a fetched origin', async () => {
    const { directory, head, originDirectory } = await createTestDrill(folder.path);
    expect(git(directory, 'status', '--porcelain', '--branch')).toBe('## main...origin/main');
    expect(git(directory, 'rev-parse', 'HEAD', 'origin/main', 'origin/HEAD').split('\n')).toEqual([head, head, head]);
    expect(git(directory, 'remote', 'get-url', 'origin')).toBe(originDirectory);
    expect(git(directory, 'branch', '--all', '--format=%(refname:short)').split('\n')).toContain('origin/stock-alerts');
    expect(git(directory, 'tag').split('\n')).toEqual(['v1.8.0', 'v1.8.1', 'v1.8.2', 'v1.9.0']);
    expect(await readdir(join(directory, '.git'))).toContain('FETCH_HEAD');
    expect(await readdir(directory)).not.toContain('.incidents');
  });

  it('depends on nobody’s configuration', async () => {
    const config = join(folder.path, 'gitconfig');
    await writeFile(
      config,
      '[user]\n\tuseConfigOnly = true\n[commit]\n\tgpgSign = true\n[tag]\n\tgpgSign = true\n' +
        '[core]\n\thooksPath = /nowhere\n\tautocrlf = true\n[init]\n\tdefaultBranch = trunk\n[clone]\n\tdefaultRemoteName = up\n',
    );
    vi.stubEnv('GIT_CONFIG_GLOBAL', config);
    vi.stubEnv('GIT_DIR', join(folder.path, 'elsewhere'));
    const { directory, head } = await createTestDrill(folder.path);
    vi.unstubAllEnvs();
    expect(git(directory, 'rev-parse', 'origin/main')).toBe(head);
    expect(git(directory, 'status', '--porcelain')).toBe('');
  });

  it('refuses a folder with something in it, and leaves that alone', async () => {
    await mkdir(join(folder.path, 'checkout'));
    await writeFile(join(folder.path, 'checkout', 'mine.txt'), 'mine');
    await expect(createTestDrill(folder.path)).rejects.toMatchObject({ reason: 'refused' });
    expect(await readdir(join(folder.path, 'checkout'))).toEqual(['mine.txt']);
  });

  it('leaves nothing behind when git fails', async () => {
    const tools = gitForDrills();
    const failing: typeof tools = {
      git: (directory, args, options) =>
        tools.git(directory, args[0] === 'fetch' ? ['no-such-command'] : args, options),
    };
    const request = { directory: join(folder.path, 'checkout'), templatesDirectory, now: drillNow };
    await expect(createDrill(request, failing)).rejects.toMatchObject({ reason: 'outside' });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('says so when there is no git', async () => {
    const request = { directory: join(folder.path, 'checkout'), templatesDirectory, now: drillNow };
    await expect(createDrill(request, gitForDrills(join(folder.path, 'no-git')))).rejects.toMatchObject({
      reason: 'outside',
      message: expect.stringContaining('git could not be started') as string,
    });
  });

  it('can be cancelled', async () => {
    const request = { directory: join(folder.path, 'checkout'), templatesDirectory, now: drillNow };
    await expect(createDrill(request, gitForDrills(), AbortSignal.abort())).rejects.toMatchObject({
      reason: 'cancelled',
    });
    expect(await readdir(folder.path)).toEqual([]);
  });
});
