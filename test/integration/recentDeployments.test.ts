import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, callOnRow, eventually, folder, withIncident } from './host.ts';
import { git } from './repositoryGit.ts';

interface Investigated {
  readonly commits: readonly { readonly id: string; readonly subject: string; readonly marks?: readonly string[] }[];
  readonly window: { readonly minutes: number; readonly after?: { readonly name: string } };
}

describe('recent deployments', () => {
  const original = git('rev-parse', 'HEAD');
  let oldest = '';
  let newest = '';
  before(() => {
    write('prices.js', 'export const price = 1;\n');
    oldest = commitAt(90, 'Add prices');
    git('tag', '-m', 'out', 'v1.0.0', { GIT_COMMITTER_DATE: minutesAgo(85) });
    write('prices.js', 'export const price = 2;\n');
    newest = commitAt(60, 'Raise [prices](command:workbench.action.quit)');
    git('tag', '-m', 'out', 'v1.1.0', { GIT_COMMITTER_DATE: minutesAgo(55) });
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => {
    git('tag', '--delete', 'v1.0.0', 'v1.1.0');
    git('reset', '--quiet', '--hard', original);
  });

  it('are those of the window, which begins at a time, with a deploy or after a commit', async () => {
    await withIncident({}, async ({ incident }) => {
      const last = await call<Investigated>('investigate', { incident, since: 'lastDeploy' });
      assert.equal(last.window.after?.name, 'v1.0.0');
      assert.deepEqual(
        last.commits.map(({ id }) => id),
        [newest],
      );
      const since = await call<Investigated>('investigate', { incident, since: oldest });
      assert.deepEqual(
        since.commits.map(({ id }) => id),
        [newest],
      );
      const again = await call<Investigated>('investigate', { incident });
      assert.equal(again.window.after?.name, oldest.slice(0, 8));
      const day = await call<Investigated>('investigate', { incident, windowMinutes: 1440 });
      assert.equal(day.window.minutes, 1440);
      assert.ok(day.commits.some(({ id }) => id === oldest));
    });
  });

  it('begin where a key says, without a prompt', async () => {
    await withIncident({}, async ({ incident }) => {
      const result = await call<Investigated>('setChangeWindow', { incident, since: 'lastDeploy' });
      assert.equal(result.window.after?.name, 'v1.0.0');
    });
  });

  it('open together in the multi-diff editor', async () => {
    const range = { repository: folder, title: 'v1.1.0', from: `${newest}^`, to: newest };
    await callOnRow('openChangeGroup', range);
    const tab = await eventually('the multi-diff editor', () => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.label.startsWith('v1.1.0') === true ? activeTab : undefined;
    });
    assert.match(tab.label, /v1\.1\.0/);
  });

  it('of the whole window open as one diff, from what ran before it', async () => {
    await withIncident({}, async ({ incident }) => {
      await call('investigate', { incident, windowMinutes: 1440 });
      await call('openChangeWindow', { incident });
      const tab = await eventually('the multi-diff editor', () => {
        const { activeTab } = vscode.window.tabGroups.activeTabGroup;
        return activeTab?.label.includes(`…${newest.slice(0, 8)}`) === true ? activeTab : undefined;
      });
      assert.match(tab.label, /^\d+ commits, [0-9a-f]{8}…/);
    });
  });
});

function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

function commitAt(minutes: number, message: string): string {
  const at = minutesAgo(minutes);
  git('add', '--all');
  git('commit', '--quiet', '--message', message, { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at });
  return git('rev-parse', 'HEAD');
}

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}
