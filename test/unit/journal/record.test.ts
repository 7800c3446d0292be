import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IncidentError } from '../../../src/incident/incidentError.ts';
import { ulidTimeMs } from '../../../src/incident/ids.ts';
import { sha256Of } from '../../../src/journal/eventLine.ts';
import type { JournalFixture } from '../../support/builders/journal.ts';
import {
  declaration,
  declareIn,
  journalFixture,
  notes,
  noteTexts,
  stateOnDisk,
  until,
} from '../../support/builders/journal.ts';

let fixture: JournalFixture;

beforeEach(async () => {
  fixture = await journalFixture();
});
afterEach(() => fixture.remove());

async function linesIn(directory: string): Promise<readonly (readonly Record<string, unknown>[])[]> {
  const folder = join(directory, 'log');
  const contents = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  return contents.map((content) =>
    content
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  );
}

describe('record', () => {
  it('writes one line for each event, with its keys in order and the hash of the line before', async () => {
    const incident = await declareIn(await fixture.window());
    await incident.record(notes('first', 'second'));
    const [file = ''] = await readdir(join(incident.directory, 'log'));
    const raw = (await readFile(join(incident.directory, 'log', file), 'utf8')).trimEnd().split('\n');
    const events = raw.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ type }) => type)).toEqual(['writer.opened', 'incident.declared', 'note.added', 'note.added']);
    for (const event of events)
      expect(Object.keys(event)).toEqual(['v', 'id', 'n', 'at', 'by', 'type', 'data', 'prev']);
    expect(events.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
    expect(events.map(({ prev }) => prev)).toEqual([null, ...raw.slice(0, -1).map((line) => sha256Of(line))]);
    expect(events[0]).toMatchObject({ data: { incident: incident.id, host: 'laptop' }, by: 'Ada <ada@example.org>' });
    expect(file).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}\.jsonl$/);
  });

  it('resolves with a state that is on disk, and with what any reader makes of it', async () => {
    const incident = await declareIn(await fixture.window());
    const state = await incident.record(notes('on disk'));
    expect(noteTexts(state)).toEqual(['on disk']);
    expect(await stateOnDisk(incident.directory)).toEqual(state);
    expect(incident.problems).toEqual([]);
  });

  it('runs decisions one at a time, each on what the one before recorded', async () => {
    const incident = await declareIn(await fixture.window());
    await Promise.all(
      Array.from({ length: 20 }, () =>
        incident.record((state) => [{ type: 'note.added', data: { text: String(noteTexts(state).length) } }]),
      ),
    );
    expect(noteTexts(incident.state)).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
  });

  it('writes nothing when the decision refuses or asks for nothing, and goes on', async () => {
    const incident = await declareIn(await fixture.window());
    const before = await linesIn(incident.directory);
    const refusal = new IncidentError('refused', 'no');
    await expect(
      incident.record(() => {
        throw refusal;
      }),
    ).rejects.toBe(refusal);
    expect(await incident.record(() => [])).toBe(incident.state);
    expect(await linesIn(incident.directory)).toEqual(before);
    expect(noteTexts(await incident.record(notes('after')))).toEqual(['after']);
  });

  it('refuses what no reader would recognise, and what is too long, before anything is written', async () => {
    const incident = await declareIn(await fixture.window());
    const before = await linesIn(incident.directory);
    const broken = () => [{ type: 'note.added', data: { text: 7 } }] as never;
    await expect(incident.record(broken)).rejects.toMatchObject({ reason: 'invalidArgument' });
    await expect(incident.record(notes('x'.repeat(3_000_000)))).rejects.toMatchObject({ reason: 'invalidArgument' });
    expect(await linesIn(incident.directory)).toEqual(before);
    expect(incident.pending).toEqual([]);
  });

  it('redacts every text of the data, however deep', async () => {
    const store = await fixture.window({ redact: (text) => Promise.resolve(text.replaceAll('hunter2', '[redacted]')) });
    const [place] = await store.places();
    const incident = await store.create(place!, '2026-11-23-x', declaration('hunter2 leaked'));
    expect(incident.state.title).toBe('[redacted] leaked');
    const commits = [{ id: 'a'.repeat(40), subject: 'set hunter2', author: 'Bo', at: fixture.clock.now() }];
    await incident.record(() => [{ type: 'change.inspected', data: { commits } }]);
    expect(incident.state.inspected[0]?.subject).toBe('set [redacted]');
    expect(JSON.stringify(await linesIn(incident.directory))).not.toContain('hunter2');
  });

  it('leaves policy, ids, times and hashes as they are', async () => {
    const seen: string[] = [];
    const store = await fixture.window({
      redact: (text) => {
        seen.push(text);
        return text;
      },
    });
    const incident = await declareIn(store);
    seen.length = 0;
    const commit = 'a'.repeat(40);
    await incident.record((_state, moment) => [
      {
        type: 'change.inspected',
        data: { commits: [{ id: commit, subject: 'a subject', author: 'Bo', at: moment.now }] },
      },
      { type: 'suspect.judged', data: { commit, subject: 'a subject', judgement: 'suspected', reason: 'why' } },
      { type: 'action.added', data: { action: moment.newId(), title: 'a title', dueOn: '2026-12-01' } },
      { type: 'update.copied', data: { update: moment.newId(), kind: 'update', sha256: 'b'.repeat(64) } },
    ]);
    expect(seen.toSorted()).toEqual(
      ['Bo', 'a subject', 'a subject', 'a title', 'suspected', 'update', 'why'].toSorted(),
    );
    expect(incident.state.suspects).toMatchObject([{ commit }]);
  });

  it('keeps ids ascending and the order of the record when the clock is set back', async () => {
    const incident = await declareIn(await fixture.window());
    fixture.clock.set('2026-11-23T08:00:00.000Z');
    await incident.record(notes('late'));
    fixture.clock.set('2026-11-23T03:00:00.000Z');
    await incident.record(notes('early'));
    expect(noteTexts(incident.state)).toEqual(['late', 'early']);
    const ids = incident.state.entries.filter(({ event }) => event.type === 'note.added').map(({ event }) => event.id);
    expect(ids).toEqual(ids.toSorted());
    expect(incident.state.entries.at(-1)?.event.at).toBe('2026-11-23T03:00:00.000Z');
  });

  it('gives an earlier time where the wish names one, and the time of the id stays that of the recording', async () => {
    const incident = await declareIn(await fixture.window());
    await incident.record(() => [
      { type: 'note.added', data: { text: 'before' }, at: '2026-11-23T04:00:00.000Z', by: 'Bo' },
    ]);
    const event = incident.state.entries.at(-1)?.event;
    expect(event).toMatchObject({ at: '2026-11-23T04:00:00.000Z', by: 'Bo' });
    expect(ulidTimeMs(event?.id ?? '')).toBe(Date.parse('2026-11-23T06:00:00.000Z'));
  });

  it('writes nothing while the workspace is not trusted', async () => {
    let isTrusted = true;
    const store = await fixture.window({ isWritable: () => isTrusted });
    const incident = await declareIn(store);
    await until('it is in the index', async () => (await readdir(join(fixture.globalStorage, 'active'))).length === 1);
    isTrusted = false;
    const before = await readdir(fixture.base, { recursive: true });
    await expect(incident.record(notes('no'))).rejects.toMatchObject({ reason: 'untrusted' });
    await expect(incident.keepEvidence('a.txt', 'no')).rejects.toMatchObject({ reason: 'untrusted' });
    await expect(incident.restore()).rejects.toMatchObject({ reason: 'untrusted' });
    await expect(declareIn(store, '2026-11-23-other')).rejects.toMatchObject({ reason: 'untrusted' });
    expect(await store.claim('a reminder')).toBe(false);
    expect(await readdir(fixture.base, { recursive: true })).toEqual(before);
  });

  it('notes how far every log reached when the incident is opened by another writer, resolved or closed', async () => {
    const first = await declareIn(await fixture.window());
    await first.record(notes('one'));
    fixture.clock.advance(1000);
    const other = await fixture.window();
    const second = await other.open(first.id);
    await second.record(() => [{ type: 'incident.closed', data: { outcome: 'cancelled', reason: 'over' } }]);
    const [own = [], others = []] = await linesIn(second.directory);
    const head = { writer: await writerIn(first.directory, 0), lines: 3 };
    expect(own).toHaveLength(3);
    expect(others.map(({ type }) => type)).toEqual(['writer.opened', 'incident.closed']);
    expect(others[0]?.['data']).toMatchObject({ heads: [head] });
    expect(others[1]?.['data']).toMatchObject({ heads: [head] });
  });

  it('is what the fold makes of the disk, whatever was recorded in whatever batches by two windows', async () => {
    const one = await fixture.window();
    const two = await fixture.window();
    const a = await declareIn(one);
    await two.refresh();
    const b = await two.open(a.id);
    const batch = fc.record({
      writer: fc.nat({ max: 1 }),
      texts: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 6 }), async (batches) => {
        await Promise.all(batches.map(({ writer, texts }) => (writer === 0 ? a : b).record(notes(...texts))));
        await Promise.all([a.refresh(), b.refresh()]);
        expect(a.state).toEqual(b.state);
        expect(await stateOnDisk(a.directory)).toEqual(a.state);
        expect([...a.problems, ...b.problems]).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

async function writerIn(directory: string, index: number): Promise<string | undefined> {
  return (await readdir(join(directory, 'log'))).sort()[index]?.replace('.jsonl', '');
}
