import { join } from 'node:path';
import type { IncidentHandle } from '../incident/incidentStore.ts';
import type { Surroundings } from '../incident/surroundings.ts';
import type { DocumentPlace } from '../incident/useCase.ts';
import { rootOf } from './incidentDirectory.ts';
import type { JournalStore } from './journalStore.ts';

/** Where an incident belongs among the folders of this window. */
export interface WorkspacePlaces {
  /** `.incidents` of a folder; undefined with no folder. */
  teamDirectoryIn(folder: string | undefined): string | undefined;
  /** The only folder of the window; undefined when there are several or none. */
  onlyFolder(): string | undefined;
  /** The workspace folder whose record an incident is in; undefined when it is another repository's or nobody's. */
  folderOf(handle: IncidentHandle): Promise<string | undefined>;
  /** Folders whose repositories may hold the cause, the incident's own first; none of another window's incident. */
  foldersOf(handle: IncidentHandle): Promise<readonly string[]>;
  readonly documents: DocumentPlace;
}

/** Asks `surroundings` and `store` anew at every call: folders come and go. */
export function createWorkspacePlaces(surroundings: Surroundings, store: JournalStore): WorkspacePlaces {
  const { folders, directoryOf, host } = surroundings;
  const teamDirectoryIn = (folder: string | undefined) =>
    folder === undefined ? undefined : join(folder, directoryOf(folder));
  const folderOf = async ({ directory }: IncidentHandle) => {
    const root = rootOf(directory);
    const places = await store.places();
    const place = places.find((candidate) => candidate.root === root || store.storagePlace(candidate).root === root);
    return place?.folder ?? (places.length === 0 ? folders()[0] : undefined);
  };
  return {
    teamDirectoryIn,
    folderOf,
    onlyFolder: () => {
      const [first, ...others] = folders();
      return others.length === 0 ? first : undefined;
    },
    foldersOf: async (handle) => {
      const own = await folderOf(handle);
      return own === undefined ? [] : [own, ...folders().filter((folder) => folder !== own)];
    },
    documents: {
      directoryOf: async (handle) => {
        const team = teamDirectoryIn(await folderOf(handle));
        // Documents say what the incident is about: those of a confidential one must not be committed by accident, and
        // another repository's work tree is not ours to write to.
        if (team === undefined || handle.state.confidential) return join(handle.directory, 'documents');
        return join(team, handle.state.name);
      },
      teamDirectoryOf: async (handle) => (host.isTrusted() ? teamDirectoryIn(await folderOf(handle)) : undefined),
    },
  };
}
