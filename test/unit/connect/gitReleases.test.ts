import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { revisionCandidates } from '../../../src/changes/deployed/revisionCandidates.ts';
import { createGitReleases } from '../../../src/connect/gitReleases.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

let repository: TestRepository;
const signal = new AbortController().signal;

beforeEach(() => {
  repository = createRepository();
});

afterEach(() => {
  repository.dispose();
});

const releases = () => createGitReleases({ environment: repository.environment });
const find = async (version: string) => {
  const found = await releases().find(repository.directory, revisionCandidates(version), signal);
  return found?.commit;
};

describe('a version in a repository', () => {
  it('is the commit that its tag stands on, or that its id begins', async () => {
    const first = repository.commit({ message: 'first' });
    repository.git('tag', 'v1.8.0');
    const second = repository.commit({ message: 'second' });
    repository.git('-c', 'user.name=R', '-c', 'user.email=r@x', 'tag', '-a', '-m', 'release', 'v1.9.0');
    expect(await find('1.8.0')).toBe(first);
    expect(await find('v1.9.0')).toBe(second);
    expect(await find('1.9.0')).toBe(second);
    expect(await find(second)).toBe(second);
    expect(await find(`main-${first.slice(0, 12)}`)).toBe(first);
    expect(await find(`v1.8.0-1-g${second.slice(0, 8)}`)).toBe(second);
    expect(await find('2.0.0')).toBeUndefined();
    expect(await find('f'.repeat(40))).toBeUndefined();
  });

  it('is no tree, no file and no branch', async () => {
    repository.commit({ files: { a: 'content' } });
    const [blob, tree] = [repository.git('rev-parse', 'HEAD:a'), repository.git('rev-parse', 'HEAD^{tree}')];
    repository.git('branch', '1.9.0');
    expect(await find(blob)).toBeUndefined();
    expect(await find(tree)).toBeUndefined();
    expect(await find('1.9.0')).toBeUndefined();
  });
});

describe('the branch that deploys', () => {
  it('has the tags from which its head can be reached, newest first', async () => {
    repository.commit({ at: '2026-11-20T06:00:00Z' });
    repository.git('tag', 'v1.8.0');
    repository.git('checkout', '--quiet', '-b', 'hotfix');
    repository.commit({ at: '2026-11-22T06:00:00Z' });
    repository.git('tag', 'v1.8.1');
    repository.git('checkout', '--quiet', 'main');
    const head = repository.commit({ at: '2026-11-21T06:00:00Z' });
    repository.git('tag', 'v1.9.0');
    repository.git('tag', 'api-v2.0.0');
    const clone = repository.clone();
    clone.git('checkout', '--quiet', '-b', 'mine');
    clone.commit();
    clone.git('tag', 'v3.0.0');
    const of = (options: { branch?: string; glob?: string }) =>
      releases().deployBranch(clone.directory, { branch: options.branch, glob: options.glob, signal });
    const main = await of({});
    expect(main).toMatchObject({ name: 'origin/main', head });
    expect(main.tags.map(({ name }) => name).sort()).toEqual(['api-v2.0.0', 'v1.8.0', 'v1.9.0']);
    expect(main.tags.at(-1)).toMatchObject({ name: 'v1.8.0', at: '2026-11-20T06:00:00.000Z' });
    expect((await of({ glob: 'api-v*' })).tags.map(({ name }) => name)).toEqual(['api-v2.0.0']);
    expect((await of({ branch: 'hotfix' })).tags.map(({ name }) => name)).toEqual(['v1.8.1', 'v1.8.0']);
  });

  it('may have none, or no commit at all', async () => {
    expect(await releases().deployBranch(repository.directory, { branch: undefined, glob: undefined, signal })).toEqual(
      {
        ...{ name: 'main', head: undefined, tags: [] },
      },
    );
    const head = repository.commit();
    expect(await releases().deployBranch(repository.directory, { branch: undefined, glob: 'v*', signal })).toEqual({
      ...{ name: 'main', head, tags: [] },
    });
  });
});
