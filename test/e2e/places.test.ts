/* eslint no-empty-pattern: ["error", { "allowObjectPatternsAsParameters": true }] -- Vitest reads what a fixture needs from the pattern. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect } from 'vitest';
import { stateOnDisk } from '../support/builders/journal.ts';
import { createTemporaryFolder } from '../support/temporaryFolder.ts';
import { git } from '../support/testWorkspace.ts';
import { declare } from './declare.ts';
import { callCommand } from './driver.ts';
import { eventually } from './pages/eventually.ts';
import type { Workbench } from './pages/workbench.ts';
import { startSharedHost } from './sharedHost.ts';
import { test as plainTest } from './test.ts';

const test = plainTest
  .extend('host', { scope: 'file' }, async ({ browser }, { onCleanup }) => {
    const host = await startSharedHost(browser);
    onCleanup(() => host.stop());
    return host;
  })
  .extend('base', async ({}, { onCleanup }) => {
    const { path, remove } = await createTemporaryFolder('mayday-places-');
    onCleanup(remove);
    return path;
  })
  /** A window that is looked at from the Incidents view and closed with its incident ended. */
  .extend('open', ({ host }, { onCleanup }) => {
    const opened: Workbench[] = [];
    onCleanup(async () => {
      for (const window of opened) {
        await callCommand(window, 'mayday.closeIncident', { outcome: 'cancelled', reason: 'a test' }).catch(String);
        await host.closeWindow(window);
      }
    });
    return async (folder: string | null): Promise<Workbench> => {
      const window = await host.openWindow(folder);
      opened.push(window);
      await window.openView('Incidents');
      return window;
    };
  });

describe('an incident in a window', () => {
  test.afterEach(({ task, host }) => host.keepEvidence(task));

  test('without a folder', async ({ open, host }) => {
    const window = await open(null);
    await waitForWelcome(
      window,
      `No folder is open. An incident can be declared all the same; open the repository of the service you are paged for and its commits are at hand.
Declare Incident
Open Folder
Never done it? Start a drill.`,
    );
    await window.tree('Incidents').clickWelcome('Declare Incident');
    await window.input.waitFor('What is wrong, in a few words?');
    await window.input.cancel();
    await declare(window, 'Everything is down', { severity: 'SEV1' });
    await window.tree('Incidents').find(/^SEV1 Everything is down/);
    const record = await onlyIncidentIn(join(host.globalStorage, 'mayday/no-folder'));
    expect(await stateOnDisk(record)).toMatchObject({ title: 'Everything is down', status: 'investigating' });

    await window.press('Control+Enter');
    await window.tree('Incidents').find(/^Communication 1 sent/);
    expect(await readdir(join(record, 'documents/updates'))).toEqual([expect.stringMatching(/-initial\.md$/)]);
  });

  test('on a folder without git', async ({ open, base, host }) => {
    const window = await open(base);
    await waitForWelcome(
      window,
      `No incident. This folder is in no git repository that can be written to, so the record of an incident goes to VS Code’s storage on this machine, and there are no commits to look at.
Declare Incident
Start a drill instead, or open the repository of the service you are paged for.`,
    );
    expect(await window.tree('Incidents').message()).toBe('');
    expect(await window.tree('Action Items').welcome()).toMatch(/^No open action items\./);
    await declare(window, 'Everything is down');
    await window.runCommand('Incident: Investigate');
    await window.tree('Incidents').expand([/^SEV2/, 'Investigation']);
    await window.tree('Incidents').find(/^1 Recent deployments unknown: .* is in no git repository\./);
    const roots = (await readdir(join(host.globalStorage, 'mayday'))).filter((name) => name !== 'no-folder');
    expect(roots).toHaveLength(1);
    await onlyIncidentIn(join(host.globalStorage, 'mayday', roots[0] ?? ''));
    expect(await readdir(base)).toEqual([]);
    await window.runCommand('View: Focus Active Editor Group');
    await window.press('Control+Enter');
    await window.tree('Incidents').find(/^Communication 1 sent/);
    expect(await readdir(join(base, '.incidents'))).toEqual([expect.stringMatching(/everything-is-down$/)]);
  });

  test('of several folders, which asks for one of them', async ({ open, base }) => {
    for (const name of ['cart', 'checkout', 'notes']) await mkdir(join(base, name));
    for (const name of ['cart', 'checkout']) await git(join(base, name), 'init', '--quiet');
    const file = join(base, 'shop.code-workspace');
    await writeFile(file, JSON.stringify({ folders: ['cart', 'checkout', 'notes'].map((path) => ({ path })) }));
    await mkdir(join(base, 'cart/.incidents'));
    await writeFile(join(base, 'cart/.incidents/mayday.yaml'), 'policy: [\n');
    const window = await open(file);
    const said = 'mayday.yaml has an error, the first in line 2. The built-in protocol applies.';
    const problem = window.page.locator('.pane-header', { hasText: said });
    // VS Code for the web now and then opens a workspace file as if it named no folder, until it is loaded again.
    await problem.waitFor({ timeout: 8_000 }).catch(async () => {
      await window.reload();
      await window.openView('Incidents');
      await problem.waitFor();
    });
    await waitForWelcome(window, 'No incident. Declaring one takes a title, a severity and the impact');
    await declare(window, 'Orders fail', { folder: 'checkout' });
    await window.tree('Incidents').find(/^SEV2 Orders fail/);
    expect(await window.tree('Incidents').message()).toBe(said);
    await onlyIncidentIn(join(base, 'checkout/.git/mayday'));
    expect(await readdir(join(base, 'cart/.git'))).not.toContain('mayday');
    const scripted = callCommand(window, 'mayday.declareIncident', { title: 'Which?', severity: 'SEV3' });
    await expect(scripted).rejects.toThrow(/^Several folders are open: .*cart.*checkout.*notes.* Say with “folder”/);
  });

  test('whose git directory refuses', async ({ open, base, host }) => {
    const folder = join(base, 'sealed');
    await mkdir(folder);
    await git(folder, 'init', '--quiet');
    // Permissions would not hold root back.
    await writeFile(join(folder, '.git/mayday'), '');
    const window = await open(folder);
    await waitForWelcome(window, 'the record of an incident goes to VS Code’s storage on this machine');
    const said = `Incidents of ${folder} are recorded in VS Code’s storage: ${join(folder, '.git/mayday')} is not a folder.`;
    await window.page.locator('.pane-header', { hasText: said }).waitFor();
    const before = await readdir(join(host.globalStorage, 'mayday'));
    await declare(window, 'Sealed');
    await window.tree('Incidents').find(/^SEV2 Sealed/);
    const [root = ''] = (await readdir(join(host.globalStorage, 'mayday'))).filter((name) => !before.includes(name));
    expect(basename(await onlyIncidentIn(join(host.globalStorage, 'mayday', root)))).toMatch(/-sealed$/);
    expect(await window.tree('Incidents').message()).toBe(said);
    await window.reload();
    await window.openView('Incidents');
    await window.tree('Incidents').find(/^SEV2 Sealed/);
  });
});

async function waitForWelcome(window: Workbench, expected: string): Promise<void> {
  const { welcome } = window.tree('Incidents');
  await eventually(
    `the welcome text “${expected}”`,
    async () => ((await welcome()).replaceAll(/\n+/g, '\n').includes(expected) ? true : undefined),
    welcome,
  );
}

/** The folder of the only incident below a root of the record. */
async function onlyIncidentIn(root: string): Promise<string> {
  const names = await readdir(join(root, 'incidents'));
  expect(names).toHaveLength(1);
  return join(root, 'incidents', names[0] ?? '');
}
