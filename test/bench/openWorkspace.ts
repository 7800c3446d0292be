import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listDrafts } from '../../src/communicate/listDrafts.ts';
import { createIncidentsModel } from '../../src/editor/views/incidentsModel.ts';
import { createIncidentStore } from '../../src/journal/createIncidentStore.ts';
import { mapLimited } from '../../src/journal/mapLimited.ts';
import { redact } from '../../src/safety/redact.ts';
import { journalOptions } from '../support/builders/journal.ts';

// node --expose-gc openWorkspace.ts FOLDER STORAGE ROOT measured|reference
// Opens a workspace in a process of its own, as an extension host does, and prints a report as JSON. Before that or
// after it, it looks at the same logs with nothing but the file system's own functions.

/** What one process tells. Times are milliseconds, sizes bytes. */
export interface OpeningReport {
  readonly openMs: number;
  /** Listing every log folder, and the size and time of every log. */
  readonly statMs: number;
  /** Reading every log. */
  readonly readMs: number;
  readonly incidents: number;
  readonly rows: number;
  /** What stays of the heap, buffers included, after a collection. */
  readonly heapBytes: number;
}

const [folder = '', globalStorage = '', root = '', first = 'measured'] = process.argv.slice(2);
const store = createIncidentStore({ ...journalOptions({ folder, globalStorage }), redact });
const model = createIncidentsModel({
  store,
  clock: { now: () => new Date().toISOString() },
  log: { info: ignore, warn: ignore, error: ignore },
  zone: () => 'UTC',
  draftsOf: async (handle) =>
    (await listDrafts(handle.directory)).map((draft) => ({ ...draft, incident: handle.id, title: handle.state.title })),
  listedOf: () => Promise.resolve(undefined),
  configurationListOf: () => Promise.resolve(undefined),
});

const before = heapBytes();
const bareBefore = first === 'reference' ? await bare() : undefined;
const start = performance.now();
await store.load();
await model.refresh();
const rows = model.rows();
const openMs = performance.now() - start;
const held = heapBytes() - before;
const bareTimes = bareBefore ?? (await bare());
const report: OpeningReport = {
  openMs,
  ...bareTimes,
  incidents: store.list().length,
  rows: rows.length,
  heapBytes: held,
};
await store.dispose();
console.log(JSON.stringify(report));

function heapBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function bare(): Promise<{ readonly statMs: number; readonly readMs: number }> {
  const incidents = join(root, 'incidents');
  const listed = performance.now();
  const paths: string[] = [];
  await mapLimited(await readdir(incidents), 16, async (name) => {
    for (const file of await readdir(join(incidents, name, 'log'))) {
      const path = join(incidents, name, 'log', file);
      await stat(path);
      paths.push(path);
    }
  });
  const read = performance.now();
  await mapLimited(paths, 16, (path) => readFile(path));
  return { statMs: read - listed, readMs: performance.now() - read };
}

function ignore(): void {
  // What the journal logs is of no interest here.
}
