import { open, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncidentHandle } from '../../src/incident/incidentStore.ts';
import { createIncidentStore } from '../../src/journal/createIncidentStore.ts';
import type { JournalStore } from '../../src/journal/journalStore.ts';
import { redact } from '../../src/safety/redact.ts';
import { declareIn, journalOptions, notes } from '../support/builders/journal.ts';
import { git } from '../support/testWorkspace.ts';
import type { Benchmark } from './benchmark.ts';
import { createBenchFolder } from './benchFolder.ts';
import { figureOf } from './figure.ts';
import { inTurns, timed } from './inTurns.ts';
import { quantile } from './statistics.ts';

/** Each on an incident of its own, which so has as many events as an incident has. */
const series = 5;
const rounds = 100;
/** Series that do not count: as many as it takes until Node has compiled what both do. */
const warmUpSeries = 8;

/** One note on record, against the least that makes the same bytes durable: open, write, fsync and close, asynchronously. */
export const append: Benchmark = {
  name: 'append',
  run: async ({ say }) => {
    const folder = await createBenchFolder();
    const repository = join(folder.path, 'repository');
    const storage = join(folder.path, 'storage');
    const bare = join(folder.path, 'bare.jsonl');
    const store = createIncidentStore({ ...journalOptions({ folder: repository, globalStorage: storage }), redact });
    try {
      await git(folder.path, 'init', '--quiet', repository);
      await store.load();
      const young: Compared[] = [];
      for (let index = 0; index < warmUpSeries + series; index++) {
        young.push(await compare(await grown(store, `young-${index}`, 1), bare));
      }
      const old = await compare(await grown(store, 'old', 2_000), bare);
      say(`${old.bytes} bytes each into ${folder.description}, ${series * rounds} times in turns, after a warm-up`);
      const records = young.slice(warmUpSeries).flatMap((compared) => compared.records);
      const bares = young.slice(warmUpSeries).flatMap((compared) => compared.bares);
      const common = { unit: 'ms', values: records, references: bares } as const;
      const goal = { of: 'ratio', atMost: 1.5 } as const;
      return [
        figureOf({ name: 'durable append', ...common, goal }),
        figureOf({ name: 'durable append, p95', ...common, summarize: (samples) => quantile(samples, 0.95) }),
        figureOf({ name: 'durable append to 2,000 events', unit: 'ms', values: old.records, references: old.bares }),
      ];
    } finally {
      await store.dispose();
      await folder.remove();
    }
  },
};

interface Compared {
  /** Of one line. */
  readonly bytes: number;
  readonly records: readonly number[];
  readonly bares: readonly number[];
}

/** Measures records of one note, and bare appends of as many bytes to the file `bare`. */
async function compare(handle: IncidentHandle, bare: string): Promise<Compared> {
  const before = await logBytes(handle);
  await handle.record(note(0));
  const bytes = (await logBytes(handle)) - before;
  const line = Buffer.alloc(bytes, 'x');
  await writeFile(bare, line);
  const { records, bares } = await inTurns(rounds, {
    records: (round) => timed(() => handle.record(note(round))),
    bares: () => timed(() => bareAppend(bare, line)),
  });
  return { bytes, records, bares };
}

/** An incident with this many notes. */
async function grown(store: JournalStore, name: string, count: number): Promise<IncidentHandle> {
  const handle = await declareIn(store, `2026-11-23-${name}`);
  await handle.record(notes(...Array.from({ length: count }, (_, index) => `note ${index}`)));
  return handle;
}

function note(round: number): ReturnType<typeof notes> {
  return notes(`Errors are down to 0.${String(round).padStart(3, '0')} % since the rollback, the queue drains`);
}

async function bareAppend(path: string, line: Buffer): Promise<void> {
  const handle = await open(path, 'a');
  await handle.write(line);
  await handle.sync();
  await handle.close();
}

async function logBytes({ directory }: IncidentHandle): Promise<number> {
  const names = await readdir(join(directory, 'log'));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(directory, 'log', name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
