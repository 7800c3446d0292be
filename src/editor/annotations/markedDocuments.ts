import * as vscode from 'vscode';
import type { ChangedRun } from '../../changes/lines/changedLines.ts';
import { changedRuns } from '../../changes/lines/changedLines.ts';
import type { CommitId } from '../../changes/history/readsHistory.ts';
import type { ChangedPlace } from '../../changes/lines/changedPlaces.ts';
import type { Mark } from '../../changes/lines/placeMarks.ts';
import { placeMarks } from '../../changes/lines/placeMarks.ts';
import type { FileLines } from '../../changes/lines/readsLines.ts';
import { revisionScheme } from '../../contributions.ts';
import { isIncidentError, messageOf } from '../../incident/incidentError.ts';
import { parseRevision } from '../documents/revisionFiles.ts';
import type { EditorServices } from '../editorServices.ts';
import type { MarkDecorations } from './markDecorations.ts';
import type { MarkedRepository } from './markedRepository.ts';
import { pathIn } from './markedRepository.ts';

/** A file that changed, and between which commits. */
export interface FoundPlace {
  readonly repository: MarkedRepository;
  readonly place: ChangedPlace;
  readonly from: CommitId | undefined;
  readonly to: CommitId;
  /** It is on the deploy branch and does not run. */
  readonly isPending: boolean;
}

/** A mark, and what it comes from. */
export interface DocumentMark {
  readonly mark: Mark;
  readonly found: FoundPlace;
  readonly commits: Extract<FileLines, { kind: 'lines' }>['commits'];
}

/** What is marked in an open document, from top to bottom. */
export type DocumentMarks = readonly DocumentMark[];

/** Keeps the marks of visible editors in step with what is in them. */
export interface MarkedDocuments {
  /** Between what ran before the window and what runs, then between that and what is pending. */
  find(uri: vscode.Uri): readonly FoundPlace[];
  /** Undefined where nothing is marked, or not yet. */
  of(uri: vscode.Uri): DocumentMarks | undefined;
  dispose(): void;
}

/** Typing is over after so long. */
const settledAfterMs = 150;
/** Longer documents are not compared. */
const mostLines = 20_000;

interface LoadedFile {
  readonly lines: Extract<FileLines, { kind: 'lines' }>;
  readonly runs: readonly ChangedRun[];
}

interface Loading {
  readonly file: Promise<LoadedFile | undefined>;
  readonly abort: AbortController;
  isDone: boolean;
}

export function createMarkedDocuments(
  repositories: readonly MarkedRepository[],
  decorations: MarkDecorations,
  { services, log }: { readonly services: Pick<EditorServices, 'fileLines'>; readonly log: vscode.LogOutputChannel },
): MarkedDocuments {
  const shown = new Map<string, DocumentMarks>();
  const files = new Map<string, Loading>();
  const timers = new Map<string, NodeJS.Timeout>();
  let ended = false;

  const load = (found: FoundPlace): Loading => {
    const key = keyOf(found);
    const known = files.get(key);
    if (known !== undefined) return known;
    const abort = new AbortController();
    const file = readFile(services, found, abort.signal, log).then((result) => {
      loading.isDone = true;
      if (result === undefined && files.get(key) === loading) files.delete(key);
      return result;
    });
    const loading: Loading = { abort, file, isDone: false };
    files.set(key, loading);
    return loading;
  };
  const look = async (document: vscode.TextDocument): Promise<void> => {
    const places = findPlaces(repositories, document.uri);
    if (places.length === 0) return;
    const loaded = await Promise.all(places.map(async (found) => ({ found, file: await load(found).file })));
    if (ended || document.isClosed) return;
    const marks = marksOf(document, loaded);
    shown.set(document.uri.toString(), marks);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) decorations.draw(editor, marks);
    }
  };
  const lookAtAll = (editors: readonly vscode.TextEditor[]): void => {
    const needed = new Set<string>();
    for (const { document } of editors) {
      for (const found of findPlaces(repositories, document.uri)) needed.add(keyOf(found));
      void look(document);
    }
    for (const [key, { abort, isDone }] of files) {
      if (isDone || needed.has(key)) continue;
      files.delete(key);
      abort.abort();
    }
  };
  const lookSoon = (document: vscode.TextDocument): void => {
    const uri = document.uri.toString();
    if (!shown.has(uri)) return;
    clearTimeout(timers.get(uri));
    const timer = setTimeout(() => {
      timers.delete(uri);
      void look(document);
    }, settledAfterMs);
    timers.set(uri, timer);
  };

  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(lookAtAll),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) lookSoon(document);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      shown.delete(uri.toString());
    }),
  );
  lookAtAll(vscode.window.visibleTextEditors);
  return {
    find: (uri) => findPlaces(repositories, uri),
    of: (uri) => shown.get(uri.toString()),
    dispose: () => {
      ended = true;
      subscriptions.dispose();
      for (const timer of timers.values()) clearTimeout(timer);
      for (const { abort } of files.values()) abort.abort();
    },
  };
}

/** A line that changed in what runs, and alike in what is pending, is one that runs. */
function marksOf(
  document: vscode.TextDocument,
  loaded: readonly { readonly found: FoundPlace; readonly file: LoadedFile | undefined }[],
): DocumentMarks {
  if (document.lineCount > mostLines) return [];
  const text = linesOf(document);
  const marks: DocumentMark[] = [];
  for (const { found, file } of loaded) {
    if (file === undefined) continue;
    const { lines, commits } = file.lines;
    const placed = placeMarks(lines, file.runs, text).filter(
      ({ start, end }) => !marks.some(({ mark }) => mark.start <= end && start <= mark.end),
    );
    marks.push(...placed.map((mark) => ({ mark, found, commits })));
  }
  return marks.toSorted((one, other) => one.mark.start - other.mark.start);
}

/** What differs in a file; undefined where it cannot be told, which the log explains. */
async function readFile(
  services: Pick<EditorServices, 'fileLines'>,
  { repository: { changes, ignored }, place: { path, fromPath }, from, to }: FoundPlace,
  signal: AbortSignal,
  log: vscode.LogOutputChannel,
): Promise<LoadedFile | undefined> {
  try {
    const lines = await services.fileLines(changes.repository, { to, path, from, fromPath, ignored }, signal);
    if (lines.kind === 'lines') return { lines, runs: changedRuns(lines, ignored.length > 0) };
    log.info(`No changed lines are marked: ${lines.reason}`);
    return { lines: { kind: 'lines', lines: [], hunks: [], origins: [], commits: new Map() }, runs: [] };
  } catch (error) {
    if (!isIncidentError(error, 'cancelled'))
      log.warn(`The changed lines of ${path} could not be read: ${messageOf(error)}`);
    return undefined;
  }
}

function findPlaces(repositories: readonly MarkedRepository[], uri: vscode.Uri): readonly FoundPlace[] {
  return repositories.flatMap((repository): FoundPlace[] => {
    const path = pathOf(repository, uri);
    if (path === undefined) return [];
    const { changes, pending } = repository;
    const running = repository.places.get(path);
    const later = pending?.places.get(path);
    return [
      ...(running === undefined
        ? []
        : [{ repository, place: running, from: changes.base, to: changes.head, isPending: false }]),
      ...(later === undefined || pending === undefined
        ? []
        : [{ repository, place: later, from: changes.head, to: pending.tip, isPending: true }]),
    ];
  });
}

/** Of the versions that run and that wait a diff shows marks too, and of no other: there they would be on what only looks alike. */
function pathOf({ changes, pending, roots }: MarkedRepository, uri: vscode.Uri): string | undefined {
  if (uri.scheme === 'file') return pathIn({ roots }, uri.fsPath);
  if (uri.scheme !== revisionScheme) return undefined;
  const shown = parseRevision(uri);
  if (shown?.repository !== changes.repository) return undefined;
  return shown.revision === changes.head || shown.revision === pending?.tip ? shown.path : undefined;
}

function keyOf({ repository, place, to }: FoundPlace): string {
  return [repository.changes.repository, to, place.path].join('\0');
}

/** Without the empty line behind the last line end. */
function linesOf(document: vscode.TextDocument): readonly string[] {
  const lines = document.getText().split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
