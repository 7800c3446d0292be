import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { projectRoot } from '../support/run.mjs';
import { test } from './test.ts';

/** The page objects against an extension that has one of each thing, so that a failure elsewhere is the product's. */
describe('page objects', () => {
  test.override('serverOptions', { installedExtensions: [join(projectRoot, 'test/e2e/fixture')] });

  test('quick picks', async ({ workbench }) => {
    const { input, statusBar } = workbench;
    await workbench.runCommand('Fixture: Pick Fruit');
    expect(await input.waitFor('Which fruit?')).toMatchObject({ title: 'Fruit', value: '' });
    expect(await input.items()).toEqual([
      { index: 0, label: 'Apple', description: 'crisp', detail: 'Keeps for weeks' },
      { index: 1, label: 'Banana', description: 'soft', detail: '' },
      { index: 2, label: 'Cherry', description: 'small', detail: '' },
    ]);
    await input.choose('Banana');
    await statusBar.find('picked Banana');

    await workbench.runCommand('Fixture: Pick Many Fruits');
    await input.waitFor('Fruits');
    await input.toggle('Apple');
    await input.toggle('Cherry');
    expect((await input.items()).map((item) => item.checked)).toEqual([true, false, true]);
    await input.accept();
    await statusBar.find('picked Apple and Cherry');

    await workbench.runCommand('Fixture: Pick Fruit');
    await input.waitFor('Which fruit?');
    await input.cancel();
    await statusBar.find('picked nothing');
  });

  test('input boxes', async ({ workbench }) => {
    const { input, statusBar } = workbench;
    await workbench.runCommand('Fixture: Ask Name');
    await input.waitFor('Your first name');
    await input.type('a/b');
    await input.waitFor('No slashes, please.');
    await input.type('Robin');
    await input.accept();
    expect((await input.waitFor('Your last name')).value).toBe('Doe');
    await input.accept();
    await statusBar.find('asked Robin Doe');
    expect(await statusBar.find('mayday-test.fixture.fixture.count')).toMatchObject({ background: 'normal' });
  });

  test('trees', async ({ workbench }) => {
    await workbench.openView('Garden');
    const plants = workbench.tree('Plants');
    await plants.expand('Herbs');
    expect(await plants.text()).toBe('Herbs  2 plants\n  Basil  a plant\n  Mint  a plant\nRows  60 plants');
    expect(await plants.find(['Herbs', 'Mint'])).toMatchObject({
      level: 2,
      checked: false,
      selected: false,
      icon: 'heart',
    });
    await plants.toggle('Mint');
    await workbench.statusBar.find('checked Mint');
    await plants.inlineAction('Basil', 'Water Plant');
    await workbench.statusBar.find('watered Basil');
    await plants.contextMenu(['Herbs', 'Basil'], 'Prune Plant');
    await workbench.statusBar.find('pruned Basil');
    await plants.expand('Rows');
    expect(await plants.rows()).toHaveLength(64);
    await plants.inlineAction(['Rows', 'Row 57'], 'Water Plant');
    await workbench.statusBar.find('watered Row 57');
    await plants.collapse('Rows');
    await plants.waitForGone('Row 57');
    expect(await workbench.tree('Tools').welcome()).toContain('There are no tools yet.');
  });

  test('notifications and dialogs', async ({ workbench }) => {
    const { notifications, dialogs, statusBar } = workbench;
    await workbench.openView('Garden');
    await workbench.tree('Tools').clickWelcome('Notify');
    expect(await notifications.find('dry')).toEqual({
      severity: 'info',
      message: 'The garden is dry.',
      buttons: ['Water Now', 'Later'],
    });
    await notifications.click('The garden is dry.', 'Water Now');
    await statusBar.find('answered Water Now');
    await workbench.tree('Plants').titleAction('Notify');
    await notifications.find('dry');
    await notifications.clear();
    await statusBar.find('answered undefined');

    await workbench.runCommand('Fixture: Confirm');
    expect(await dialogs.read()).toEqual({
      message: 'Remove all plants?',
      detail: 'It cannot be undone.',
      buttons: expect.arrayContaining(['Remove', 'Cancel']) as string[],
    });
    await dialogs.click('Remove');
    await statusBar.find('confirmed Remove');
  });

  test('editors', async ({ workbench }) => {
    const { editors } = workbench;
    await workbench.runCommand('Fixture: Open Document');
    await editors.waitForActive('line 1');
    expect((await editors.text()).split('\n')).toHaveLength(120);
    await editors.goToLine(120);
    await editors.waitForText('line 120');
    await editors.replaceText('# Title\n\nwords\n');
    expect(await editors.text()).toBe('# Title\n\nwords\n');
    expect(await editors.tabs()).toEqual([{ label: '# Title', active: true, dirty: true }]);

    await workbench.runCommand('Fixture: Show Diff');
    await editors.waitForActive('a (diff)');
    expect(await editors.diff()).toMatchObject({ original: '/a.txt is old\n', modified: '/a.txt is new\n' });
    await workbench.runCommand('Fixture: Show Changes');
    await editors.waitForActive('Commit 1234');
    expect(await editors.multiDiff()).toEqual([
      { path: '/a.txt', original: '/a.txt is old\n', modified: '/a.txt is new\n' },
      { path: '/b.txt', original: '/b.txt is old\n', modified: '/b.txt is new\n' },
    ]);
    await editors.closeAll();
    expect(await editors.tabs()).toEqual([]);
  });

  test('clipboard, pictures and reload', async ({ workbench, workspace }) => {
    await workbench.setClipboard('kept');
    await workbench.reload();
    expect(await workbench.clipboard()).toBe('kept');
    await workbench.screenshot(join(workspace.folder, 'pictures/one.png'));
    expect(await workbench.palette.commands('no such command')).toEqual([]);
  });
});
