import type { Diagnostic as ConfigurationDiagnostic } from '../config/diagnostic.ts';
import type { IncidentHandle, IncidentStore } from '../incident/incidentStore.ts';
import type { UseContext } from '../incident/useCase.ts';
import type { DraftMessage } from './app.ts';
import type { ReadRevision } from './documents/revisionFiles.ts';
import type { CommitSummary } from './rows/commitSummary.ts';
import type { UseCases } from './useCases.ts';

/** A file that differs between two revisions; `left` and `right` are its paths in either, absent where it is not there. */
export interface ChangedPath {
  readonly left?: string;
  readonly right?: string;
}

/** What the configuration file of a folder said, when something about it is to be told. */
export interface ConfigurationReport {
  readonly file: string;
  readonly diagnostics: readonly ConfigurationDiagnostic[];
  /** Which policy applies instead, in a sentence; absent when the file's own applies. */
  readonly instead?: string;
}

/** What services.ts gives the editor. */
export interface EditorServices {
  readonly useCases: UseCases;
  readonly context: UseContext;
  readonly store: IncidentStore;
  /** Reads the records again: at the start, when folders or trust change. */
  refresh(): Promise<void>;
  /** True for the one window of the machine that may do `key`, once. */
  claim(key: string): Promise<boolean>;
  /** Takes a draft out of the list; its text is kept beside the others. */
  discardDraft(handle: IncidentHandle, update: string): Promise<void>;
  draftsOf(handle: IncidentHandle): Promise<readonly DraftMessage[]>;
  commitsOf(handle: IncidentHandle): Promise<readonly CommitSummary[] | undefined>;
  people(): Promise<readonly string[]>;
  readonly readRevision: ReadRevision;
  /** What lies between two commits; `from` undefined: what `to` itself changed. */
  changedPaths(
    repository: string,
    range: { readonly from?: string; readonly to: string },
    signal?: AbortSignal,
  ): Promise<{ readonly left: string | undefined; readonly right: string; readonly paths: readonly ChangedPath[] }>;
  configurationReports(): Promise<readonly ConfigurationReport[]>;
  /** The configuration file of a folder, made with comments where there is none. */
  configurationFile(folder: string): Promise<string>;
  /** Writes what is pending or lost of an incident's record, here or in another place. */
  rescue(handle: IncidentHandle, how: 'retry' | 'restore' | 'relocate'): Promise<void>;
  readonly drill: {
    /** Makes a drill under `directory` and starts its service. */
    start(directory: string, signal: AbortSignal): Promise<{ readonly directory: string }>;
    isRunning(folder: string): Promise<boolean>;
    /** Starts the service of a drill again after a restart of the machine. */
    stop(folder: string): Promise<boolean>;
    readonly briefing: { readonly title: string; readonly impact: string; readonly alertText: string };
  };
  /** Ends watching, and saves what makes the next start fast. */
  dispose(): Promise<void>;
}
