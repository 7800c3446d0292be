import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readShownChanges, readShownFile } from '../../../../src/changes/history/shownFiles.ts';
import { createGit } from '../../../../src/connect/git.ts';
import type { TestRepository } from '../../../support/builders/repository.ts';
import { createRepository } from '../../../support/builders/repository.ts';

let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});
afterEach(() => {
  repository.dispose();
});

const git = () => createGit({ environment: repository.environment });

describe('what a multi-diff editor is given', { timeout: 60_000 }, () => {
  it('is the two sides of every file, and how many there are where they are too many', async () => {
    repository.commit({ files: { gone: '1', moved: 'x\n'.repeat(20), kept: '1' } });
    repository.git('mv', 'moved', 'there');
    const to = repository.commit({ files: { gone: null, fresh: '22', kept: '2' } });
    expect((await readShownChanges(git(), repository.directory, { to })).paths).toEqual([
      { right: 'fresh' },
      { left: 'gone' },
      { left: 'kept', right: 'kept' },
      { left: 'moved', right: 'there' },
    ]);
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_none, index) => [`f${String(index)}`, String(index)]),
    );
    const many = await readShownChanges(git(), repository.directory, { to: repository.commit({ files }) });
    expect([many.paths.length, many.count]).toEqual([300, 400]);
  });

  it('names submodules that point elsewhere apart: they have nothing to show', async () => {
    const first = repository.commit({ files: { a: '1' } });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${first},lib`);
    repository.git('commit', '--quiet', '--message', 'Bump');
    expect(await readShownChanges(git(), repository.directory, { to: 'HEAD' })).toMatchObject({
      ...{ paths: [], submodules: ['lib'], count: 0 },
    });
  });

  it('cuts 200 MB, and says so where it was cut', async () => {
    repository.commit({ files: { dump: `begin\n${'0123456789abcde\n'.repeat(13 * 1024 * 1024)}`, small: 'whole' } });
    const shown = Buffer.from(await readShownFile(git(), repository.directory, 'HEAD', 'dump')).toString();
    expect(shown.length).toBeLessThan(2.1 * 1024 * 1024);
    expect(shown).toMatch(/^begin\n0123/);
    expect(shown).toMatch(
      /\n… Mayday cut this file here: it has 208 MB at this revision, and only its beginning is shown\.\n$/,
    );
    expect(Buffer.from(await readShownFile(git(), repository.directory, 'HEAD', 'small')).toString()).toBe('whole');
  });
});
