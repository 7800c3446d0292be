import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rememberedVersions } from '../../../../src/changes/configuration/rememberedVersions.ts';
import { createGit } from '../../../../src/connect/git.ts';
import type { TestRepository } from '../../../support/builders/repository.ts';
import { createRepository } from '../../../support/builders/repository.ts';

let repository: TestRepository;
let calls: number;

beforeEach(() => {
  repository = createRepository();
  calls = 0;
});

afterEach(() => {
  repository.dispose();
});

function remembered() {
  const git = createGit({ environment: repository.environment });
  return rememberedVersions({
    contents: git.contents,
    versionsBetween: (...asked) => {
      calls += 1;
      return git.versionsBetween(...asked);
    },
  });
}

describe('rememberedVersions', () => {
  it('asks once, also of two at the same time, and of each range', async () => {
    const from = repository.commit({ files: { a: '1' } });
    const to = repository.commit({ files: { a: '2' } });
    const { versionsBetween } = remembered();
    const { signal } = new AbortController();
    const both = await Promise.all([1, 2].map(() => versionsBetween(repository.directory, { from, to }, signal)));
    expect(both[0]?.files.map(({ path }) => path)).toEqual(['a']);
    expect(both[1]).toBe(both[0]);
    expect(await versionsBetween(repository.directory, { from, to })).toBe(both[0]);
    expect(calls).toBe(1);
    await versionsBetween(repository.directory, { from: undefined, to });
    expect(calls).toBe(2);
  });

  it('asks anew what failed or was cancelled, and shares no cancelling', async () => {
    const to = repository.commit({ files: { a: '2' } });
    const range = { from: undefined, to };
    const { versionsBetween } = remembered();
    const cancelled = versionsBetween(repository.directory, range, AbortSignal.abort());
    const other = versionsBetween(repository.directory, range, new AbortController().signal);
    await expect(cancelled).rejects.toMatchObject({ reason: 'cancelled' });
    expect((await other).files).toHaveLength(1);
    await expect(versionsBetween('/nowhere', range)).rejects.toMatchObject({ reason: 'outside' });
    await expect(versionsBetween('/nowhere', range)).rejects.toMatchObject({ reason: 'outside' });
    expect(calls).toBe(4);
  });

  it('forgets the oldest', async () => {
    const commits = Array.from({ length: 10 }, (_, index) => repository.commit({ files: { a: String(index) } }));
    const { versionsBetween } = remembered();
    for (const to of commits) await versionsBetween(repository.directory, { from: undefined, to });
    await versionsBetween(repository.directory, { from: undefined, to: commits[9]! });
    expect(calls).toBe(10);
    await versionsBetween(repository.directory, { from: undefined, to: commits[0]! });
    expect(calls).toBe(11);
  });
});
