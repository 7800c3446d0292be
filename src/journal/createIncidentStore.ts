import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { IncidentId } from '../incident/ids.ts';
import { IncidentError, messageOf } from '../incident/incidentError.ts';
import type { IncidentSummary } from '../incident/incidentStore.ts';
import { activeIndexDirectory } from './activePaths.ts';
import { createActiveNotes } from './activeNotes.ts';
import { createCacheKeeper } from './cacheKeeper.ts';
import { createClaim } from './claims.ts';
import { createIncident } from './createIncident.ts';
import { createElsewhere } from './elsewhere.ts';
import { createEmitter } from './emitter.ts';
import { rootOf } from './incidentDirectory.ts';
import type { OpenIncident } from './journalHandle.ts';
import type { JournalStore, JournalStoreOptions } from './journalStore.ts';
import { createOpenIncidents } from './openIncidents.ts';
import { createRecords } from './records.ts';
import { createRecordWatch } from './recordWatch.ts';
import type { RootCatalog } from './rootCatalog.ts';
import { directoriesOf, emptyCatalog, repositoryOf, scanNewFolders, signatureOf } from './rootCatalog.ts';
import { createSerialQueue } from './serialQueue.ts';
import { summaryOf } from './summaryOf.ts';

/** The incidents of this window's repositories, and the active ones of the machine's others. */
export function createIncidentStore(options: JournalStoreOptions): JournalStore {
  const { globalStorage, log } = options;
  const records = createRecords(globalStorage, log);
  const elsewhere = createElsewhere(globalStorage, options);
  const changes = createEmitter<IncidentId>((error) => {
    log.error('[journal] a listener failed', error);
  });
  const inTurn = createSerialQueue();
  /** Roots of other repositories, as far as an incident of theirs had to be looked for. */
  const others = new Map<string, RootCatalog>();
  const caches = createCacheKeeper(records.catalogs, options, takeOverAll);
  const active = createActiveNotes(options, () => records.folders);
  const incidents = createOpenIncidents({
    settings: options,
    locate,
    isPlace: (root) => records.catalogs.has(root),
    onChange: onIncidentChange,
  });
  const watch = createRecordWatch({ globalStorage, log, records, incidents, inTurn, onScan, onIndex: scanElsewhere });

  /** Folders may have been moved a moment ago: they are looked up on disk, without waiting for the watch. */
  async function locate(id: IncidentId): Promise<readonly string[]> {
    const directory = incidents.all.get(id)?.directory;
    const root = directory === undefined ? undefined : rootOf(directory);
    const isOwn = root === undefined || records.catalogs.has(root);
    if (!isOwn && !others.has(root)) others.set(root, emptyCatalog(root));
    const catalogs = isOwn ? records.catalogs : others;
    await inTurn(async () => {
      for (const catalog of catalogs.values()) await scanNewFolders(catalog);
    });
    return [...catalogs.values()].flatMap((catalog) => directoriesOf(catalog, id));
  }

  function onIncidentChange(id: IncidentId): void {
    const incident = incidents.all.get(id);
    if (incident === undefined) return;
    caches.touch();
    active.note(incident);
    changes.fire(id);
  }

  /** What an open incident knows of its folders need not be read again for the list. */
  function takeOver(incident: OpenIncident): void {
    for (const directory of incident.directories) {
      const signature = signatureOf(incident.stampsIn(directory));
      if (signature === '') continue;
      const summary = summaryOf(incident.state, { id: incident.id, name: basename(directory), directory });
      records.catalogs
        .get(rootOf(directory))
        ?.folders.set(basename(directory), { signature, id: incident.id, summary });
    }
  }

  function takeOverAll(): void {
    for (const incident of incidents.all.values()) takeOver(incident);
  }

  async function onScan(changed: ReadonlySet<IncidentId>): Promise<void> {
    if (changed.size === 0) return;
    await records.unite();
    caches.touch();
    for (const id of changed) {
      const incident = incidents.all.get(id);
      incident?.addDirectories(records.directoriesOf(id));
      if (incident === undefined) changes.fire(id);
      else await incident.refresh();
    }
  }

  async function scanElsewhere(): Promise<void> {
    const changed = await elsewhere.scan(new Set(records.catalogs.keys()));
    for (const id of changed) if (!incidents.all.has(id)) changes.fire(id);
  }

  async function scanRecords(): Promise<ReadonlySet<IncidentId>> {
    return inTurn(async () => {
      await records.locate(options.folders());
      takeOverAll();
      return records.scan();
    });
  }

  /** Whoever waits for it draws all there is: nobody is told of every incident by itself. */
  async function load(): Promise<void> {
    await makeIndex();
    if ((await scanRecords()).size > 0) caches.touch();
    await records.unite();
    await elsewhere.scan(new Set(records.catalogs.keys()));
    await watch.look();
  }

  async function refresh(): Promise<void> {
    await onScan(await scanRecords());
    await scanElsewhere();
    for (const incident of incidents.all.values()) active.note(incident);
    await watch.look();
  }

  /** A folder that is there can be watched. */
  async function makeIndex(): Promise<void> {
    if (!options.isWritable()) return;
    await mkdir(activeIndexDirectory(globalStorage), { recursive: true }).catch((error: unknown) => {
      log.warn(`[journal] index of active incidents not made reason=${messageOf(error)}`);
    });
  }

  function list(): readonly IncidentSummary[] {
    const summaries = new Map([...elsewhere.summaries(), ...records.summaries()]);
    for (const { id, directory, state } of incidents.all.values()) {
      const isHere = records.catalogs.has(rootOf(directory));
      const from = summaries.get(id)?.elsewhere ?? repositoryOf(directory);
      const where = { id, name: basename(directory), directory, ...(isHere ? {} : { elsewhere: from }) };
      summaries.set(id, summaryOf(state, where));
    }
    return [...summaries.values()].sort((a, b) => (a.declaredAt < b.declaredAt ? 1 : -1));
  }

  function allDirectoriesOf(id: IncidentId): readonly string[] {
    const own = records.directoriesOf(id);
    const other = elsewhere.summaries().get(id)?.directory;
    return own.length > 0 || other === undefined ? own : [other];
  }

  return {
    list,
    onDidChange: changes.event,
    load,
    refresh,
    places: async () => {
      await inTurn(() => records.locate(options.folders()));
      return records.folders.map(({ place }) => place);
    },
    storagePlace: ({ root, folder }) => {
      const record = records.folders.find(({ place }) => place.root === root && place.folder === folder);
      if (record === undefined) throw new IncidentError('notFound', `${root} is no place of this window's record.`);
      return record.storagePlace;
    },
    open: async (id) => {
      if (incidents.all.has(id)) return incidents.open(id, []);
      if (allDirectoriesOf(id).length === 0) await refresh();
      const directories = allDirectoriesOf(id);
      if (directories.length === 0) {
        throw new IncidentError('notFound', `There is no incident ${id} in the record of this window.`);
      }
      const incident = await incidents.open(id, directories);
      takeOver(incident);
      caches.touch();
      active.note(incident);
      watch.wake();
      return incident;
    },
    create: async (place, name, decide) => {
      const incident = await createIncident({ place, name, decide }, { options, records, incidents, inTurn });
      incidents.keep(incident);
      takeOver(incident);
      onIncidentChange(incident.id);
      watch.wake();
      return incident;
    },
    release: (id) => {
      incidents.release(id);
    },
    claim: createClaim(globalStorage, options),
    dispose: async () => {
      watch.dispose();
      await Promise.all([caches.flush(), active.settled()]);
      incidents.dispose();
    },
  };
}
