import type * as vscode from 'vscode';
import type { IncidentId } from '../incident/ids.ts';
import type { IncidentHandle, IncidentStore } from '../incident/incidentStore.ts';
import type { UseContext } from '../incident/useCase.ts';
import type { UpdateKind } from '../incident/words.ts';
import type { RecordDocument } from './documents/recordDocuments.ts';
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

  /** The change window a person chose, as an argument of `investigate`. */
  windowOf(incident: IncidentId): { readonly windowMinutes?: number };
  setWindow(incident: IncidentId, minutes: number): void;
  /** What check 1 listed last; undefined until it ran. */
  commitsOf(incident: IncidentId): readonly CommitSummary[] | undefined;
  openCommit(incident: IncidentId, commit: string, repository: string | undefined): Promise<void>;
  openChangeWindow(incident: IncidentId): Promise<void>;

  /** The path of mayday.yaml of a folder, made with comments where there is none. */
  configurationFile(folder: string): Promise<string>;
  /** Offers to write what a full disk or a deleted folder kept from the record. */
  rescue(incident: IncidentId): Promise<void>;
  /** Makes a drill (in the extension's storage unless a folder is given) and starts its service. */
  startDrill(folder?: string): Promise<{ readonly directory: string }>;
  stopDrill(): Promise<{ readonly stopped: boolean }>;
  /** What pages a person in a drill. */
  readonly alertText: string;
}
