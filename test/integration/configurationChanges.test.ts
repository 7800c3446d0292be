import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { call, callOnRow, eventually, folder, recordedEvents, withIncident } from './host.ts';
import { git } from './repositoryGit.ts';

interface Investigated {
  readonly checks: readonly {
    readonly check: string;
    readonly verdict: string;
    readonly summary: string;
    readonly manual: boolean;
  }[];
}

const password = 'correct-horse-7battery';

describe('the configuration radar', () => {
  const original = git('rev-parse', 'HEAD');
  let base = '';
  let head = '';
  before(() => {
    write('config/production.yaml', `checkout:\n  timeout: 30s\n  password: ${password}\n`);
    write('.env.production', 'STRIPE_URL=https://pay.test\nPORT=80\n');
    git('add', '--all');
    const longAgo = { GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z', GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' };
    base = git('commit-tree', git('write-tree'), '-m', 'Before the window', longAgo);
    git('reset', '--quiet', '--soft', base);
    write('config/production.yaml', `checkout:\n  password: ${password}x\n  timeout: 3s\n`);
    write('.env.production', 'PORT=80\n');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Shorten the timeout');
    head = git('rev-parse', 'HEAD');
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => {
    git('reset', '--quiet', '--hard', original);
  });

  it('runs with an investigation, tells what differs, keeps it redacted, and once', async () => {
    await withIncident({}, async ({ incident, name, directory }) => {
      const { checks } = await call<Investigated>('investigate', { incident });
      const check = checks.find(({ check: id }) => id === 'configuration');
      assert.equal(check?.verdict, 'suspicious');
      assert.equal(check.manual, false);
      assert.match(check.summary, /env STRIPE_URL removed/);
      assert.match(check.summary, /checkout\.timeout: 30s → 3s \(config\/production\.yaml\)/);
      assert.match(check.summary, /Repository only/);
      await call('investigate', { incident });
      const completed = recordedEvents(name).filter(
        ({ type, data }) => type === 'check.completed' && data['check'] === 'configuration',
      );
      assert.equal(completed.length, 1);
      const [evidence] = completed[0]?.data['evidence'] as readonly { readonly sha256: string }[];
      const file = vscode.Uri.file(join(directory, 'evidence', evidence?.sha256 ?? ''));
      const text = Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
      assert.match(text, /checkout\.password/);
      assert.ok(!text.includes(password));
    });
  });

  it('opens the file of a difference as it was and is, at the line', async () => {
    const args = {
      repository: folder,
      path: 'config/production.yaml',
      from: base,
      to: head,
      line: 3,
      status: 'modified',
    };
    await callOnRow('openFileChange', args);
    const { input } = await eventually('the diff', () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab?.input instanceof vscode.TabInputTextDiff ? { input: tab.input } : undefined;
    });
    assert.match(await textOf(input.original), /timeout: 30s/);
    assert.match(await textOf(input.modified), /timeout: 3s/);
    await eventually('the line', () =>
      vscode.window.activeTextEditor?.selection.active.line === 2 ? true : undefined,
    );
  });

  it('opens a file that is on one side only by itself', async () => {
    await callOnRow('openFileChange', {
      repository: folder,
      path: '.env.production',
      from: base,
      to: head,
      status: 'deleted',
    });
    await eventually('the file as it was', () =>
      vscode.window.activeTextEditor?.document.getText().startsWith('STRIPE_URL') === true ? true : undefined,
    );
  });

  it('pins a difference as a finding of check 2', async () => {
    await withIncident({}, async ({ incident, name }) => {
      const text = 'checkout.timeout: 30s → 3s';
      await callOnRow('pinDifference', { incident, text, path: 'config/production.yaml', line: 3, to: head });
      const finding = recordedEvents(name).find(({ type }) => type === 'finding.added')?.data ?? {};
      assert.equal(finding['check'], 'configuration');
      assert.equal(finding['text'], text);
      assert.equal(finding['place'], 'config/production.yaml:3');
      assert.equal(finding['revision'], head);
    });
  });
});

async function textOf(document: vscode.Uri): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(document)).toString('utf8');
}

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
