import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncidentEvent } from '../incident/events.ts';
import { foldIncident } from '../incident/foldIncident.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toIncidentId } from '../incident/ids.ts';
import type { IncidentSummary } from '../incident/incidentStore.ts';
import type { FileStamp } from './durableFiles.ts';
import { incidentDirectory, rootOf } from './incidentDirectory.ts';
import { incidentOf, pathOf } from './incidentLogs.ts';
import { eventsIn } from './logReading.ts';
import { mapLimited } from './mapLimited.ts';
import { listLogs, readLogFile } from './readLogFile.ts';
import { isMissing } from './storageError.ts';
import { summaryOf } from './summaryOf.ts';

/** Folders looked at at the same time; more does not make a disk faster. */
const concurrency = 16;
const coarsestStepMs = 2_500;

/** What is known of a folder under `incidents/` without keeping its events. */
export interface CatalogFolder {
  /** Its log files with size and time: while that is the same, so is the rest. */
  readonly signature: string;
  /** Undefined while no line of it can be read: a folder just being made, or an empty one. */
  readonly id: IncidentId | undefined;
  readonly summary: IncidentSummary | undefined;
}

/** What is known of one record root, by folder name. */
export interface RootCatalog {
  readonly root: string;
  readonly folders: Map<string, CatalogFolder>;
  /** When `incidents/` was last changed, as its names were read; undefined when it was not there, NaN when in doubt. */
  listedMs: number | undefined;
}

export function emptyCatalog(root: string): RootCatalog {
  return { root, folders: new Map(), listedMs: undefined };
}

/** Reads what has changed under a root. Resolves with the incidents that came, went or changed. */
export async function scanRoot(catalog: RootCatalog): Promise<ReadonlySet<IncidentId>> {
  const names = await listNames(catalog);
  // The newest first: their names begin with the date.
  return scanFolders(catalog, [...new Set([...names, ...catalog.folders.keys()])].sort().reverse());
}

/** Like `scanRoot`, for folders that came or went alone: costs one look when none did. */
export async function scanNewFolders(catalog: RootCatalog): Promise<ReadonlySet<IncidentId>> {
  if ((await changedMs(catalog.root)) === catalog.listedMs) return new Set();
  const names = new Set(await listNames(catalog));
  const gone = [...catalog.folders.keys()].filter((name) => !names.has(name));
  const come = [...names].filter((name) => catalog.folders.get(name)?.id === undefined);
  return scanFolders(catalog, [...come, ...gone]);
}

/** Reads the named folders where their signature has changed. Resolves with the incidents that came, went or changed. */
export async function scanFolders(catalog: RootCatalog, names: readonly string[]): Promise<ReadonlySet<IncidentId>> {
  const changed = new Set<IncidentId>();
  await mapLimited(names, concurrency, async (name) => {
    const before = catalog.folders.get(name);
    const directory = incidentDirectory(catalog.root, name);
    const listing = await listLogs(directory);
    const signature =
      listing === undefined ? undefined : signatureOf(listing.files.map((file) => [file.name, file.stamp]));
    if (signature === before?.signature) return;
    if (signature === undefined) catalog.folders.delete(name);
    else catalog.folders.set(name, { signature, ...(await readSummary([directory], name)) });
    for (const id of [before?.id, catalog.folders.get(name)?.id]) if (id !== undefined) changed.add(id);
  });
  return changed;
}

/** The identity and summary of the incident in `directories`, the first of which is shown. */
export async function readSummary(
  directories: readonly string[],
  name: string,
): Promise<Pick<CatalogFolder, 'id' | 'summary'>> {
  const contents: { name: string; events: readonly IncidentEvent[] }[] = [];
  for (const directory of directories) {
    for (const file of (await listLogs(directory))?.files ?? []) {
      contents.push({ name: file.name, events: await readEvents(pathOf({ directory, name: file.name })) });
    }
  }
  const id = toIncidentId(incidentOf(contents));
  if (id === undefined) return { id, summary: undefined };
  const state = foldIncident(contents.flatMap(({ events }) => events));
  return { id, summary: summaryOf(state, { id, name, directory: directories[0] ?? '' }) };
}

/** One text for one state of a folder's log files. */
export function signatureOf(files: Iterable<readonly [name: string, stamp: FileStamp]>): string {
  return [...files]
    .map(([name, { size, mtimeMs }]) => `${name}:${size}:${mtimeMs}`)
    .sort()
    .join('|');
}

/** Folders of this root that carry the incident. */
export function directoriesOf(catalog: RootCatalog, id: IncidentId): readonly string[] {
  return [...catalog.folders].flatMap(([name, folder]) =>
    folder.id === id ? [incidentDirectory(catalog.root, name)] : [],
  );
}

/** The path of the repository (or bare repository) that a record root belongs to. */
export function repositoryOf(directory: string): string {
  return rootOf(directory)
    .replace(/[\\/]mayday$/, '')
    .replace(/[\\/]\.git$/, '');
}

async function readEvents(path: string): Promise<readonly IncidentEvent[]> {
  const pieces: Uint8Array[] = [];
  try {
    await readLogFile(path, 0, (piece) => void pieces.push(piece));
  } catch {
    // Opening the incident says what is wrong with the file; the list goes on without it.
    return [];
  }
  return eventsIn(pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces));
}

async function listNames(catalog: RootCatalog): Promise<readonly string[]> {
  const listedMs = await changedMs(catalog.root);
  // File systems count in steps of up to two seconds: another folder may come within the step.
  catalog.listedMs = listedMs !== undefined && Date.now() - listedMs < coarsestStepMs ? Number.NaN : listedMs;
  if (listedMs === undefined) return [];
  try {
    const entries = await readdir(join(catalog.root, 'incidents'), { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function changedMs(root: string): Promise<number | undefined> {
  try {
    return (await stat(join(root, 'incidents'))).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
