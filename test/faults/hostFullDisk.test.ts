import { open, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../e2e/pages/eventually.ts';
import type { Workbench } from '../e2e/pages/workbench.ts';
import { makeRepository } from '../support/builders/git.ts';
import { noteTexts, stateOnDisk } from '../support/builders/journal.ts';
import { canMount, mountTmpfs } from '../support/builders/tmpfs.ts';
import { createCleanup } from '../support/cleanup.ts';
import { createTemporaryFolder } from '../support/temporaryFolder.ts';
import { openHost } from './openHost.ts';

describe.skipIf(!canMount)('a disk that fills up under an open window', () => {
  it('is told, and what was typed is recorded once there is room, or elsewhere', { timeout: 240_000 }, async () => {
    const { window, repository, fill, free, storage } = await openOnSmallDisk();
    const tree = window.tree('Incidents');

    await fill();
    await typeDeclaration(window, 'Orders fail');
    await window.notifications.find(/^The incident is not on record yet\. The disk is full: .* could not be written/);
    await free();
    await window.notifications.click('The incident is not on record yet.', 'Try Again');
    await tree.find(/^SEV2 Orders fail/);
    const directory = await onlyFolderIn(join(repository, '.git/mayday/incidents'));
    expect(await stateOnDisk(directory)).toMatchObject({ title: 'Orders fail', impact: 'a third of the customers' });

    const [first, second] = ['one '.repeat(2000).trim(), 'two '.repeat(2000).trim()];
    await fill();
    await addNote(window, first);
    await window.notifications.find(/^The disk is full: .* could not be written\. The event is kept in memory/);
    await free();
    await window.notifications.click('The disk is full', 'Try Again or Go On Elsewhere…');
    await window.input.choose(/Try Again/);
    await eventually('the note on the disk', async () =>
      noteTexts(await stateOnDisk(directory)).includes(first) ? true : undefined,
    );

    await fill();
    await addNote(window, second);
    await window.notifications.click('The disk is full', 'Try Again or Go On Elsewhere…');
    await window.input.choose(/Go On Elsewhere/);
    const elsewhere = await eventually('the incident in the storage', async () => {
      const [root] = await readdir(join(storage, 'mayday')).catch(() => []);
      return root === undefined ? undefined : await onlyFolderIn(join(storage, 'mayday', root, 'incidents'));
    });
    await eventually('the note in the storage', async () =>
      noteTexts(await stateOnDisk(elsewhere)).includes(second) ? true : undefined,
    );
    await addNote(window, 'Goes on');
    await tree.expand([/^SEV2 Orders fail/, 'Timeline']);
    await tree.find(/Goes on/);
    await window.reload();
    await window.openView('Incidents');
    await tree.expand([/^SEV2 Orders fail/, 'Timeline']);
    for (const text of [/one one/, /two two/, /Goes on/]) await tree.find([/^SEV2 Orders fail/, 'Timeline', text]);
  });
});

async function openOnSmallDisk() {
  const cleanup = createCleanup();
  onTestFinished(() => cleanup.run());
  const temporary = await createTemporaryFolder('mayday-disk-');
  await cleanup.add(temporary.remove);
  const disk = await mountTmpfs(join(temporary.path, 'small'), 2 * 1024 * 1024);
  await cleanup.add(() => disk.unmount());
  const repository = join(disk.path, 'repository');
  await makeRepository(repository);
  const { window, server } = await openHost(cleanup, repository);
  const filler = join(disk.path, 'filler');
  return {
    window,
    repository,
    storage: join(server.dataFolder, 'data/User/globalStorage/mayday.mayday'),
    fill: async () => {
      const handle = await open(filler, 'a');
      for (;;) {
        const { bavail } = await statfs(disk.path);
        if (bavail === 0) break;
        await handle.write(Buffer.alloc(4096));
      }
      await handle.close();
    },
    free: () => rm(filler),
  };
}

async function typeDeclaration({ runCommand, input }: Workbench, title: string): Promise<void> {
  await runCommand('Incident: Declare Incident');
  await input.waitFor('What is wrong, in a few words?');
  await input.type(title);
  await input.accept();
  await input.waitFor('How bad is it?');
  await input.choose('SEV2');
  await input.waitFor('Who or what is affected');
  await input.type('a third of the customers');
  await input.accept();
}

async function addNote({ runCommand, input }: Workbench, text: string): Promise<void> {
  await runCommand('Incident: Add Note…');
  await input.waitFor('What happened?');
  await input.type(text);
  await input.accept();
}

async function onlyFolderIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  expect(names).toHaveLength(1);
  return join(folder, names[0] ?? '');
}
