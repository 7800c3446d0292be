import * as vscode from 'vscode';
import type { IncidentId } from '../../incident/ids.ts';
import { isIncidentError, messageOf } from '../../incident/incidentError.ts';
import type { ChangesSight } from '../../investigate/window/changesSight.ts';
import type { EditorServices } from '../editorServices.ts';
import { setContext } from '../platform/contextKeys.ts';
import { readSetting } from '../platform/settings.ts';
import type { RowContext } from '../rows/rowContext.ts';
import { createChangeBadges } from './changeBadges.ts';
import type { MarkDecorations } from './markDecorations.ts';
import { createMarkDecorations } from './markDecorations.ts';
import type { DocumentMarks, MarkedDocuments } from './markedDocuments.ts';
import { createMarkedDocuments } from './markedDocuments.ts';
import type { MarkedRepository } from './markedRepository.ts';
import { filesAt, readMarkedRepository } from './markedRepository.ts';
import { createMarkHover } from './markHover.ts';

/** What changed in the window of the active incident, shown where the code is. */
export interface ChangeMarks {
  /** Looks, in a moment, whether what is shown still fits incidents, setting and repositories. */
  update(): void;
  /** The incident whose changes are shown; undefined while none are. */
  incident(): IncidentId | undefined;
  /** What is marked in a document; undefined where nothing is looked for. */
  of(uri: vscode.Uri): DocumentMarks | undefined;
  /** How many files are badged. */
  files(): number;
  dispose(): void;
}

interface MarksNeeds {
  readonly services: EditorServices;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  contexts(): readonly RowContext[];
  focused(): IncidentId | undefined;
}

/** Everything that is there only while marks are shown. */
interface Shown {
  readonly incident: IncidentId;
  /** What it was made from: the services give the same again as long as nothing differs. */
  readonly sights: readonly ChangesSight[];
  readonly decorations: MarkDecorations;
  readonly documents: MarkedDocuments;
  readonly repositories: readonly MarkedRepository[];
  readonly subscriptions: vscode.Disposable;
}

/** Changes come in bursts, and what a person waits for goes first. */
const settledAfterMs = 200;

export function createChangeMarks(needs: MarksNeeds): ChangeMarks {
  const { services, log } = needs;
  let shown: Shown | undefined;
  let reading = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const clear = (): void => {
    setContext('mayday:marks', false);
    shown?.subscriptions.dispose();
    shown?.documents.dispose();
    shown?.decorations.dispose();
    shown = undefined;
  };
  const look = async (): Promise<void> => {
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    const incident = wantedIncident(needs);
    if (incident === undefined) {
      clear();
      return;
    }
    const sights = await services.changesOf(await services.store.open(incident), signal);
    if (reading.signal !== signal || (shown?.incident === incident && shown.sights === sights)) return;
    const repositories = await readRepositories(services, sights, signal, log);
    if (reading.signal !== signal) return;
    clear();
    shown = show({ incident, sights, repositories }, needs);
  };
  const update = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      look().catch((error: unknown) => {
        if (isIncidentError(error, 'cancelled')) return;
        log.warn(`What changed could not be marked: ${messageOf(error)}`);
      });
    }, settledAfterMs);
  };
  // Whoever comes back may have fetched in a terminal.
  const returned = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused && shown !== undefined) update();
  });

  return {
    update,
    incident: () => shown?.incident,
    of: (uri) => shown?.documents.of(uri),
    files: () => shown?.repositories.reduce((sum, { files }) => sum + files, 0) ?? 0,
    dispose: () => {
      clearTimeout(timer);
      reading.abort();
      reading = new AbortController();
      returned.dispose();
      clear();
    },
  };
}

/** The incident this window looks at if its course is open, else the newest one of this window that is. */
function wantedIncident({ contexts, focused }: MarksNeeds): IncidentId | undefined {
  if (!vscode.workspace.isTrusted || !readSetting('mayday.changeMarks')) return undefined;
  const active = contexts().filter(({ state }) => state.status !== 'resolved' && state.status !== 'closed');
  const newest = active
    .filter(({ elsewhere }) => elsewhere === undefined)
    .sort((one, other) => ((one.state.declared?.at ?? '') < (other.state.declared?.at ?? '') ? 1 : -1))[0];
  return (active.find(({ id }) => id === focused()) ?? newest)?.id;
}

async function readRepositories(
  services: EditorServices,
  sights: readonly ChangesSight[],
  signal: AbortSignal,
  log: vscode.LogOutputChannel,
): Promise<readonly MarkedRepository[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const open = folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  const read = await Promise.all(
    sights.map(async (sight) => {
      const where = sight.folder ?? 'this window';
      try {
        const result = sight.kind === 'none' ? sight.reason : await readMarkedRepository(services, sight, open, signal);
        if (typeof result !== 'string') return result;
        log.info(`Nothing is marked in ${where}: ${result}`);
      } catch (error) {
        if (isIncidentError(error, 'cancelled')) return undefined;
        log.warn(`Nothing is marked in ${where}: ${messageOf(error)}`);
      }
      return undefined;
    }),
  );
  return read.filter((repository) => repository !== undefined);
}

/** Where there is nothing to mark, nothing is drawn, and the same is not read again. */
function show(
  { incident, sights, repositories }: Pick<Shown, 'incident' | 'sights' | 'repositories'>,
  needs: MarksNeeds,
): Shown {
  const { services, log, extensionUri } = needs;
  const now = () => services.context.host.clock.now();
  const decorations = createMarkDecorations(extensionUri);
  const documents = createMarkedDocuments(repositories, decorations, { services, log });
  const subscriptions = vscode.Disposable.from(
    createChangeBadges(
      repositories.flatMap(filesOn),
      (uri) => (uri.scheme === 'file' ? documents.find(uri)[0] : undefined),
      now,
    ),
    createMarkHover(incident, documents.of, now),
  );
  setContext(
    'mayday:marks',
    repositories.some(({ files, pending }) => files > 0 || pending !== undefined),
  );
  return { incident, sights, decorations, documents, repositories, subscriptions };
}

/** Where the changed files are on disk. */
function filesOn(repository: MarkedRepository): readonly vscode.Uri[] {
  const places = [...repository.places.values(), ...(repository.pending?.places.values() ?? [])];
  const files = places.flatMap(({ path }) => filesAt(repository, path));
  return [...new Set(files)].map((file) => vscode.Uri.file(file));
}
