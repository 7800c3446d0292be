import { basename } from 'node:path';
import type { IncidentId } from '../incident/ids.ts';
import type { IncidentSummary } from '../incident/incidentStore.ts';
import type { Log } from '../incident/useCase.ts';
import { incidentDirectory } from './incidentDirectory.ts';
import type { FolderRecord } from './recordPlaces.ts';
import { folderRecord } from './recordPlaces.ts';
import type { CatalogFolder, RootCatalog } from './rootCatalog.ts';
import { emptyCatalog, readSummary, scanRoot } from './rootCatalog.ts';
import { loadSummaries } from './summaryCache.ts';

/** The record roots of a window, and what is known of the incidents in them. */
export interface Records {
  readonly folders: readonly FolderRecord[];
  readonly catalogs: ReadonlyMap<string, RootCatalog>;
  /** Looks where the records of the workspace folders are. A root that is new is filled from its cache. */
  locate(folders: readonly string[]): Promise<void>;
  /** Remembers that a root could not be written to. */
  refuse(root: string, reason: string): void;
  /** Reads what has changed under every root. Resolves with the incidents that came, went or changed. */
  scan(): Promise<ReadonlySet<IncidentId>>;
  /** Brings summaries up to date that are made of several folders; to be called after any scan. */
  unite(): Promise<void>;
  /** The folders that carry an incident; where to write comes first. */
  directoriesOf(id: IncidentId): readonly string[];
  /** One summary for each incident. */
  summaries(): ReadonlyMap<IncidentId, IncidentSummary>;
}

export function createRecords(globalStorage: string, log: Log): Records {
  const catalogs = new Map<string, RootCatalog>();
  const refused = new Map<string, string>();
  const united = new Map<IncidentId, CatalogFolder>();
  let folders: readonly FolderRecord[] = [];

  function placesById(): Map<IncidentId, readonly (CatalogFolder & { readonly directory: string })[]> {
    const byId = new Map<IncidentId, (CatalogFolder & { readonly directory: string })[]>();
    for (const { root, folders: names } of catalogs.values()) {
      for (const [name, folder] of names) {
        if (folder.id === undefined) continue;
        const place = { ...folder, directory: incidentDirectory(root, name) };
        const others = byId.get(folder.id);
        if (others === undefined) byId.set(folder.id, [place]);
        else others.push(place);
      }
    }
    return byId;
  }

  return {
    get folders() {
      return folders;
    },
    catalogs,
    locate: async (paths) => {
      const asked = paths.length === 0 ? [undefined] : paths;
      folders = await Promise.all(asked.map((path) => folderRecord(path, globalStorage, refused)));
      const roots = new Set(folders.flatMap((folder) => folder.roots));
      for (const root of catalogs.keys()) if (!roots.has(root)) catalogs.delete(root);
      for (const root of roots) {
        if (catalogs.has(root)) continue;
        const catalog = emptyCatalog(root);
        await loadSummaries(catalog, globalStorage, log);
        catalogs.set(root, catalog);
      }
    },
    refuse: (root, reason) => void refused.set(root, reason),
    scan: async () => {
      const changed = await Promise.all([...catalogs.values()].map(scanRoot));
      return new Set(changed.flatMap((ids) => [...ids]));
    },
    unite: async () => {
      for (const [id, places] of placesById()) {
        if (places.length === 1) {
          united.delete(id);
          continue;
        }
        const signature = places.map((place) => place.signature).join('||');
        if (united.get(id)?.signature === signature) continue;
        const directories = places.map(({ directory }) => directory);
        united.set(id, { signature, ...(await readSummary(directories, basename(directories[0] ?? ''))) });
      }
    },
    directoriesOf: (id) => (placesById().get(id) ?? []).map(({ directory }) => directory),
    summaries: () => {
      const summaries = new Map<IncidentId, IncidentSummary>();
      for (const [id, places] of placesById()) {
        const summary = (places.length === 1 ? undefined : united.get(id)?.summary) ?? places[0]?.summary;
        if (summary !== undefined) summaries.set(id, summary);
      }
      return summaries;
    },
  };
}
