import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalHandle } from '../../src/journal/journalHandle.ts';
import type { JournalStore } from '../../src/journal/journalStore.ts';
import type { JournalFixture } from '../support/builders/journal.ts';
import { declareIn, journalFixture, notes, noteTexts, stateOnDisk, until } from '../support/builders/journal.ts';

let fixture: JournalFixture;
let store: JournalStore;
let incident: JournalHandle;

beforeEach(async () => {
  fixture = await journalFixture();
  store = await fixture.window();
  incident = await declareIn(store);
  await incident.record(notes('one', 'two'));
});
afterEach(() => fixture.remove());

async function contentsOf(directory: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(directory, 'log');
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

describe('a folder deleted while its incident is open', () => {
  it('fails the record, keeps everything, and writes every byte back when asked', async () => {
    const other = await (await fixture.window()).open(incident.id);
    await other.record(notes('from another window'));
    await until('it is read', () => noteTexts(incident.state).length === 3);
    const before = await contentsOf(incident.directory);
    await rm(incident.directory, { recursive: true });
    await expect(incident.record(notes('kept'))).rejects.toMatchObject({
      reason: 'storage',
      message: expect.stringContaining('deleted or moved') as string,
      hint: expect.stringContaining('Restore') as string,
    });
    expect(incident.problems).toMatchObject([{ kind: 'altered', file: incident.directory }]);
    expect(noteTexts(incident.state)).toEqual(['one', 'two', 'from another window']);
    expect(store.list()).toMatchObject([{ id: incident.id, directory: incident.directory }]);
    await incident.restore();
    const restored = await contentsOf(incident.directory);
    for (const [name, content] of before) expect(restored.get(name)?.startsWith(content)).toBe(true);
    expect(noteTexts(await stateOnDisk(incident.directory))).toEqual(['one', 'two', 'from another window', 'kept']);
    expect(incident.problems).toEqual([]);
    await other.refresh();
    expect(noteTexts(await other.record(notes('and on'))).at(-1)).toBe('and on');
    await store.dispose();
    const read = await (await fixture.window()).open(incident.id);
    expect(noteTexts(read.state)).toEqual(['one', 'two', 'from another window', 'kept', 'and on']);
    expect(read.problems).toEqual([]);
  });

  it('is restored by two windows at once without a loss', async () => {
    const other = await (await fixture.window()).open(incident.id);
    await other.record(notes('theirs'));
    await until('it is read', () => noteTexts(incident.state).length === 3);
    await rm(incident.directory, { recursive: true });
    await Promise.allSettled([incident.record(notes('mine kept')), other.record(notes('theirs kept'))]);
    await Promise.all([incident.restore(), other.restore()]);
    await Promise.all([incident.record(notes('mine on')), other.record(notes('theirs on'))]);
    const all = ['mine kept', 'mine on', 'one', 'theirs', 'theirs kept', 'theirs on', 'two'];
    for (const handle of [incident, other]) {
      await until('all is read', () => noteTexts(handle.state).length === all.length);
      expect(noteTexts(handle.state).toSorted()).toEqual(all);
    }
    const states = await Promise.all([...new Set([incident.directory, other.directory])].map(stateOnDisk));
    expect([...new Set(states.flatMap(noteTexts))].toSorted()).toEqual(all);
    await store.dispose();
    expect(noteTexts((await (await fixture.window()).open(incident.id)).state).toSorted()).toEqual(all);
  });

  it('is restored beside an incident that has taken its name', async () => {
    const { directory } = incident;
    await rm(directory, { recursive: true });
    const usurper = await declareIn(await fixture.window());
    expect(usurper.directory).toBe(directory);
    await expect(incident.record(notes('kept'))).rejects.toMatchObject({ reason: 'storage' });
    await incident.restore();
    expect(incident.directory).toBe(`${directory}-2`);
    expect(noteTexts(await stateOnDisk(incident.directory))).toEqual(['one', 'two', 'kept']);
    expect(noteTexts(await stateOnDisk(directory))).toEqual([]);
    expect(noteTexts(incident.state)).toEqual(['one', 'two', 'kept']);
  });

  it('can go on in another place, with everything', async () => {
    const folders = [fixture.folder, join(fixture.base, 'other')];
    const window = await fixture.window({ folders: () => folders });
    const [, other] = await window.places();
    const open = await window.open(incident.id);
    await rm(incident.directory, { recursive: true });
    await expect(open.relocate(fixture.base)).rejects.toMatchObject({ reason: 'invalidArgument' });
    await open.relocate(other!.root);
    expect(open.directory).toBe(join(other!.root, 'incidents', '2026-11-23-checkout-down'));
    expect(noteTexts(await stateOnDisk(open.directory))).toEqual(['one', 'two']);
  });

  it('is told for evidence too', async () => {
    await rm(incident.directory, { recursive: true });
    await expect(incident.keepEvidence('a.txt', 'a')).rejects.toMatchObject({ reason: 'storage' });
    await incident.restore();
    expect(await incident.readEvidence(await incident.keepEvidence('a.txt', 'a'))).toHaveLength(1);
  });
});

describe('a folder moved while its incident is open', () => {
  it('is followed by the next record, with a new log that continues the old one', async () => {
    const moved = join(dirname(incident.directory), '2026-11-23-renamed');
    await rename(incident.directory, moved);
    await incident.record(notes('three'));
    expect(incident.directory).toBe(moved);
    expect(noteTexts(await stateOnDisk(moved))).toEqual(['one', 'two', 'three']);
    expect(incident.problems).toEqual([]);
    expect(store.list()).toMatchObject([{ id: incident.id, directory: moved }]);
    await store.dispose();
    const later = await fixture.window();
    expect(later.list()).toHaveLength(1);
    expect((await later.open(incident.id)).problems).toEqual([]);
  });

  it('is followed without a record, and its evidence is found there', async () => {
    const ref = await incident.keepEvidence('a.txt', 'content');
    const moved = join(dirname(incident.directory), '2026-11-23-renamed');
    await rename(incident.directory, moved);
    await until('the window follows', () => incident.directory === moved);
    expect(Buffer.from(await incident.readEvidence(ref)).toString()).toBe('content');
    await incident.keepEvidence('b.txt', 'more');
    expect(await readdir(join(moved, 'evidence'))).toHaveLength(2);
  });
});

describe('a log deleted or changed while its incident is open', () => {
  const logIn = async (): Promise<string> => {
    const [name = ''] = await readdir(join(incident.directory, 'log'));
    return join(incident.directory, 'log', name);
  };

  it('is told, and the next record writes what this window had written again', async () => {
    await rm(await logIn());
    await incident.refresh();
    expect(incident.problems).toMatchObject([{ kind: 'altered' }]);
    expect(noteTexts(incident.state)).toEqual(['one', 'two']);
    await incident.record(notes('three'));
    expect(noteTexts(await stateOnDisk(incident.directory))).toEqual(['one', 'two', 'three']);
  });

  it('is told with the line from which it was cut, and nothing is appended to it', async () => {
    const path = await logIn();
    const content = await readFile(path, 'utf8');
    const cut = content.slice(0, -60);
    await writeFile(path, cut);
    await incident.refresh();
    await incident.record(notes('three'));
    expect(await readFile(path, 'utf8')).toBe(cut);
    expect(incident.problems).toMatchObject([{ kind: 'altered', file: path, line: 4 }]);
    expect(noteTexts(await stateOnDisk(incident.directory))).toEqual(['one', 'two', 'three']);
  });

  it('loses nothing when a record comes before anybody noticed', async () => {
    const path = await logIn();
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, -60));
    await incident.record(notes('three'));
    expect(noteTexts(await stateOnDisk(incident.directory))).toEqual(['one', 'two', 'three']);
    expect(incident.problems.map(({ kind }) => kind)).toContain('altered');
  });

  it('is told when other lines were written in its place, and both are shown', async () => {
    const path = await logIn();
    const content = await readFile(path, 'utf8');
    await writeFile(path, content.replace('"text":"one"', '"text":"eno"'));
    await incident.refresh();
    expect(incident.problems.map(({ kind }) => kind)).toContain('altered');
    expect(incident.state.problems).toMatchObject([{ kind: 'conflictingContents' }]);
  });

  it('is nothing to speak of when the same bytes are written in its place', async () => {
    const path = await logIn();
    const content = await readFile(path);
    await writeFile(`${path}.copy`, content);
    await rename(`${path}.copy`, path);
    await incident.record(notes('three'));
    expect(noteTexts(incident.state)).toEqual(['one', 'two', 'three']);
    expect(await stateOnDisk(incident.directory)).toEqual(incident.state);
    expect(incident.problems).toEqual([]);
  });

  it('goes on in the folder when the whole log folder was emptied', async () => {
    await rm(join(incident.directory, 'log'), { recursive: true });
    await mkdir(join(incident.directory, 'log'));
    await incident.record(notes('three'));
    expect(noteTexts(await stateOnDisk(incident.directory))).toEqual(['one', 'two', 'three']);
  });
});
