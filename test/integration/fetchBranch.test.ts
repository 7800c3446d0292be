import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, folder, withIncident } from './host.ts';

interface Investigated {
  readonly commits: readonly { readonly subject: string }[];
  readonly ref?: { readonly name: string };
}

describe('Fetch', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'mayday-remote-'));
  const [remote, colleague] = [join(elsewhere, 'origin.git'), join(elsewhere, 'colleague')];
  before(() => {
    git(folder, 'clone', '--quiet', '--bare', folder, remote);
    git(folder, 'remote', 'add', 'origin', remote);
    git(folder, 'fetch', '--quiet', 'origin');
    git(folder, 'remote', 'set-head', 'origin', '--auto');
    git(folder, 'clone', '--quiet', remote, colleague);
    writeFileSync(join(colleague, 'hotfix.js'), 'export {};\n');
    git(colleague, 'add', '--all');
    git(colleague, 'commit', '--quiet', '--message', 'Push a hotfix from elsewhere');
    git(colleague, 'push', '--quiet', 'origin', 'HEAD');
  });
  after(() => {
    git(folder, 'remote', 'remove', 'origin');
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

function git(cwd: string, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], { cwd, stdio: 'pipe' });
}
