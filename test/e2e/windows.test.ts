/* eslint no-empty-pattern: ["error", { "allowObjectPatternsAsParameters": true }] -- Vitest reads what a fixture needs from the pattern. */
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { noteTexts, stateOnDisk } from '../support/builders/journal.ts';
import { createTemporaryFolder } from '../support/temporaryFolder.ts';
import { createTestWorkspace, git } from '../support/testWorkspace.ts';
import { callCommand } from './driver.ts';
import { eventually } from './pages/eventually.ts';
import type { Workbench } from './pages/workbench.ts';
import { startSharedHost } from './sharedHost.ts';
import { test as plainTest } from './test.ts';

interface Declared {
  readonly incident: string;
  readonly name: string;
  readonly directory: string;
}

const test = plainTest
  .extend('repository', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { folder, remove } = await createTestWorkspace();
    onCleanup(remove);
    return folder;
  })
  .extend('base', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { path, remove } = await createTemporaryFolder('mayday-windows-');
    onCleanup(remove);
    return path;
  })
  .extend('host', { scope: 'file' }, async ({ browser }, { onCleanup }) => {
    const host = await startSharedHost(browser);
    onCleanup(() => host.stop());
    return host;
  })
  /** Two windows on one folder, and one on another worktree of its clone that looks at something else. */
  .extend('windows', { scope: 'file' }, async ({ host, repository, base }) => {
    await git(repository, 'worktree', 'add', '--quiet', join(base, 'hotfix'));
    const [first, second, hotfix] = await Promise.all([
      host.openWindow(repository),
      host.openWindow(repository),
      host.openWindow(join(base, 'hotfix')),
    ]);
    await first.openView('Incidents');
    await second.openView('Incidents');
    return { first, second, hotfix };
  })
  .extend('declared', { scope: 'file' }, ({ windows }) => {
    const args = { title: 'Checkout fails', severity: 'SEV2' };
    return callCommand<Declared>(windows.first, 'mayday.declareIncident', args);
  });

const row = /^SEV2 Checkout fails/;

describe('several windows', () => {
  test.afterEach(({ task, host }) => host.keepEvidence(task));

  test('show what one of them declares, also on another worktree', async ({ windows, declared, repository }) => {
    expect(declared.directory).toBe(join(repository, '.git/mayday/incidents', declared.name));
    await windows.second.tree('Incidents').find(row);
    await windows.second.statusBar.find(/^SEV2 Next update in 1\d min$/);
    await windows.hotfix.statusBar.find(/^SEV2 Next update in 1\d min$/);
    await windows.hotfix.openView('Incidents');
    const { description } = await windows.hotfix.tree('Incidents').find(row);
    expect(description).toMatch(/^Investigating/);
  });

  test('write at the same time and lose nothing', async ({ windows, declared }) => {
    const { incident, directory } = declared;
    const notesOf = (who: string): string[] => Array.from({ length: 40 }, (_, index) => `${who} ${index + 1}`);
    const write = (who: keyof typeof windows): Promise<unknown> =>
      callCommand(windows[who], 'driver.addEach', { incident, texts: notesOf(who) });
    await Promise.all([write('first'), write('second'), write('hotfix')]);

    const state = await stateOnDisk(directory);
    expect(state.problems).toEqual([]);
    const expected = [...notesOf('first'), ...notesOf('second'), ...notesOf('hotfix')];
    expect(noteTexts(state).toSorted()).toEqual(expected.toSorted());
    const entries = `${3 + expected.length} entries`;
    for (const window of Object.values(windows)) {
      await window.tree('Incidents').find([row, new RegExp(`^Timeline ${entries}$`)]);
    }
  });

  test('on another repository list it, open it and add to it', async ({ windows, declared, host, repository }) => {
    const other = await createTestWorkspace();
    const window = await host.openWindow(other.folder);
    await window.statusBar.find(/^SEV2 Next update in 1\d min$/);
    await window.openView('Incidents');
    const tree = window.tree('Incidents');
    const { description } = await tree.find(row);
    expect(description).toContain(`in ${repository}`);
    await tree.expand([row, 'Response']);
    await tree.find([row, 'Response', 'Incident Commander']);
    await addNote(window, 'Seen from the cart');
    await windows.first.tree('Incidents').expand([row, 'Timeline']);
    await windows.first.tree('Incidents').find(/Seen from the cart/);
    expect(noteTexts(await stateOnDisk(declared.directory))).toContain('Seen from the cart');

    await callCommand(windows.second, 'mayday.closeIncident', { outcome: 'falseAlarm', reason: 'a test' });
    for (const each of [window, windows.first, windows.hotfix]) {
      await each.tree('Incidents').find(/^SEV2 Checkout fails .*Closed: false alarm/);
      await eventually('no deadline in the status bar', async () => {
        const items = await each.statusBar.items();
        return items.some(({ text }) => text.includes('SEV2')) ? undefined : true;
      });
    }
    await host.closeWindow(window);
    await other.remove();
  });
});

async function addNote({ runCommand, input }: Workbench, text: string): Promise<void> {
  await runCommand('Incident: Add Note…');
  await input.waitFor('What happened?');
  await input.type(text);
  await input.accept();
}
