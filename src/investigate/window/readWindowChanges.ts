import type { ServiceConfiguration, ChangesConfiguration } from '../../config/serviceConfiguration.ts';
import { configurationFormats } from '../../changes/configuration/configurationFormats.ts';
import { arrivalsOf } from '../../changes/history/arrivals.ts';
import { commitNotes } from '../../changes/history/commitNotes.ts';
import type { PlacedDeploy } from '../../changes/history/deployGroups.ts';
import { deployGroups } from '../../changes/history/deployGroups.ts';
import { formattingCandidates } from '../../changes/history/formattingCandidates.ts';
import { linePosition } from '../../changes/history/linePosition.ts';
import { pathKinds } from '../../changes/history/pathKind.ts';
import type {
  Commit,
  CommitId,
  HistoryStart,
  ReadsHistory,
  WindowHistory,
} from '../../changes/history/readsHistory.ts';
import { tagDeploys } from '../../changes/history/releaseTags.ts';
import { revertsIn } from '../../changes/history/reverts.ts';
import { servicesOfPath } from '../../changes/history/servicesOfPath.ts';
import type { Deploy, WindowChanges } from '../../changes/history/windowChanges.ts';
import type { RunningRevision } from '../../changes/deployed/runningRevision.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { ChangesSight } from './changesSight.ts';
import type { ChangeWindow, WindowChoice } from './changeWindow.ts';
import { windowAfter } from './changeWindow.ts';
import { chooseStart } from './chooseStart.ts';
import { runningPosition } from './runningPosition.ts';

/** What reading needs of the outside. */
export interface WindowChangesTools {
  readonly history: ReadsHistory;
}

export interface WindowChangesRequest {
  readonly folder: string;
  readonly window: ChangeWindow;
  /** What the window begins with where that is no time. */
  readonly choice?: WindowChoice | undefined;
  readonly services: readonly ServiceConfiguration[];
  readonly changes: ChangesConfiguration;
  readonly running: RunningRevision;
  /** What other sources than the repository told of deploys. */
  readonly deploys?: readonly Deploy[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * What is different in production within a window, as the repository of a folder tells it. That git is missing, or the
 * folder in no repository, is a sight too: its reason says so. Throws IncidentError `cancelled` only.
 */
export async function readWindowChanges(
  tools: WindowChangesTools,
  request: WindowChangesRequest,
): Promise<ChangesSight> {
  try {
    return await read(tools, request);
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return { kind: 'none', folder: request.folder, reason: [error.message, error.hint].filter(Boolean).join(' ') };
  }
}

async function read({ history }: WindowChangesTools, request: WindowChangesRequest): Promise<ChangesSight> {
  const { folder, services, changes, deploys = [], signal } = request;
  const after = await chooseStart(history, request);
  const start: HistoryStart =
    after === undefined
      ? { kind: 'time', since: request.window.from, now: request.window.to }
      : { kind: 'commit', after: after.commit };
  const seen = await history.windowHistory(folder, { start, branch: changes.branch, signal });
  const window = after === undefined ? request.window : windowAfter(request.window, after, seen.line.at(-1)?.reachedAt);
  const all = [...deploys, ...tagDeploys(seen, services)].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const arrivals = arrivalsOf(seen, window.origin.kind === 'impactStart' ? window.origin.at : undefined);
  const { running, position } = await runningPosition(request.running, arrivals, (commit) =>
    positionOf(history, folder, seen, commit, signal),
  );
  const [placed, formatting] = await Promise.all([
    placeDeploys(history, folder, seen, all, signal),
    formattingIn(history, folder, seen, signal),
  ]);
  // Nothing of the window runs: what runs is what was there before.
  const isOlder = running.kind === 'known' && position >= seen.line.length;
  const notes = await commitNotes(seen.commits, {
    reverts: revertsIn(seen.commits),
    formatting,
    kindOf: pathKinds(configurationFormats(changes)),
    servicesOf: servicesOfPath(services),
  });
  const result: WindowChanges = {
    repository: seen.repository,
    commonDirectory: seen.commonDirectory,
    ref: seen.ref,
    running,
    base: isOlder ? running.commit : seen.base,
    head: running.kind === 'known' ? running.commit : seen.ref.commit,
    groups: deployGroups(
      arrivals.slice(position),
      // A release that holds more than what runs did not put this out.
      placed.flatMap((each) => (each.position < position ? [] : [{ ...each, position: each.position - position }])),
    ),
    pending: arrivals.slice(0, position),
    isShallow: seen.isShallow,
    isCut: seen.isCut,
    isPartial: seen.isPartial,
    notes,
    deploys: all,
  };
  return { kind: 'seen', folder, window, changes: result };
}

/** As `linePosition`, also of revisions that are older than the window or on another branch. Undefined: not in this clone. */
async function positionOf(
  history: ReadsHistory,
  folder: string,
  { line, commits, ref }: WindowHistory,
  revision: CommitId,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const known = new Map<CommitId, Commit>(commits.map((commit) => [commit.id, commit]));
  const position = linePosition(revision, line, known);
  if (position !== undefined || ref.commit === undefined) return position;
  if (revision === ref.commit) return 0;
  const fork = await history.mergeBase(folder, revision, ref.commit, signal);
  if (fork !== undefined) return linePosition(fork, line, known) ?? line.length;
  // Histories that have nothing in common, or a commit that is not here.
  return (await history.commitOf(folder, revision, signal)) === undefined ? undefined : line.length;
}

/** Deploys that put out something of the window. One whose commit is not here puts out nothing that could be told. */
async function placeDeploys(
  history: ReadsHistory,
  folder: string,
  seen: WindowHistory,
  deploys: readonly Deploy[],
  signal: AbortSignal | undefined,
): Promise<readonly PlacedDeploy[]> {
  const oldest = seen.line.at(-1)?.reachedAt;
  const placed = await Promise.all(
    deploys
      // What was deployed before anything of the window was there cannot hold any of it.
      .filter(({ at }) => oldest !== undefined && at >= oldest)
      .map(async (deploy) => ({ deploy, position: await positionOf(history, folder, seen, deploy.commit, signal) })),
  );
  return placed.flatMap(({ deploy, position }) => (position === undefined ? [] : [{ deploy, position }]));
}

async function formattingIn(
  history: ReadsHistory,
  folder: string,
  { commits, ignored }: WindowHistory,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<CommitId>> {
  const candidates = formattingCandidates(commits.filter(({ id }) => !ignored.has(id)));
  const found = await history.whitespaceOnly(folder, candidates, signal);
  return new Set([...ignored, ...found]);
}
