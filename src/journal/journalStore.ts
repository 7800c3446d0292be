import type { IncidentId } from '../incident/ids.ts';
import type { Decide, IncidentStore, RecordPlace } from '../incident/incidentStore.ts';
import type { JournalHandle, JournalSettings } from './journalHandle.ts';

/** What the store needs of the program around it. */
export interface JournalStoreOptions extends JournalSettings {
  /** Absolute paths of the workspace folders, asked again at every refresh. */
  folders(): readonly string[];
  /** The extension's own folder on this machine, for caches, claims and what git has no place for. */
  readonly globalStorage: string;
}

/** The incidents on disk. `list` shows what `load` and later changes found. */
export interface JournalStore extends IncidentStore {
  /** Reads what is on record and begins to watch it. To be called once, before anything else. */
  load(): Promise<void>;
  /** Looks at the workspace folders and at the disk anew. */
  refresh(): Promise<void>;
  open(id: IncidentId): Promise<JournalHandle>;
  create(place: RecordPlace, name: string, decide: (name: string) => Decide): Promise<JournalHandle>;
  /** The place in the extension's storage that an incident of `place` can be relocated to. */
  storagePlace(place: RecordPlace): RecordPlace;
  /** Lets go of an incident that nobody looks at any more. */
  release(id: IncidentId): void;
  /** True for the first window of this machine that asks for `key`; see `createClaim`. */
  claim(key: string): Promise<boolean>;
  /** Ends watching and saves what makes the next start fast. */
  dispose(): Promise<void>;
}
