import { open, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalFixture } from '../support/builders/journal.ts';
import { declaration, declareIn, journalFixture, notes, noteTexts, stateOnDisk } from '../support/builders/journal.ts';
import { makeRepository } from '../support/builders/git.ts';
import type { Tmpfs } from '../support/builders/tmpfs.ts';
import { canMount, mountTmpfs } from '../support/builders/tmpfs.ts';

let fixture: JournalFixture;
let disk: Tmpfs;
let repository: string;

beforeEach(async () => {
  fixture = await journalFixture();
  if (!canMount) return;
  disk = await mountTmpfs(join(fixture.base, 'small'), 2 * 1024 * 1024);
  repository = join(disk.path, 'repository');
  await makeRepository(repository);
});
afterEach(async () => {
  await fixture.close();
  if (canMount) await disk.unmount();
  await fixture.remove();
});

/** Fills the disk but for `spare` bytes. */
async function fill(spare = 0): Promise<void> {
  const handle = await open(join(disk.path, 'filler'), 'a');
  const piece = Buffer.alloc(4096);
  for (;;) {
    const { bavail, bsize } = await statfs(disk.path);
    if (bavail * bsize <= spare) break;
    await handle.write(piece);
  }
  await handle.close();
}

const free = (): Promise<void> => rm(join(disk.path, 'filler'));

describe.skipIf(!canMount)('a full disk', () => {
  it('is told with the file, keeps the events, and the next record writes them, once', async () => {
    const store = await fixture.window({ folders: () => [repository] });
    const incident = await declareIn(store);
    await incident.record(notes('before'));
    await fill();
    const failed = incident.record(notes('kept', 'x'.repeat(6000)));
    await expect(failed).rejects.toMatchObject({
      reason: 'storage',
      message: expect.stringMatching(
        /^The disk is full: .*log.* could not be written. The 2 events are kept in memory.$/s,
      ) as string,
      hint: expect.stringContaining('another place') as string,
    });
    expect(incident.pending).toHaveLength(2);
    expect(noteTexts(incident.state)).not.toContain('x'.repeat(6000));
    await expect(incident.retry()).rejects.toMatchObject({ reason: 'storage' });
    await expect(incident.record(notes('kept too'))).rejects.toMatchObject({ reason: 'storage' });
    expect(incident.pending).toHaveLength(3);
    await free();
    await incident.record(notes('after'));
    const expected = ['before', 'kept', 'x'.repeat(6000), 'kept too', 'after'];
    expect(noteTexts(incident.state)).toEqual(expected);
    expect(incident.pending).toEqual([]);
    expect(await stateOnDisk(incident.directory)).toEqual(incident.state);
  });

  it('does not glue anything to a line of which only a part found room', async () => {
    const store = await fixture.window({ folders: () => [repository] });
    const incident = await declareIn(store);
    await incident.record(notes('before'));
    await fill(8192);
    await expect(incident.record(notes('short', 'y'.repeat(60_000)))).rejects.toMatchObject({ reason: 'storage' });
    await free();
    await incident.retry();
    expect(noteTexts(incident.state)).toEqual(['before', 'short', 'y'.repeat(60_000)]);
    await store.dispose();
    const read = await (await fixture.window({ folders: () => [repository] })).open(incident.id);
    expect(noteTexts(read.state)).toEqual(noteTexts(incident.state));
    expect(read.state.problems).toEqual([]);
    expect(read.problems.filter(({ kind }) => kind !== 'torn')).toEqual([]);
    const opened = read.state.entries.flatMap(({ event }) => (event.type === 'writer.opened' ? [event.data] : []));
    expect(opened.at(-1)?.continues).toMatch(/^[0-9A-Z]{26}$/);
  });

  it('lets the incident go on in the storage, and both places are read from then on', async () => {
    const store = await fixture.window({ folders: () => [repository] });
    const incident = await declareIn(store);
    await incident.record(notes('before'));
    await fill();
    await expect(incident.record(notes('kept', 'x'.repeat(6000)))).rejects.toMatchObject({ reason: 'storage' });
    const [place] = await store.places();
    await incident.relocate(store.storagePlace(place!).root);
    await incident.record(notes('after'));
    expect(incident.directory).toContain(fixture.globalStorage);
    await store.dispose();
    const read = await (await fixture.window({ folders: () => [repository] })).open(incident.id);
    expect(noteTexts(read.state)).toEqual(['before', 'kept', 'x'.repeat(6000), 'after']);
    await free();
    // With room again the other place can be gone back to; no third folder is made.
    await read.relocate(join(repository, '.git', 'mayday'));
    expect(read.directory).toBe(join(repository, '.git', 'mayday', 'incidents', '2026-11-23-checkout-down'));
    expect(noteTexts(await read.record(notes('back'))).at(-1)).toBe('back');
  });

  it('is told when an incident is declared, and leaves no half of one', async () => {
    const store = await fixture.window({ folders: () => [repository] });
    await declareIn(store, '2026-11-23-first');
    await fill();
    const [place] = await store.places();
    const declaring = store.create(place!, '2026-11-23-second', declaration('z'.repeat(9000)));
    await expect(declaring).rejects.toMatchObject({
      reason: 'storage',
      message: expect.stringContaining('full') as string,
    });
    expect(await readdir(join(repository, '.git', 'mayday', 'incidents'))).toEqual(['2026-11-23-first']);
    const elsewhere = await store.create(store.storagePlace(place!), '2026-11-23-second', declaration());
    expect(elsewhere.directory).toContain(fixture.globalStorage);
  });

  it('is told for evidence, and leaves nothing half-written', async () => {
    const incident = await declareIn(await fixture.window({ folders: () => [repository] }));
    await incident.keepEvidence('first.txt', 'small');
    await fill();
    await expect(incident.keepEvidence('second.txt', 'e'.repeat(20_000))).rejects.toMatchObject({ reason: 'storage' });
    await free();
    expect(await readdir(join(incident.directory, 'evidence'))).toHaveLength(1);
    const ref = await incident.keepEvidence('second.txt', 'e'.repeat(20_000));
    expect(await incident.readEvidence(ref)).toHaveLength(20_000);
  });
});

describe.skipIf(!canMount)('a file system that became read-only', () => {
  it('is a place that is not offered, and an open incident can go on elsewhere', async () => {
    const store = await fixture.window({ folders: () => [repository] });
    const incident = await declareIn(store);
    await disk.remount('ro');
    await expect(incident.record(notes('kept'))).rejects.toMatchObject({
      reason: 'storage',
      message: expect.stringContaining('read-only') as string,
    });
    const [place] = await store.places();
    expect(place?.fallbackReason).toMatch(/EROFS|read-only/);
    const other = await store.create(place!, '2026-11-23-other', declaration());
    expect(other.directory).toContain(fixture.globalStorage);
    await incident.relocate(place!.root);
    expect(noteTexts(incident.state)).toEqual(['kept']);
    await disk.remount('rw');
    await store.dispose();
    const later = await fixture.window({ folders: () => [repository] });
    expect(later.list()).toHaveLength(2);
    expect(noteTexts((await later.open(incident.id)).state)).toEqual(['kept']);
  });
});

describe('a folder in which nothing can be made', () => {
  it('is told with the path, and the incident can be declared in another place', async () => {
    const store = await fixture.window();
    const [place] = await store.places();
    await rm(fixture.globalStorage, { recursive: true });
    await writeFile(fixture.globalStorage, 'in the way');
    await expect(store.create(place!, '2026-11-23-x', declaration())).rejects.toMatchObject({
      reason: 'storage',
      message: expect.stringContaining(place!.root) as string,
    });
    await rm(fixture.globalStorage);
    expect((await store.create(place!, '2026-11-23-x', declaration())).state.title).toBe('Checkout down');
  });
});
