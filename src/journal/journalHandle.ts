import type { IncidentEvent } from '../incident/events.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Decide, IncidentHandle } from '../incident/incidentStore.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Clock, Log } from '../incident/useCase.ts';
import type { FileStamp } from './durableFiles.ts';
import type { Redact } from './redactData.ts';

/** What every part of the journal needs of the program around it. */
export interface JournalSettings {
  readonly clock: Clock;
  readonly log: Log;
  /** The machine's name, for the first event of a log. */
  readonly host: string;
  readonly redact: Redact;
  /** False while the workspace is not trusted: nothing is written then. */
  isWritable(): boolean;
  /** `Name <mail>` of the person at this window. */
  person(): Promise<string>;
}

/** An open incident, with what a full disk or a deleted folder asks for. */
export interface JournalHandle extends IncidentHandle {
  /** Events that were decided and could not be written yet: the next record, or `retry`, writes them. */
  readonly pending: readonly IncidentEvent[];
  /** Writes what is pending. Throws `storage` when that fails again. */
  retry(): Promise<IncidentState>;
  /** After the folder was deleted: writes back every line this window knows, and what is pending. Evidence is not held in memory. */
  restore(): Promise<IncidentState>;
  /** Continues the incident under another record root of the window; what is in the old one goes on counting. */
  relocate(root: string): Promise<IncidentState>;
  /** Reads what other windows wrote. Resolves with whether anything changed. */
  refresh(): Promise<boolean>;
}

/** What the store needs of a handle beyond what callers see. */
export interface OpenIncident extends JournalHandle {
  /** Makes the incident's folder and writes its first events. False when the folder is there already. */
  declare(decide: Decide): Promise<boolean>;
  readonly directories: readonly string[];
  /** Folders that turned out to carry the incident too; the next refresh reads them. */
  addDirectories(directories: readonly string[]): void;
  /** True for the name of a log file that this handle writes: changes to it are its own. */
  hasWritten(file: string): boolean;
  /** The log files of a folder as they were read, by name. */
  stampsIn(directory: string): ReadonlyMap<string, FileStamp>;
}

/** Throws `untrusted` unless the journal may write. */
export function requireWritable(settings: Pick<JournalSettings, 'isWritable'>): void {
  if (settings.isWritable()) return;
  throw new IncidentError('untrusted', 'Nothing is recorded while the workspace is not trusted.', {
    hint: 'Trust the workspace, then do it again.',
  });
}
