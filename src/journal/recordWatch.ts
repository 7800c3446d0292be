import { join } from 'node:path';
import type { IncidentId } from '../incident/ids.ts';
import type { Log } from '../incident/useCase.ts';
import { activeIndexDirectory } from './activePaths.ts';
import type { OpenIncidents } from './openIncidents.ts';
import type { Records } from './records.ts';
import type { RootCatalog } from './rootCatalog.ts';
import { scanFolders, scanNewFolders } from './rootCatalog.ts';
import type { SerialQueue } from './serialQueue.ts';
import { createSweep } from './sweep.ts';
import type { FolderWatch } from './watchFolder.ts';
import { watchFolder } from './watchFolder.ts';

/** A folder is made before its first line is in it: until then it is looked at again, for so many times. */
const youngLookMs = 100;
const youngLooks = 50;

export interface RecordWatchContext {
  readonly globalStorage: string;
  readonly log: Log;
  readonly records: Records;
  readonly incidents: OpenIncidents;
  readonly inTurn: SerialQueue;
  /** Incidents came, went or changed under a root. */
  readonly onScan: (changed: ReadonlySet<IncidentId>) => Promise<void>;
  /** The machine's index of active incidents has changed. */
  readonly onIndex: () => Promise<void>;
}

/** Watches the roots of a window, the machine's index and the logs of open incidents. */
export interface RecordWatch {
  /** Begins to watch what is new and looks at everything once. */
  look(): Promise<void>;
  /** To be called when an incident was opened. */
  wake(): void;
  dispose(): void;
}

export function createRecordWatch(context: RecordWatchContext): RecordWatch {
  const { globalStorage, log, records, incidents, inTurn, onScan, onIndex } = context;
  const roots = new Map<string, FolderWatch>();
  const young = new Map<string, NodeJS.Timeout>();
  const index = watchFolder(activeIndexDirectory(globalStorage), () => void onIndex().catch(onError), log);
  let isDisposed = false;
  const sweep = createSweep({
    isNeeded: () => incidents.all.size > 0 || ![index, ...primaryWatches()].every((watch) => watch?.isLive),
    look,
    onError,
  });

  function onError(error: unknown): void {
    log.error('[journal] changes on disk not read', error);
  }

  function primaryWatches(): readonly (FolderWatch | undefined)[] {
    return records.folders.map(({ place }) => roots.get(place.root));
  }

  async function scan(catalog: RootCatalog, names: ReadonlySet<string> | undefined): Promise<void> {
    const replaced = [...(names ?? [])].filter((name) => catalog.folders.has(name));
    await onScan(await inTurn(() => scanFolders(catalog, replaced)));
    await onScan(await inTurn(() => scanNewFolders(catalog)));
    for (const [name, { id }] of catalog.folders) if (id === undefined) lookAgain(catalog, name, youngLooks);
  }

  function lookAgain(catalog: RootCatalog, name: string, looks: number): void {
    const key = join(catalog.root, name);
    if (isDisposed || looks === 0 || young.has(key)) return;
    const timer = setTimeout(() => {
      inTurn(() => scanFolders(catalog, [name]))
        .then(onScan)
        .catch(onError)
        .finally(() => {
          young.delete(key);
          const folder = catalog.folders.get(name);
          if (folder !== undefined && folder.id === undefined) lookAgain(catalog, name, looks - 1);
        });
    }, youngLookMs);
    young.set(key, timer.unref());
  }

  function watchRoots(): void {
    for (const [root, watch] of roots) {
      if (records.catalogs.has(root)) continue;
      watch.dispose();
      roots.delete(root);
    }
    for (const [root, catalog] of records.catalogs) {
      if (roots.has(root)) continue;
      const onChange = (names: ReadonlySet<string> | undefined): void => void scan(catalog, names).catch(onError);
      roots.set(root, watchFolder(join(root, 'incidents'), onChange, log));
    }
  }

  async function look(): Promise<void> {
    watchRoots();
    await Promise.all([...roots.values(), index].map((watch) => watch.look()));
    await incidents.look();
    sweep.wake();
  }

  return {
    look,
    wake: () => {
      sweep.wake();
    },
    dispose: () => {
      isDisposed = true;
      sweep.dispose();
      index.dispose();
      for (const watch of roots.values()) watch.dispose();
      for (const timer of young.values()) clearTimeout(timer);
    },
  };
}
