import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInPolicy } from '../../../src/incident/builtInPolicy.ts';
import { initialDueTimes } from '../../../src/incident/dueTimes.ts';
import { foldIncident } from '../../../src/incident/foldIncident.ts';
import type { Decide } from '../../../src/incident/incidentStore.ts';
import type { IsoTime } from '../../../src/incident/isoTime.ts';
import { epochMsOf, isoTimeOf } from '../../../src/incident/isoTime.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import { createIncidentStore } from '../../../src/journal/createIncidentStore.ts';
import type { JournalHandle } from '../../../src/journal/journalHandle.ts';
import type { JournalStore, JournalStoreOptions } from '../../../src/journal/journalStore.ts';
import { eventsIn } from '../../../src/journal/logReading.ts';

/** A clock that stands still until it is set. */
export interface SetClock {
  readonly now: () => IsoTime;
  set(time: IsoTime): void;
  advance(durationMs: number): void;
}

export function setClock(time: IsoTime = '2026-11-23T06:00:00.000Z'): SetClock {
  let now = time;
  return {
    now: () => now,
    set: (next) => {
      now = next;
    },
    advance: (durationMs) => {
      now = isoTimeOf(epochMsOf(now) + durationMs);
    },
  };
}

/** Folders of one test, removed with everything in them, and the stores that were opened over them. */
export interface JournalFixture {
  readonly base: string;
  /** A workspace folder without git. */
  readonly folder: string;
  readonly globalStorage: string;
  readonly clock: SetClock;
  /** Lines the journal logged. */
  readonly logged: string[];
  /** A window: a store over the folder, loaded. */
  window(options?: Partial<JournalStoreOptions>): Promise<JournalStore>;
  /** Ends the windows. */
  close(): Promise<void>;
  /** Ends the windows and removes the folders. */
  remove(): Promise<void>;
}

export async function journalFixture(): Promise<JournalFixture> {
  const base = await mkdtemp(join(tmpdir(), 'mayday-journal-'));
  const clock = setClock();
  const logged: string[] = [];
  const stores: JournalStore[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(stores.splice(0).map((store) => store.dispose()));
  };
  const [folder, globalStorage] = [join(base, 'workspace'), join(base, 'storage')];
  return {
    base,
    folder,
    globalStorage,
    clock,
    logged,
    window: async (options = {}) => {
      const store = createIncidentStore({
        ...journalOptions({ folder, globalStorage, logged }),
        clock,
        ...options,
      });
      stores.push(store);
      await store.load();
      return store;
    },
    close: closeAll,
    remove: async () => {
      await closeAll();
      await rm(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

/** Options of a store on the real clock that redacts nothing. */
export function journalOptions(where: {
  readonly folder: string | undefined;
  readonly globalStorage: string;
  readonly logged?: string[];
}): JournalStoreOptions {
  const { folder, globalStorage, logged = [] } = where;
  const log = (message: string): void => void logged.push(message);
  return {
    folders: () => (folder === undefined ? [] : [folder]),
    globalStorage,
    clock: { now: () => new Date().toISOString() },
    log: { info: log, warn: log, error: log },
    host: 'laptop',
    isWritable: () => true,
    person: () => Promise.resolve('Ada <ada@example.org>'),
    redact: (text) => text,
  };
}

/** Declares an incident of that title; the folder's name is the incident's. */
export function declaration(title = 'Checkout down'): (name: string) => Decide {
  return (name) =>
    (_state, { now }) => {
      const policy = builtInPolicy('UTC');
      const due = initialDueTimes(policy, 'SEV2', now);
      const data = {
        name,
        title,
        severity: 'SEV2',
        impact: '',
        confidential: false,
        channel: `#incident-${name}`,
      } as const;
      return [{ type: 'incident.declared', data: { ...data, detected: now, policy, due } }];
    };
}

/** Adds notes, one event each. */
export function notes(...texts: readonly string[]): Decide {
  return () => texts.map((text) => ({ type: 'note.added', data: { text } }));
}

/** Ends an incident with a reason. */
export const close: Decide = () => [{ type: 'incident.closed', data: { outcome: 'cancelled', reason: 'a test' } }];

/** A new incident in the first place of the window. */
export async function declareIn(store: JournalStore, name = '2026-11-23-checkout-down'): Promise<JournalHandle> {
  const [place] = await store.places();
  if (place === undefined) throw new Error('the window has no place');
  return store.create(place, name, declaration());
}

/** The texts of the notes of a state, in order. */
export function noteTexts(state: IncidentState): readonly string[] {
  return state.entries.flatMap(({ event }) => (event.type === 'note.added' ? [event.data.text] : []));
}

/** What the log files of an incident's folder say, read by themselves. */
export async function stateOnDisk(directory: string): Promise<IncidentState> {
  const folder = join(directory, 'log');
  const files = await readdir(folder);
  const contents = await Promise.all(files.map((name) => readFile(join(folder, name))));
  return foldIncident(contents.flatMap((bytes) => eventsIn(bytes)));
}

/** Waits until `isSo`, looking often; fails after ten seconds, naming what was waited for. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
