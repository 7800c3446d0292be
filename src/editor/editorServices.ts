import type { FileChange } from '../changes/history/readsHistory.ts';
import type { ReadsLines } from '../changes/lines/readsLines.ts';
import type { Diagnostic as ConfigurationDiagnostic } from '../config/diagnostic.ts';
import type { AlertServices } from '../respond/alerts/alertServices.ts';
import type { ChartMark } from '../documents/chartMark.ts';
import type { IncidentHandle, IncidentStore } from '../incident/incidentStore.ts';
import type { UseContext } from '../incident/useCase.ts';
import type { FetchesBranch } from '../changes/history/fetchesBranch.ts';
import type { CheckCharts } from '../investigate/charts/incidentCharts.ts';
import type { SignalTargets } from '../investigate/signalCheck.ts';
import type { ChangesSight } from '../investigate/window/changesSight.ts';
import type { PlacedChanges } from '../investigate/window/placeRepositories.ts';
import type { SignalEvidences } from '../investigate/signalReader.ts';
import type { DraftMessage } from './app.ts';
import type { PlacedDeployed } from './rows/runningRows.ts';
import type { ReadRevision } from './documents/revisionFiles.ts';
import type { ConfigurationSummary } from './rows/configurationSummary.ts';
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

/** The charts of an incident with the marks for them. */
export interface IncidentCharts {
  readonly checks: readonly CheckCharts[];
  readonly marks: readonly ChartMark[];
}

/** What services.ts gives the editor. */
export interface EditorServices {
  readonly useCases: UseCases;
  readonly context: UseContext;
  readonly alerts: AlertServices;
  readonly store: IncidentStore;
  /** Reads the records again: at the start, when folders or trust change. */
  refresh(): Promise<void>;
  /** True for the one window of the machine that may do `key`, once. */
  claim(key: string): Promise<boolean>;
  /** Takes a draft out of the list; its text is kept beside the others. */
  discardDraft(handle: IncidentHandle, update: string): Promise<void>;
  draftsOf(handle: IncidentHandle): Promise<readonly DraftMessage[]>;
  /**
   * What is different in production, one sight per repository of this window that belongs to the incident. Read once, and
   * again when refs, window, configuration or the incident's moments change.
   */
  changesOf(handle: IncidentHandle, signal?: AbortSignal): Promise<readonly ChangesSight[]>;
  /** What check 1 listed last; undefined until it ran. */
  listedOf(handle: IncidentHandle): Promise<PlacedChanges | undefined>;
  /** What check 2 listed last; undefined until it ran. */
  configurationListOf(handle: IncidentHandle): Promise<ConfigurationSummary | undefined>;
  /** What the checks of signals saw last; without those that did not run. */
  signalsOf(handle: IncidentHandle): Promise<SignalEvidences>;
  /** What the checks kept of numbers over time, and what happened meanwhile. */
  chartsOf(handle: IncidentHandle): Promise<IncidentCharts>;
  /** The services of an incident, and the other things of mayday.yaml that its signals are looked for at. */
  targetsOf(handle: IncidentHandle): Promise<SignalTargets>;
  /** Gets what is new on a branch; refused in Restricted Mode. */
  readonly fetches: FetchesBranch;
  people(): Promise<readonly string[]>;
  /** Which lines of a file differ between two commits, and which commits brought them. */
  readonly fileLines: ReadsLines['fileLines'];
  readonly readRevision: ReadRevision;
  /** All files that differ between two commits. */
  changedFiles(
    repository: string,
    range: { readonly from: string; readonly to: string },
    signal?: AbortSignal,
  ): Promise<readonly FileChange[]>;
  /** What lies between two commits; `from` undefined: what `to` itself changed. `count`: of all files, when not all are listed. */
  changedPaths(
    repository: string,
    range: { readonly from?: string; readonly to: string },
    signal?: AbortSignal,
  ): Promise<{
    readonly left: string | undefined;
    readonly right: string;
    readonly paths: readonly ChangedPath[];
    /** Paths of submodules that point elsewhere; they are among neither `paths` nor `count`. */
    readonly submodules: readonly string[];
    readonly count: number;
  }>;
  /** What was told last of what runs, by folder; nothing is asked. */
  deployedOf(handle: IncidentHandle): Promise<readonly PlacedDeployed[]>;
  /** See App. */
  confirmAddresses(options?: {
    readonly anew?: boolean;
  }): Promise<{ readonly confirmed: number; readonly left: number }>;
  /** The secrets that the configuration of this window's folders refers to. */
  secretNames(): Promise<readonly string[]>;
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
