import { execFile } from 'node:child_process';
import { appendFile, mkdir, open, readdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentId } from '../../src/incident/ids.ts';
import type { JournalFixture } from '../support/builders/journal.ts';
import { close, declareIn, journalFixture, notes, noteTexts, until } from '../support/builders/journal.ts';

let fixture: JournalFixture;
let id: IncidentId;
let directory: string;
let log: string;

beforeEach(async () => {
  fixture = await journalFixture();
  const store = await fixture.window();
  const incident = await declareIn(store);
  for (const text of ['one', 'two', 'three']) await incident.record(notes(text));
  await store.dispose();
  ({ id, directory } = incident);
  const [name = ''] = await readdir(join(directory, 'log'));
  log = join(directory, 'log', name);
});
afterEach(() => fixture.remove());

/** As if nobody had written for a while. */
async function longAgo(path = log): Promise<void> {
  const time = new Date(Date.now() - 60_000);
  await utimes(path, time, time);
}

async function readAnew(): Promise<Awaited<ReturnType<Awaited<ReturnType<JournalFixture['window']>>['open']>>> {
  return (await fixture.window()).open(id);
}

describe('a log cut at every byte of its last lines', () => {
  it(
    'gives every event whose line is whole, keeps the bytes of the other, says where, and goes on in a new file',
    { timeout: 60_000 },
    async () => {
      const whole = await readFile(log);
      const ends = [...whole.entries()].flatMap(([index, byte]) => (byte === 0x0a ? [index + 1] : []));
      const store = await fixture.window();
      for (let length = whole.length; length >= (ends.at(-4) ?? 0); length--) {
        await writeFile(log, whole.subarray(0, length));
        await longAgo();
        store.release(id);
        const read = await store.open(id);
        const lines = ends.filter((end) => end <= length).length;
        expect(noteTexts(read.state)).toEqual(['one', 'two', 'three'].slice(0, lines - 2));
        const isWhole = ends.includes(length);
        expect(read.problems).toEqual(isWhole ? [] : [{ kind: 'torn', file: log, line: lines + 1 }]);
      }
      const cut = whole.subarray(0, whole.length - 10);
      await writeFile(log, cut);
      await longAgo();
      store.release(id);
      const read = await store.open(id);
      await read.record(notes('after'));
      expect(noteTexts(read.state)).toEqual(['one', 'two', 'after']);
      expect((await readFile(log)).equals(cut)).toBe(true);
      expect(read.problems).toEqual([{ kind: 'torn', file: log, line: 5 }]);
    },
  );
});

describe('an unfinished last line', () => {
  it('is pending while somebody may still be writing it, and counts when it is finished', async () => {
    const line = (await readFile(log, 'utf8')).trimEnd().split('\n').at(-1) ?? '';
    await truncate(log, (await readFile(log)).length - line.length - 1);
    await appendFile(log, line.slice(0, 50));
    const read = await readAnew();
    expect(read.problems).toEqual([]);
    expect(noteTexts(read.state)).toEqual(['one', 'two']);
    await appendFile(log, `${line.slice(50)}\n`);
    await until('it is read', () => noteTexts(read.state).length === 3);
    expect(read.problems).toEqual([]);
  });

  it('is called torn after five seconds without a writer, and listeners hear of it', { timeout: 15_000 }, async () => {
    await truncate(log, (await readFile(log)).length - 10);
    const store = await fixture.window();
    const read = await store.open(id);
    expect(read.problems).toEqual([]);
    let told = 0;
    store.onDidChange(() => told++);
    await until('it is called torn', () => told > 0);
    expect(read.problems).toEqual([{ kind: 'torn', file: log, line: 5 }]);
  });
});

describe('a log with something else in it', () => {
  it.each([
    ['garbage', (lines: string[]) => lines.splice(3, 0, '\u0000\u0001 garbage'), ['damaged', 'altered']],
    ['half a line', (lines: string[]) => lines.splice(2, 0, (lines[2] ?? '').slice(0, 30)), ['damaged', 'altered']],
    ['a line of a later version', (lines: string[]) => lines.push('{"v":2}'), ['damaged']],
    ['a repeated line', (lines: string[]) => lines.push(lines.at(-1) ?? ''), ['altered']],
    ['lines in another order', (lines: string[]) => lines.push(...lines.splice(2, 1)), ['altered', 'altered']],
  ])('keeps every event over %s, and says what is wrong', async (_what, change, problems) => {
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    change(lines);
    await writeFile(log, `${lines.join('\n')}\n`);
    const read = await readAnew();
    expect(noteTexts(read.state)).toEqual(['one', 'two', 'three']);
    expect(read.problems.map(({ kind }) => kind).toSorted()).toEqual(problems.toSorted());
    expect(read.problems.every((problem) => problem.file === log && problem.line > 0)).toBe(true);
    expect(noteTexts(await read.record(notes('on'))).at(-1)).toBe('on');
  });

  it('shows an event of the year 3000 in its place, and goes on counting after it', async () => {
    const store = await fixture.window();
    const incident = await store.open(id);
    fixture.clock.set('3000-01-01T00:00:00.000Z');
    await incident.record(notes('far'));
    fixture.clock.set('2026-11-23T07:00:00.000Z');
    await incident.record(notes('near'));
    expect(noteTexts(incident.state)).toEqual(['one', 'two', 'three', 'far', 'near']);
    const read = await readAnew();
    expect(noteTexts(read.state)).toEqual(['one', 'two', 'three', 'far', 'near']);
    // The log was begun in the year 3000, so its first event is of then too.
    expect(read.problems).toMatchObject([
      { kind: 'future', line: 1 },
      { kind: 'future', line: 2 },
    ]);
  });

  it('reads a counter as great as it can be, and still records', async () => {
    const other = join(directory, 'log', '01KAR1YQ000000000000000001.jsonl');
    const event = {
      v: 1,
      id: '01KAR1YQ000000000000000002',
      n: Number.MAX_SAFE_INTEGER,
      at: '2026-11-23T06:00:00.000Z',
    };
    await writeFile(
      other,
      `${JSON.stringify({ ...event, by: 'Bo', type: 'note.added', data: { text: 'greatest' }, prev: null })}\n`,
    );
    const read = await readAnew();
    expect(noteTexts(await read.record(notes('next'))).toSorted()).toEqual(['greatest', 'next', 'one', 'three', 'two']);
  });
});

describe('a log that is shorter than another has noted', () => {
  it('reads altered when its end was cut off, rewritten or removed with the file', async () => {
    const whole = await readFile(log, 'utf8');
    const writer = await fixture.window();
    await (await writer.open(id)).record(close);
    await writer.dispose();
    const shorter = whole.slice(0, whole.lastIndexOf('\n', whole.length - 2) + 1);
    await writeFile(log, shorter);
    const cut = await readAnew();
    expect(cut.problems).toEqual([
      { kind: 'altered', file: log, line: 5, reason: 'another log has noted 5 lines of it, 4 are there' },
    ]);
    await writeFile(log, whole.replace('"three"', '"eerht"'));
    expect((await readAnew()).problems).toMatchObject([{ kind: 'altered', file: log, line: 5 }]);
    await rm(log);
    expect((await readAnew()).problems).toMatchObject([{ kind: 'altered', file: log, line: 5 }]);
    await writeFile(log, whole);
    expect((await readAnew()).problems).toEqual([]);
  });
});

describe('what is no regular file in a log folder', () => {
  it('is named and left alone: links, folders, pipes', async () => {
    const folder = join(directory, 'log');
    const outside = join(fixture.base, 'outside.jsonl');
    await writeFile(outside, (await readFile(log, 'utf8')).replace('three', 'from outside'));
    await symlink(outside, join(folder, '01KAR1YQ000000000000000001.jsonl'));
    await mkdir(join(folder, '01KAR1YQ000000000000000002.jsonl'));
    if (process.platform !== 'win32')
      await promisify(execFile)('mkfifo', [join(folder, '01KAR1YQ000000000000000003.jsonl')]);
    await writeFile(join(folder, '.DS_Store'), 'not a log');
    const read = await readAnew();
    expect(noteTexts(read.state)).toEqual(['one', 'two', 'three']);
    const irregular = read.problems.filter(
      (problem) => problem.kind === 'damaged' && problem.reason === 'no regular file',
    );
    expect(irregular.map(({ file }) => file)).toEqual(
      [1, 2, ...(process.platform === 'win32' ? [] : [3])].map((last) =>
        join(folder, `01KAR1YQ00000000000000000${last}.jsonl`),
      ),
    );
    expect(noteTexts(await read.record(notes('on'))).at(-1)).toBe('on');
  });

  it('names a file that is too large, and reads the others', async () => {
    const path = join(directory, 'log', '01KAR1YQ000000000000000001.jsonl');
    const handle = await open(path, 'w');
    await handle.truncate(256 * 1024 * 1024 + 1);
    await handle.close();
    const read = await readAnew();
    expect(noteTexts(read.state)).toEqual(['one', 'two', 'three']);
    expect(read.problems).toMatchObject([{ kind: 'damaged', file: path, line: 0 }]);
  });
});
