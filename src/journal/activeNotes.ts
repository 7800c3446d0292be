import type { IncidentId } from '../incident/ids.ts';
import { messageOf } from '../incident/incidentError.ts';
import { forgetActive, noteActive } from './activeIndex.ts';
import { rootOf } from './incidentDirectory.ts';
import type { JournalSettings, OpenIncident } from './journalHandle.ts';
import type { FolderRecord } from './recordPlaces.ts';
import { createSerialQueue } from './serialQueue.ts';

/** Keeps the machine's index in step with the incidents that this window has open. */
export interface ActiveNotes {
  /** Notes the incident as active, or takes it out when it has ended. Does not wait for the disk. */
  note(incident: OpenIncident): void;
  settled(): Promise<void>;
}

export function createActiveNotes(
  options: Pick<JournalSettings, 'isWritable' | 'log'> & { readonly globalStorage: string },
  folders: () => readonly FolderRecord[],
): ActiveNotes {
  const noted = new Map<IncidentId, string>();
  const inTurn = createSerialQueue();

  /** A root in the extension's storage does not tell which workspace folder it is for. */
  function folderOf(root: string): { readonly folder?: string } {
    const record = folders().find(({ place, storagePlace }) => place.root === root || storagePlace.root === root);
    return record?.storagePlace.root === root && record.place.folder !== undefined
      ? { folder: record.place.folder }
      : {};
  }

  async function write(id: IncidentId, directory: string, isActive: boolean): Promise<void> {
    const root = rootOf(directory);
    if (isActive) await noteActive(options.globalStorage, { id, directory, root, ...folderOf(root) });
    else await forgetActive(options.globalStorage, id);
  }

  return {
    note: ({ id, directory, state }) => {
      if (!options.isWritable()) return;
      const isActive = state.closed === undefined;
      const note = `${isActive}:${directory}`;
      if (noted.get(id) === note) return;
      noted.set(id, note);
      inTurn(() => write(id, directory, isActive)).catch((error: unknown) => {
        noted.delete(id);
        options.log.warn(`[journal] index of active incidents not written incident=${id} reason=${messageOf(error)}`);
      });
    },
    settled: () => inTurn(() => Promise.resolve()),
  };
}
