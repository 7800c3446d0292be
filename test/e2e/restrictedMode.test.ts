/* eslint no-empty-pattern: ["error", { "allowObjectPatternsAsParameters": true }] -- Vitest reads what a fixture needs from the pattern. */
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect } from 'vitest';
import { commandIds } from '../../src/contributions.ts';
import { createTemporaryFolder } from '../support/temporaryFolder.ts';
import { createTestWorkspace, git } from '../support/testWorkspace.ts';
import { callCommand } from './driver.ts';
import { openFile } from './openFile.ts';
import { eventually } from './pages/eventually.ts';
import { marksOf } from './pages/marks.ts';
import type { Workbench } from './pages/workbench.ts';
import { openRecord } from './scriptedRecord.ts';
import { startSharedHost } from './sharedHost.ts';
import { test as plainTest } from './test.ts';

const test = plainTest
  .extend('gitTrap', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { path, remove } = await createTemporaryFolder('mayday-git-');
    onCleanup(remove);
    return makeGitTrap(path);
  })
  .extend('repository', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { folder, remove } = await createTestWorkspace();
    onCleanup(remove);
    return folder;
  })
  .extend('host', { scope: 'file' }, async ({ browser, gitTrap, repository }, { onCleanup }) => {
    const host = await startSharedHost(browser, {
      workspaceTrust: true,
      // VS Code's own Git extension would run git once the workspace is trusted.
      settings: { 'git.enabled': false, 'workbench.editor.useModal': 'off' },
      // Without the second, VS Code would take PATH from what a login shell says.
      environment: { PATH: gitTrap.path, VSCODE_CLI: '1' },
    });
    onCleanup(() => host.stop());
    await recordIncident(repository, host.globalStorage);
    return { ...host, before: await filesOf(repository, host.globalStorage) };
  })
  .extend('restricted', { scope: 'file' }, async ({ host, repository }) => {
    const window = await host.openWindow(repository);
    await window.openView('Incidents');
    return window;
  });

const incident = /^SEV2 Checkout fails/;
const refusal =
  'This workspace is in Restricted Mode: Mayday shows its incidents, runs nothing and writes nothing. ' +
  'Trust the workspace (Workspaces: Manage Workspace Trust), then try again.';

/** They show what is on record; every other command must be refused. */
const commandsThatShow = [
  'mayday.openCharts',
  ...['mayday.openIncident', 'mayday.openTimeline', 'mayday.openEvent', 'mayday.openDocument', 'mayday.openLink'],
  ...['mayday.showNextDeadline', 'mayday.refresh', 'mayday.showLog'],
];

describe('Restricted Mode', () => {
  test.afterEach(({ task, host }) => host.keepEvidence(task));

  test('shows what is on record', async ({ restricted }) => {
    const tree = restricted.tree('Incidents');
    await tree.expand([incident, 'Investigation', '1 Recent deployments']);
    await tree.find([incident, 'Investigation', '1 Recent deployments', 'Sell things']);
    await tree.expand([incident, 'Timeline']);
    await tree.find([incident, 'Timeline', /The queue is full/]);
    await restricted.statusBar.find(/^SEV2 /);
    expect(await tree.message()).toContain('The workspace is not trusted, so its mayday.yaml is not read.');
    await restricted.runCommand('Incident: Open Timeline');
    await restricted.editors.waitForText('# Timeline: Checkout fails');
  });

  test('offers only what shows something', async ({ restricted }) => {
    const offered = await restricted.palette.commands('Incident: ');
    const expected = [
      'Open Charts',
      'Open Timeline',
      'Refresh',
      'Show an Incident…',
      'Show Log',
      'Show What Is Due Next',
    ];
    expect(offered.toSorted()).toEqual(expected.map((title) => `Incident: ${title}`).toSorted());
  });

  test('refuses every other command that is called all the same', async ({ restricted, repository }) => {
    const refused = commandIds.filter((id) => !commandsThatShow.includes(id));
    expect(refused.length).toBeGreaterThan(35);
    const scripted = refused.map((command) => ({ command, args: [{ directory: join(repository, 'drill') }] }));
    const outcomes = await callCommand<readonly unknown[]>(restricted, 'driver.callEach', scripted);
    expect(outcomes).toEqual(refused.map(() => ({ error: refusal })));
  });

  test('tells a person who clicks why nothing happens', async ({ restricted }) => {
    await restricted.tree('Incidents').click('Sell things');
    await restricted.notifications.find(refusal);
    await restricted.notifications.clear();
    void callCommand(restricted, 'mayday.addNote');
    await restricted.notifications.find(refusal);
    await restricted.notifications.clear();
    expect(await restricted.input.isOpen()).toBe(false);
  });

  test('reads no file of a revision', async ({ restricted, repository }) => {
    const head = await git(repository, 'rev-parse', 'HEAD');
    const query = JSON.stringify({ repository, revision: head, path: 'checkout.js' });
    const opening = callCommand(restricted, 'driver.readFile', {
      scheme: 'mayday-revision',
      path: '/checkout.js',
      query,
    });
    await expect(opening).rejects.toThrow('Git is not run in Restricted Mode.');
  });

  test('runs no git and writes nothing', async ({ restricted, repository, host, gitTrap }) => {
    await restricted.runCommand('Incident: Refresh');
    await restricted.reload();
    await restricted.openView('Incidents');
    await restricted.tree('Incidents').find(incident);
    await openFile(restricted, 'checkout.js');
    await restricted.editors.waitForText('export const retries = 3;');
    expect(await marksOf(restricted.page).rulerPoints('#f0883e')).toBe(0);
    expect(await gitTrap.runs()).toEqual([]);
    expect(await filesOf(repository, host.globalStorage)).toEqual(host.before);
  });

  test('ends when a person trusts the workspace', async ({ restricted, gitTrap, repository }) => {
    await trust(restricted);
    expect(await callCommand(restricted, 'driver.isTrusted')).toBe(true);
    await restricted.runCommand('Incident: Add Note…');
    await restricted.input.waitFor('What happened?');
    await restricted.input.type('Trusted now');
    await restricted.input.accept();
    const tree = restricted.tree('Incidents');
    await tree.expand([incident, 'Timeline']);
    await tree.find([incident, 'Timeline', /Trusted now/]);
    await tree.expand([incident, 'Investigation']);
    await tree.click('Sell things');
    await eventually('the diff of the commit', async () => {
      const files = await restricted.editors.multiDiff();
      return files.length === 2 ? files : undefined;
    });
    // Were it not for this, the trap might have caught nothing because it cannot.
    expect((await gitTrap.runs()).length).toBeGreaterThan(0);
    const head = await git(repository, 'rev-parse', 'HEAD');
    const query = JSON.stringify({ repository, revision: head, path: 'checkout.js' });
    const uri = { scheme: 'mayday-revision', path: '/checkout.js', query };
    expect(await callCommand(restricted, 'driver.readFile', uri)).toBe('export const retries = 3;\n');
  });

  test('says in an empty view what there is to do', async ({ host, restricted }) => {
    await callCommand(restricted, 'mayday.closeIncident', { outcome: 'cancelled', reason: 'a test' });
    const { folder, remove } = await createTestWorkspace();
    const window = await host.openWindow(folder);
    await window.openView('Incidents');
    const welcome = await eventually('the welcome text', async () => {
      const text = await window.tree('Incidents').welcome();
      return text === '' ? undefined : text;
    });
    expect(welcome).toMatch(/^This workspace is in Restricted Mode: .*\s+Manage Workspace Trust$/);
    await window.tree('Incidents').clickWelcome('Manage Workspace Trust');
    await window.page.locator('.workspace-trust-editor').waitFor();
    await host.closeWindow(window);
    await remove();
  });
});

/** An incident with commits listed, a note and a draft, as another window made it. */
async function recordIncident(folder: string, globalStorage: string): Promise<void> {
  const record = await openRecord(folder, globalStorage);
  const { incident } = await record.run('declareIncident', {
    title: 'Checkout fails',
    severity: 'SEV2',
  });
  await record.run('investigate', { incident });
  await record.run('addNote', { incident, text: 'The queue is full' });
  await record.run('postUpdate', { incident, sent: false });
  await record.close();
}

interface GitTrap {
  /** For PATH: its git comes before the machine's. */
  readonly path: string;
  /** The arguments of every git that was started. */
  readonly runs: () => Promise<readonly string[]>;
}

async function makeGitTrap(folder: string): Promise<GitTrap> {
  const log = join(folder, 'runs.log');
  const path = process.env['PATH'] ?? '';
  await mkdir(join(folder, 'bin'));
  const program = join(folder, 'bin/git');
  await writeFile(program, `#!/bin/sh\necho "$@" >> '${log}'\nPATH='${path}' exec git "$@"\n`);
  await chmod(program, 0o755);
  return {
    path: `${join(folder, 'bin')}${delimiter}${path}`,
    runs: async () => (await readFile(log, 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
  };
}

/** Every file below some folders with its size and time of change, as lines. */
async function filesOf(...folders: readonly string[]): Promise<readonly string[]> {
  const lines = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder, { recursive: true }).catch(() => []);
      return Promise.all(
        names.map(async (name) => {
          const { size, mtimeMs } = await stat(join(folder, name));
          return `${join(folder, name)} ${size} ${mtimeMs}`;
        }),
      );
    }),
  );
  return lines.flat().sort();
}

async function trust(window: Workbench): Promise<void> {
  await callCommand(window, 'workbench.trust.manage');
  const editor = window.page.locator('.workspace-trust-editor');
  await editor.getByRole('button', { name: 'Trust', exact: true }).click();
}
