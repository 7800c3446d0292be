import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isoTimeOf } from '../../src/incident/isoTime.ts';
import type { JournalFixture } from '../support/builders/journal.ts';
import { declareIn, journalFixture, notes, noteTexts, until } from '../support/builders/journal.ts';
import type { RecordingProcess } from '../support/builders/recordingProcess.ts';
import { startRecording } from '../support/builders/recordingProcess.ts';

let fixture: JournalFixture;
let processes: RecordingProcess[];

beforeEach(async () => {
  fixture = await journalFixture();
  // The other processes have the machine's clock.
  fixture.clock.set(isoTimeOf(Date.now()));
  processes = [];
});
afterEach(async () => {
  await Promise.all(processes.map((child) => child.kill()));
  await fixture.remove();
});

function start(incident: string, name: string, count?: number): RecordingProcess {
  const child = startRecording(fixture, { incident, name, ...(count === undefined ? {} : { count }) });
  processes.push(child);
  return child;
}

describe('windows killed while they write', () => {
  it('leave every event that was acknowledged, once, over and over', { timeout: 120_000 }, async () => {
    const store = await fixture.window();
    const incident = await declareIn(store);
    await store.dispose();
    const acknowledged: string[] = [];
    for (let round = 0; round < 10; round++) {
      const children = ['a', 'b'].map((name) => start(incident.id, `${name}${round}`));
      await Promise.all(children.map((child) => child.acknowledges(5)));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      await Promise.all(children.map((child) => child.kill()));
      acknowledged.push(...children.flatMap((child) => child.acknowledged));
    }
    const read = await (await fixture.window()).open(incident.id);
    const texts = noteTexts(read.state);
    expect(new Set(texts).size).toBe(texts.length);
    expect(acknowledged.filter((text) => !texts.includes(text))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(read.problems.filter(({ kind }) => kind !== 'torn')).toEqual([]);
    expect(noteTexts(await read.record(notes('after it all'))).at(-1)).toBe('after it all');
  });
});

describe('two processes that write into one incident at once', () => {
  it('lose nothing, and see all of each other', { timeout: 60_000 }, async () => {
    const store = await fixture.window();
    const incident = await declareIn(store);
    const children = ['a', 'b', 'c'].map((name) => start(incident.id, name, 60));
    for (let number = 0; number < 60; number++) await incident.record(notes(`own-${number}`));
    await Promise.all(children.map((child) => child.acknowledges(60)));
    const all = ['a', 'b', 'c', 'own'].flatMap((name) =>
      Array.from({ length: 60 }, (_, number) => `${name}-${number}`),
    );
    await until('this window sees all', () => noteTexts(incident.state).length === all.length);
    expect(noteTexts(incident.state).toSorted()).toEqual(all.toSorted());
    // A second is what the design promises.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const child of children) expect((await child.sees()).toSorted()).toEqual(all.toSorted());
    expect(incident.problems).toEqual([]);
  });
});
