import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, folder, withIncident } from './host.ts';
import { git, gitIn } from './repositoryGit.ts';

interface Investigated {
  readonly commits: readonly { readonly subject: string }[];
  readonly ref?: { readonly name: string };
}

describe('Fetch', () => {
  let elsewhere = '';
  let remote = '';
  // Anew for each try: a remote that was fetched from once has nothing to bring, and is not asked about again.
  beforeEach(() => {
    elsewhere = mkdtempSync(join(tmpdir(), 'mayday-remote-'));
    const colleague = join(elsewhere, 'colleague');
    remote = join(elsewhere, 'origin.git');
    git('clone', '--quiet', '--bare', folder, remote);
    // One setting at a time, as `git remote add` could not be tried again after the first of them.
    git('config', 'remote.origin.url', remote);
    git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*');
    git('fetch', '--quiet', 'origin');
    git('remote', 'set-head', 'origin', '--auto');
    git('clone', '--quiet', remote, colleague);
    writeFileSync(join(colleague, 'hotfix.js'), 'export {};\n');
    gitIn(colleague, 'add', '--all');
    gitIn(colleague, 'commit', '--quiet', '--message', 'Push a hotfix from elsewhere');
    gitIn(colleague, 'push', '--quiet', 'origin', 'HEAD');
  });
  afterEach(() => {
    git('remote', 'remove', 'origin');
    rmSync(elsewhere, { recursive: true, force: true });
  });

  it('never happens by itself, shows where from, and brings what the remote has', async () => {
    await withIncident({}, async ({ incident }) => {
      const before = await call<Investigated>('investigate', { incident });
      assert.match(before.ref?.name ?? '', /^origin\//);
      assert.ok(!before.commits.some(({ subject }) => subject === 'Push a hotfix from elsewhere'));

      const { asked, result } = await answering(undefined, () => call<Investigated>('fetchBranch', { incident }));
      assert.equal(result, undefined, 'a no fetches nothing');
      assert.match(asked.join('\n'), /^Fetch \S+ from origin\?/);
      assert.ok(asked.join('\n').includes(remote), `${asked.join('\n')} names the remote`);

      const fetched = await answering('Fetch', () => call<Investigated>('fetchBranch', { incident }));
      assert.ok(fetched.result.commits.some(({ subject }) => subject === 'Push a hotfix from elsewhere'));
      const again = await answering(undefined, () => call<Investigated>('fetchBranch', { incident }));
      assert.deepEqual(again.asked, [], 'a remote is confirmed once per window');
    });
  });
});

/** Answers the question of a modal dialog, which nobody sees in this host; gives what was asked. */
async function answering<T>(
  answer: string | undefined,
  run: () => Promise<T>,
): Promise<{ readonly asked: readonly string[]; readonly result: T }> {
  const window = vscode.window as { showInformationMessage: unknown };
  const { showInformationMessage } = window;
  const asked: string[] = [];
  window.showInformationMessage = (message: string, { detail = '' }: vscode.MessageOptions) => {
    asked.push(`${message}\n${detail}`);
    return Promise.resolve(answer);
  };
  try {
    return { result: await run(), asked };
  } finally {
    window.showInformationMessage = showInformationMessage;
  }
}
