import type { CommitId, ReadsHistory } from '../../changes/history/readsHistory.ts';
import { releases } from '../../changes/history/releaseTags.ts';
import type { Deploy } from '../../changes/history/windowChanges.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { isSafeRevision } from '../../safety/argumentPatterns.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { ChangeWindow } from './changeWindow.ts';
import type { WindowChangesRequest } from './readWindowChanges.ts';

/** So many tags back are deploys looked for. */
const mostTags = 50;

/**
 * The revision that a window begins after; undefined when it begins at a moment. Throws IncidentError `notFound` when
 * nothing tells of the deploys that were asked for, or the revision is not in this clone.
 */
export async function chooseStart(
  history: ReadsHistory,
  request: WindowChangesRequest,
): Promise<ChangeWindow['after']> {
  const { choice, folder, signal } = request;
  if (choice === undefined || choice.kind === 'minutes') return undefined;
  if (choice.kind === 'commit') {
    const name = plainLine(choice.commit, 80);
    const commit = isSafeRevision(choice.commit) ? await history.commitOf(folder, choice.commit, signal) : undefined;
    if (commit !== undefined) return { commit, name: /^[0-9a-f]{9,}$/.test(name) ? name.slice(0, 8) : name };
    throw new IncidentError('notFound', `This clone has no commit ${name} that the window could begin after.`, {
      hint: 'It may not have been fetched yet.',
    });
  }
  const deploys = await knownDeploys(history, request);
  const before =
    choice.kind === 'lastDeploy' ? await beforeLast(history, deploys, request) : beforeImpact(deploys, request);
  if (before !== undefined) return { commit: before.commit, name: plainLine(before.name, 80) };
  throw new IncidentError(
    'notFound',
    'No source tells of two deploys, so there is none that the window could begin with.',
    {
      hint: 'Tag releases, or describe in mayday.yaml where deploys are recorded. A window of time needs neither.',
    },
  );
}

/** Newest first. */
async function knownDeploys(
  history: ReadsHistory,
  { folder, services, deploys = [], signal }: WindowChangesRequest,
): Promise<readonly Deploy[]> {
  const found = releases(await history.newestTags(folder, mostTags, signal), services);
  const tagged = found.map(({ tag }, index): Deploy => {
    // Sorted by git, whatever kind of tag; a lightweight one is as old as its place among the others.
    const at = tag.taggedAt ?? found.slice(index).find((older) => older.tag.taggedAt !== undefined)?.tag.taggedAt;
    return { commit: tag.commit, at: at ?? '1970-01-01T00:00:00.000Z', name: tag.name, source: 'tag' };
  });
  return [...deploys, ...tagged].toSorted(newerFirst);
}

/** Of two made in the same second, as scripts do, the greater version is the newer. */
function newerFirst(a: Deploy, b: Deploy): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return b.name.localeCompare(a.name, 'en', { numeric: true });
}

/** What ran before the newest deploy, or before what runs. */
async function beforeLast(
  history: ReadsHistory,
  deploys: readonly Deploy[],
  { running, folder, signal }: WindowChangesRequest,
): Promise<Deploy | undefined> {
  if (running.kind === 'unknown') return before(deploys, deploys[0]?.commit);
  if (deploys.some(({ commit }) => commit === running.commit)) return before(deploys, running.commit);
  // No source tells of its deploy. A newer tag may wait on the branch: what ran before is part of what runs.
  for (const deploy of deploys.slice(0, mostTags)) {
    if ((await history.mergeBase(folder, deploy.commit, running.commit, signal)) === deploy.commit) return deploy;
  }
  return undefined;
}

/** What ran before that which ran when impact began. */
function beforeImpact(deploys: readonly Deploy[], { window }: WindowChangesRequest): Deploy | undefined {
  return before(deploys, liveAt(deploys, window.origin.at)?.commit);
}

function liveAt(deploys: readonly Deploy[], at: IsoTime): Deploy | undefined {
  return deploys.find((deploy) => deploy.at <= at);
}

function before(deploys: readonly Deploy[], commit: CommitId | undefined): Deploy | undefined {
  const index = deploys.findIndex((deploy) => deploy.commit === commit);
  return deploys.slice(index + 1).find((deploy) => deploy.commit !== commit);
}
