import type * as vscode from 'vscode';
import type { IncidentId } from '../incident/ids.ts';
import type { IncidentHandle, IncidentStore } from '../incident/incidentStore.ts';
import type { UseContext } from '../incident/useCase.ts';
import type { UpdateKind } from '../incident/words.ts';
import type { ChangeMarks } from './annotations/changeMarks.ts';
import type { RecordDocument } from './documents/recordDocuments.ts';
import type { ContinuousChecks } from '../investigate/continuousChecks.ts';
import type { PlacedChanges } from '../investigate/window/placeRepositories.ts';
import type { AlertServices } from '../respond/alerts/alertServices.ts';
import type { AlertsView } from './views/alertsView.ts';
import type { EditorServices } from './editorServices.ts';
import type { CommitSummary } from './rows/commitSummary.ts';
import type { RowContext } from './rows/rowContext.ts';
import type { ArgsOf, ResultOf, UseCaseName } from './useCases.ts';

/** A message that waits to be posted. */
export interface DraftMessage {
  readonly incident: IncidentId;
  readonly title: string;
  readonly update: string;
  readonly kind: UpdateKind;
  readonly path: string;
}

/** The workspace folder something is about. */
export type PickedFolder =
  { readonly kind: 'picked'; readonly folder: string | undefined } | { readonly kind: 'cancelled' };

/** Where a person wants the change window to begin, as `investigate` takes it. */
export type WindowWish = Pick<ArgsOf<'investigate'>, 'windowMinutes' | 'since'>;

/** What gestures do things with: the use cases, the record, and the editor. */
export interface App {
  readonly store: IncidentStore;
  readonly context: UseContext;
  readonly log: vscode.LogOutputChannel;
  run<N extends UseCaseName>(name: N, args: ArgsOf<N>, signal?: AbortSignal): Promise<ResultOf<N>>;
  /** The incident this window looked at last. */
  focused(): IncidentId | undefined;
  /** People to suggest, `Name <mail>`: of mayday.yaml, of git, of earlier incidents. */
  people(): Promise<readonly string[]>;
  /** Asks for the workspace folder where there are several; undefined where there is none. */
  pickFolder(): Promise<PickedFolder>;
  /** Shows an incident, or one of its rows, in the tree. */
  reveal(incident: IncidentId, row?: string): Promise<void>;
  withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  openFile(path: string, options?: { readonly preview?: boolean }): Promise<void>;
  /** Opens the timeline, or a message as it was sent: read-only, drawn again when the record changes. */
  openRecord(shown: RecordDocument): Promise<vscode.TextEditor>;
  exists(path: string): Promise<boolean>;
  readText(path: string): Promise<string>;
  /** A document of an incident, by the path that the record has; undefined when it is not there any more. */
  documentFile(handle: IncidentHandle, document: string): Promise<string | undefined>;
  /** The open incidents as their rows see them. */
  rowContexts(): readonly RowContext[];
  /** Reads everything again. */
  refresh(): Promise<void>;

  drafts(): Promise<readonly DraftMessage[]>;
  openDraft(path: string, problem?: string): Promise<void>;
  /** The draft as it stands in its editor, saved or not. */
  draftText(path: string): Promise<string>;
  closeDraft(path: string): Promise<void>;
  /** Puts a draft away: it is not listed any more, and its file is kept beside the others. */
  discardDraft(draft: Pick<DraftMessage, 'incident' | 'update' | 'path'>): Promise<void>;

  /** What check 1 listed last; undefined until it ran. */
  commitsOf(incident: IncidentId): readonly CommitSummary[] | undefined;
  /** What the checks kept of numbers over time, and what happened meanwhile. */
  readonly chartsOf: EditorServices['chartsOf'];
  readonly targetsOf: EditorServices['targetsOf'];
  /** Shows the charts of an incident, and of it those of a check. */
  openCharts(incident: IncidentId, check?: string): Promise<void>;
  openCommit(incident: IncidentId, commit: string, repository: string | undefined): Promise<void>;
  openChangeWindow(incident: IncidentId): Promise<void>;
  /** Opens what lies between two commits of a repository. */
  openChangeGroup(
    title: string,
    range: { readonly repository: string; readonly from?: string; readonly to: string },
  ): Promise<void>;
  /** What check 1 listed last, by repository; undefined until it ran. */
  changesOf(incident: IncidentId): PlacedChanges | undefined;
  readonly fetches: EditorServices['fetches'];
  /** Whose signals this window looks at again and again. */
  readonly watching: Pick<ContinuousChecks, 'isWatching' | 'toggle'>;
  /** What is marked in editors. */
  readonly changeMarks: Pick<ChangeMarks, 'incident' | 'of' | 'files'>;

  /** The path of mayday.yaml of a folder, made with comments where there is none. */
  configurationFile(folder: string): Promise<string>;
  /**
   * Asks about the addresses of mayday.yaml that nobody confirmed in this workspace yet, in one question. Those that the person
   * said no to are asked about again only with `anew`.
   */
  confirmAddresses(options?: {
    readonly anew?: boolean;
  }): Promise<{ readonly confirmed: number; readonly left: number }>;
  /** The secrets that mayday.yaml refers to. */
  secretNames(): Promise<readonly string[]>;
  /** Keeps a secret on this machine; an empty one is forgotten. */
  keepSecret(name: string, value: string): Promise<void>;
  /** Offers to write what a full disk or a deleted folder kept from the record. */
  rescue(incident: IncidentId): Promise<void>;
  /** Makes a drill (in the extension's storage unless a folder is given) and starts its service. */
  startDrill(folder?: string): Promise<{ readonly directory: string }>;
  stopDrill(): Promise<{ readonly stopped: boolean }>;
  /** What fires: see AlertServices and AlertsView. */
  readonly alerts: Pick<AlertServices, 'find' | 'proposalOf' | 'runbookFile'> & Pick<AlertsView, 'refresh'>;
  /** What pages a person in a drill. */
  readonly alertText: string;
}
