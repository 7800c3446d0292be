import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toIncidentId } from '../../../src/incident/ids.ts';
import { watchForRecords } from '../../../src/journal/watchForRecords.ts';
import { git, makeRepository } from '../../support/builders/git.ts';
import type { JournalFixture } from '../../support/builders/journal.ts';
import {
  close,
  declaration,
  declareIn,
  journalFixture,
  notes,
  noteTexts,
  until,
} from '../../support/builders/journal.ts';

let fixture: JournalFixture;

beforeEach(async () => {
  fixture = await journalFixture();
});
afterEach(() => fixture.remove());

const repositoryFixture = async (name: string): Promise<string> => {
  const folder = join(fixture.base, name);
  await makeRepository(folder);
  return folder;
};

describe('create', () => {
  it('makes a folder of the name in the git common directory', async () => {
    const folder = await repositoryFixture('repository');
    const incident = await declareIn(await fixture.window({ folders: () => [folder] }));
    expect(incident.directory).toBe(join(folder, '.git', 'mayday', 'incidents', '2026-11-23-checkout-down'));
    expect(await git(folder, 'status', '--porcelain', '--ignored')).toBe('');
  });

  it('numbers a name that is taken, in any place of the window and whatever its capitals', async () => {
    const [one, two] = [await repositoryFixture('one'), await repositoryFixture('two')];
    const store = await fixture.window({ folders: () => [one, two] });
    const [first, second] = await store.places();
    await store.create(first!, '2026-11-23-checkout-down', declaration());
    const other = await store.create(second!, '2026-11-23-Checkout-Down', declaration());
    const third = await store.create(first!, '2026-11-23-checkout-down', declaration());
    expect(other.state.name).toBe('2026-11-23-Checkout-Down-2');
    expect(third.state.name).toBe('2026-11-23-checkout-down-3');
    expect(store.list()).toHaveLength(3);
  });

  it('gives two windows that declare at once two incidents', async () => {
    const windows = await Promise.all([fixture.window(), fixture.window(), fixture.window()]);
    const incidents = await Promise.all(windows.map((store) => declareIn(store)));
    expect(new Set(incidents.map(({ directory }) => directory)).size).toBe(3);
    expect(new Set(incidents.map(({ id }) => id)).size).toBe(3);
  });

  it('leaves nothing behind when the declaration is refused or is none', async () => {
    const store = await fixture.window();
    const [place] = await store.places();
    await expect(store.create(place!, '2026-11-23-x', () => notes('no'))).rejects.toMatchObject({
      reason: 'invalidArgument',
    });
    expect(await readdir(fixture.globalStorage)).toEqual(['active']);
  });

  it.each(['', '.', '..', '../x', 'a/b', 'a\\b', '-rf', 'nul\u0000', 'x'.repeat(121), 'dot.'])(
    'refuses the name %j',
    async (name) => {
      const store = await fixture.window();
      await expect(declareIn(store, name)).rejects.toMatchObject({ reason: 'invalidArgument' });
    },
  );

  it('gives up a git directory in which nothing can be made, and says so from then on', async () => {
    const folder = await repositoryFixture('repository');
    const store = await fixture.window({ folders: () => [folder] });
    const [place] = await store.places();
    await writeFile(join(folder, '.git', 'mayday'), 'in the way');
    const incident = await store.create(place!, '2026-11-23-x', declaration());
    expect(incident.directory).toContain(fixture.globalStorage);
    const [after] = await store.places();
    expect(after?.fallbackReason).toContain(join(folder, '.git', 'mayday'));
    await incident.record(notes('works'));
    expect(store.list()).toMatchObject([{ id: incident.id, directory: incident.directory }]);
  });
});

describe('list and open', () => {
  it('lists an incident with what a list needs, and follows it to its end', async () => {
    const store = await fixture.window();
    const incident = await declareIn(store);
    const summary = { id: incident.id, name: '2026-11-23-checkout-down', title: 'Checkout down', severity: 'SEV2' };
    expect(store.list()).toMatchObject([{ ...summary, open: true, openActions: 0, status: 'investigating' }]);
    await incident.record((_state, moment) => [
      { type: 'action.added', data: { action: moment.newId(), title: 'Alert on it', dueOn: '2026-12-07' } },
    ]);
    await incident.record(close);
    expect(store.list()).toMatchObject([{ ...summary, open: false, openActions: 1, status: 'closed' }]);
  });

  it('lists the newest first, the same after a restart, with and without the cache', async () => {
    const store = await fixture.window();
    for (const day of ['20', '22', '21']) {
      fixture.clock.set(`2026-11-${day}T06:00:00.000Z`);
      await declareIn(store, `2026-11-${day}-x`);
    }
    const listed = store.list();
    expect(listed.map(({ name }) => name)).toEqual(['2026-11-22-x', '2026-11-21-x', '2026-11-20-x']);
    await store.dispose();
    expect((await fixture.window()).list()).toEqual(listed);
    await rm(join(fixture.globalStorage, 'summaries'), { recursive: true });
    expect((await fixture.window()).list()).toEqual(listed);
  });

  it('says what it does not know', async () => {
    const store = await fixture.window();
    const unknown = toIncidentId('01KAR1YQ000000000000000001')!;
    await expect(store.open(unknown)).rejects.toMatchObject({ reason: 'notFound' });
  });

  it('opens an incident once for all who ask', async () => {
    const incident = await declareIn(await fixture.window());
    const store = await fixture.window();
    const [a, b] = await Promise.all([store.open(incident.id), store.open(incident.id)]);
    expect(a).toBe(b);
    expect(await store.open(incident.id)).toBe(a);
  });

  it('reads both folders of an incident as one', async () => {
    const folder = await repositoryFixture('repository');
    const store = await fixture.window({ folders: () => [folder] });
    const incident = await declareIn(store);
    await incident.record(notes('in the clone'));
    const [place] = await store.places();
    await incident.relocate(store.storagePlace(place!).root);
    await incident.record(notes('in the storage'));
    expect(incident.directory).toContain(fixture.globalStorage);
    await store.dispose();
    const later = await fixture.window({ folders: () => [folder] });
    expect(later.list()).toHaveLength(1);
    const read = await later.open(incident.id);
    expect(noteTexts(read.state)).toEqual(['in the clone', 'in the storage']);
    expect(read.problems).toEqual([]);
  });

  it('shares one record between the worktrees of a clone', async () => {
    const folder = await repositoryFixture('repository');
    const worktree = join(fixture.base, 'worktree');
    await git(folder, 'worktree', 'add', '--quiet', '--detach', worktree);
    const incident = await declareIn(await fixture.window({ folders: () => [folder] }));
    const other = await fixture.window({ folders: () => [worktree] });
    await (await other.open(incident.id)).record(notes('from the worktree'));
    await until('the note is seen', () => noteTexts(incident.state).includes('from the worktree'));
  });

  it('lists nothing of a folder that is still empty, and of one whose first line is damaged all the rest', async () => {
    const store = await fixture.window();
    const incident = await declareIn(store);
    await incident.record(notes('kept'));
    await store.dispose();
    const [file = ''] = await readdir(join(incident.directory, 'log'));
    const path = join(incident.directory, 'log', file);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"v":1', '"v":?'));
    await mkdir(join(incident.directory, '..', '2026-11-23-empty', 'log'), { recursive: true });
    const later = await fixture.window();
    expect(later.list()).toMatchObject([{ title: 'Checkout down' }]);
    const read = await later.open(later.list()[0]!.id);
    expect(noteTexts(read.state)).toEqual(['kept']);
    expect(read.problems.map(({ kind }) => kind)).toContain('damaged');
    await read.record(notes('goes on'));
    expect(noteTexts(read.state)).toEqual(['kept', 'goes on']);
  });
});

describe('onDidChange', () => {
  it('tells once of every record of this window', async () => {
    const store = await fixture.window();
    const told: string[] = [];
    const incident = await declareIn(store);
    const listening = store.onDidChange((id) => told.push(id));
    await incident.record(notes('a', 'b', 'c'));
    expect(told).toEqual([incident.id]);
    listening.dispose();
    await incident.record(notes('d'));
    expect(told).toHaveLength(1);
  });

  it('tells of what another window declares, records and closes', async () => {
    const [mine, theirs] = [await fixture.window(), await fixture.window()];
    const told: string[] = [];
    mine.onDidChange((id) => told.push(id));
    const incident = await declareIn(theirs);
    await until('the incident is listed', () => mine.list().length === 1);
    expect(told).toContain(incident.id);
    const read = await mine.open(incident.id);
    told.length = 0;
    await incident.record(notes('hello'));
    await until('the note is read', () => noteTexts(read.state).includes('hello'));
    expect(told).toEqual([incident.id]);
    await incident.record(close);
    await until('it is closed here too', () => mine.list()[0]?.open === false);
  });

  it('does not let a listener that throws keep the others from hearing', async () => {
    const store = await fixture.window();
    const told: string[] = [];
    store.onDidChange(() => {
      throw new Error('broken listener');
    });
    store.onDidChange((id) => told.push(id));
    const incident = await declareIn(store);
    expect(told).toEqual([incident.id]);
    expect(fixture.logged.join()).toContain('a listener failed');
  });
});

describe('the summary cache', () => {
  it('is used as long as the logs are as they were, and ignored when it is broken', async () => {
    const store = await fixture.window();
    const incident = await declareIn(store);
    await store.dispose();
    const [file = ''] = await readdir(join(fixture.globalStorage, 'summaries'));
    const path = join(fixture.globalStorage, 'summaries', file);
    const cache = await readFile(path, 'utf8');
    await writeFile(path, cache.replace('"Checkout down"', '"From the cache"'));
    const cached = await fixture.window();
    expect(cached.list()[0]?.title).toBe('From the cache');
    const reopened = await cached.open(incident.id);
    expect(cached.list()[0]?.title).toBe('Checkout down');
    await reopened.record(notes('grows'));
    await cached.dispose();
    for (const broken of ['{', '[]', 'null', '{"version":1,"folders":{"a":7}}', cache.replace('"SEV2"', '"SEV9"')]) {
      await writeFile(path, broken);
      expect((await fixture.window()).list()).toMatchObject([{ title: 'Checkout down', severity: 'SEV2' }]);
    }
    expect(fixture.logged.join()).toContain('summary cache ignored');
  });

  it('is not written while the workspace is not trusted', async () => {
    const store = await fixture.window();
    await declareIn(store);
    await store.dispose();
    await rm(join(fixture.globalStorage, 'summaries'), { recursive: true });
    const before = await readdir(fixture.base, { recursive: true });
    const restricted = await fixture.window({ isWritable: () => false });
    expect(restricted.list()).toHaveLength(1);
    await restricted.open(restricted.list()[0]!.id);
    await restricted.dispose();
    expect(await readdir(fixture.base, { recursive: true })).toEqual(before);
  });
});

describe('incidents elsewhere', () => {
  it('are listed with the path of their repository, can be opened and written, and vanish when they end', async () => {
    const [here, there] = [await repositoryFixture('here'), await repositoryFixture('there')];
    const theirs = await fixture.window({ folders: () => [there] });
    const mine = await fixture.window({ folders: () => [here] });
    const incident = await declareIn(theirs);
    await until('it is listed here', () => mine.list().length === 1);
    expect(mine.list()).toMatchObject([{ id: incident.id, elsewhere: there, directory: incident.directory }]);
    const opened = await mine.open(incident.id);
    await opened.record(notes('from another repository'));
    await until('the note arrives', () => noteTexts(incident.state).includes('from another repository'));
    expect(mine.list()[0]?.elsewhere).toBe(there);
    mine.release(incident.id);
    await incident.record(close);
    await until('it is listed no more', () => mine.list().length === 0);
    expect(await readdir(join(fixture.globalStorage, 'active'))).toEqual([]);
  });

  it('are told by an index without a word of what they are about', async () => {
    const store = await fixture.window();
    const incident = await declareIn(store);
    await store.dispose();
    const entry = JSON.parse(
      await readFile(join(fixture.globalStorage, 'active', `${incident.id}.json`), 'utf8'),
    ) as object;
    expect(entry).toEqual({
      id: incident.id,
      directory: incident.directory,
      root: join(incident.directory, '..', '..'),
      folder: fixture.folder,
    });
  });

  it('are forgotten when their folder is gone, and when an entry is no entry', async () => {
    const there = await repositoryFixture('there');
    const store = await fixture.window({ folders: () => [there] });
    const incident = await declareIn(store);
    await store.dispose();
    await writeFile(join(fixture.globalStorage, 'active', 'nonsense.json'), '{');
    expect((await fixture.window()).list()).toHaveLength(1);
    await rm(incident.directory, { recursive: true });
    expect((await fixture.window()).list()).toEqual([]);
    expect(await readdir(join(fixture.globalStorage, 'active'))).toEqual(['nonsense.json']);
  });
});

describe('claim', () => {
  it('is given once on the machine, over windows and reloads', async () => {
    const [one, two] = [await fixture.window(), await fixture.window()];
    const claims = await Promise.all([one.claim('respond-80'), two.claim('respond-80'), one.claim('respond-80')]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await two.claim('respond-100')).toBe(true);
    expect(await (await fixture.window()).claim('respond-80')).toBe(false);
  });

  it('is kept for thirty days', async () => {
    await (await fixture.window()).claim('old');
    const folder = join(fixture.globalStorage, 'claims');
    const [file = ''] = await readdir(folder);
    const longAgo = new Date(Date.now() - 31 * 24 * 3600 * 1000);
    await utimes(join(folder, file), longAgo, longAgo);
    await (await fixture.window()).claim('new');
    expect(await readdir(folder)).toHaveLength(1);
    expect((await stat(join(folder, file)).catch(() => undefined))?.isFile()).toBeUndefined();
  });

  it('is decided by this window alone when the disk refuses', async () => {
    const store = await fixture.window();
    await writeFile(join(fixture.globalStorage, 'claims'), 'in the way');
    expect([await store.claim('a'), await store.claim('a')]).toEqual([true, false]);
  });
});

describe('watchForRecords', () => {
  async function isFoundAtOnce(folders: readonly string[]): Promise<boolean> {
    let found = 0;
    const end = await watchForRecords(folders, fixture.globalStorage, () => found++);
    end();
    return found > 0;
  }

  it('finds nothing until something is on record for the folders or active on the machine', async () => {
    const folder = await repositoryFixture('repository');
    expect(await isFoundAtOnce([folder])).toBe(false);
    const store = await fixture.window({ folders: () => [folder] });
    expect(await isFoundAtOnce([folder])).toBe(false);
    const incident = await declareIn(store);
    await store.dispose();
    expect(await isFoundAtOnce([folder])).toBe(true);
    expect(await isFoundAtOnce([])).toBe(true);
    await (await (await fixture.window({ folders: () => [folder] })).open(incident.id)).record(close);
    await until('it is taken out of the index', async () => !(await isFoundAtOnce([])));
    expect(await isFoundAtOnce([folder])).toBe(true);
  });

  it('tells once, as soon as another window declares', async () => {
    const folder = await repositoryFixture('repository');
    let found = 0;
    const end = await watchForRecords([folder], fixture.globalStorage, () => found++);
    const store = await fixture.window({ folders: () => [folder] });
    expect(found).toBe(0);
    await declareIn(store);
    await until('the declaration is seen', () => Promise.resolve(found > 0));
    await declareIn(store);
    expect(found).toBe(1);
    end();
  });
});
