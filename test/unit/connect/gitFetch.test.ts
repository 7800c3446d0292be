import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../src/connect/git.ts';
import { createBranchFetch } from '../../../src/connect/gitFetch.ts';
import type { TestRepository } from '../../support/builders/repository.ts';
import { createRepository } from '../../support/builders/repository.ts';

const main = 'refs/remotes/origin/main';
let origin: TestRepository;
let clone: TestRepository;

beforeEach(() => {
  origin = createRepository();
  origin.commit({ message: 'first' });
  clone = origin.clone();
});
afterEach(() => {
  origin.dispose();
});

const fetches = (setup = {}) => createBranchFetch({ environment: clone.environment, ...setup });

/** A program in place of git's own that the repository's configuration or surroundings name. */
function program(name: string, script: string): string {
  const path = join(clone.directory, '..', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

describe('fetching a branch', { timeout: 30_000 }, () => {
  it('shows first what it would do, without a password', async () => {
    clone.git('remote', 'set-url', 'origin', 'https://ana:hunter22@git.example/shop.git');
    expect(await fetches().plan(clone.directory, main)).toEqual({
      remote: 'origin',
      address: 'https://git.example/shop.git',
      branch: 'main',
      command: 'git fetch origin main',
    });
    for (const ref of ['HEAD', 'refs/remotes/gone/main', 'refs/remotes/origin/', 'refs/heads/main']) {
      await expect(fetches().plan(clone.directory, ref)).rejects.toMatchObject({ reason: 'notFound' });
    }
  });

  it('brings what is new on that branch, and leaves all else alone', async () => {
    origin.git('branch', 'other');
    const second = origin.commit({ message: 'second' });
    const before = { head: clone.git('rev-parse', 'HEAD'), status: clone.git('status', '--porcelain') };
    const told: string[] = [];
    await fetches().fetch(clone.directory, main, { onProgress: (text) => told.push(text) });
    expect(clone.git('rev-parse', main)).toBe(second);
    expect({ head: clone.git('rev-parse', 'HEAD'), status: clone.git('status', '--porcelain') }).toEqual(before);
    expect(clone.git('for-each-ref', '--format=%(refname)', 'refs/remotes')).not.toContain('other');
    const { fetched } = await createGit({ environment: clone.environment }).deployRef(clone.directory);
    expect(fetched).toMatchObject({ kind: 'known', by: 'fetch' });
    expect(Date.now() - Date.parse(fetched.kind === 'known' ? fetched.at : '')).toBeLessThan(60_000);
  });

  it('brings a branch that the remote is not configured to bring, also one that was rewritten', async () => {
    clone.git('config', 'remote.origin.fetch', '+refs/heads/nothing:refs/remotes/origin/nothing');
    origin.git('commit', '--quiet', '--amend', '--allow-empty', '-m', 'rewritten', '--author=A <a@b.c>');
    await fetches().fetch(clone.directory, main);
    expect(clone.git('rev-parse', main)).toBe(origin.git('rev-parse', 'main'));
  });

  it('runs no hook and no housekeeping, and opens no prompt', async () => {
    const hook = join(clone.directory, '.git/hooks/reference-transaction');
    writeFileSync(hook, `#!/bin/sh\ntouch ${clone.directory}/ran\n`, { mode: 0o755 });
    clone.git('config', 'core.askPass', program('ask', `touch ${clone.directory}/ran`));
    origin.commit({ message: 'second' });
    const environment = { ...clone.environment, GIT_ASKPASS: program('ask2', `touch ${clone.directory}/ran`) };
    await fetches({ environment }).fetch(clone.directory, main);
    expect(existsSync(join(clone.directory, 'ran'))).toBe(false);
  });

  it('is told not to ask: by its surroundings', async () => {
    const seen = join(clone.directory, '..', 'seen');
    const recording = program('recording-git', `env > ${seen}\nexit 0`);
    const setup = { program: recording, environment: { ...clone.environment, GIT_DIR: '/x', SSH_ASKPASS: '/y' } };
    // What is asked before needs the real one.
    const { plan } = fetches();
    await plan(clone.directory, main);
    await createBranchFetch(setup)
      .fetch(clone.directory, main)
      .catch(() => undefined);
    const environment = existsSync(seen) ? readFileSync(seen, 'utf8') : '';
    expect(environment).not.toMatch(/^GIT_DIR=|^SSH_ASKPASS=/m);
  });

  it('says why it failed, without a password, and what to do', async () => {
    clone.git('remote', 'set-url', 'origin', join(origin.directory, 'gone'));
    await expect(fetches().fetch(clone.directory, main)).rejects.toMatchObject({
      reason: 'outside',
      message: expect.stringMatching(/^Fetching from origin failed: .*gone/) as string,
      hint: expect.stringContaining('git fetch') as string,
    });
    clone.git('remote', 'set-url', 'origin', origin.directory);
    clone.git('update-ref', 'refs/remotes/origin/never', 'HEAD');
    await expect(fetches().fetch(clone.directory, 'refs/remotes/origin/never')).rejects.toMatchObject({
      message: expect.stringContaining('never') as string,
    });
  });

  it('never runs a transport that git itself refuses', async () => {
    clone.git('remote', 'set-url', 'origin', `ext::sh -c touch% ${clone.directory}/ran`);
    await expect(fetches().fetch(clone.directory, main)).rejects.toMatchObject({ reason: 'outside' });
    expect(existsSync(join(clone.directory, 'ran'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('ends with everything that it started when it is cancelled', async () => {
    const alive = join(clone.directory, '..', 'alive');
    clone.git('config', 'remote.origin.uploadpack', program('slow', `sleep 3\ntouch ${alive}`));
    const abort = new AbortController();
    const pending = fetches().fetch(clone.directory, main, { signal: abort.signal });
    setTimeout(() => {
      abort.abort();
    }, 500);
    await expect(pending).rejects.toMatchObject({ reason: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(existsSync(alive)).toBe(false);
  });
});
