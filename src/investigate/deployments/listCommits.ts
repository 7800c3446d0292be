import { servicesWithout } from '../../changes/deployed/differingServices.ts';
import type { RunningRevision } from '../../changes/deployed/runningRevision.ts';
import type { Commit } from '../../changes/history/readsHistory.ts';
import { lateDeploys } from '../../changes/history/lateDeploys.ts';
import type { Arrival, WindowChanges } from '../../changes/history/windowChanges.ts';
import { definedFields } from '../../incident/definedFields.ts';
import type { ChangesSight } from '../window/changesSight.ts';
import { repositoryLabels } from '../window/repositoryLabels.ts';
import type { ListedRepository } from './listedChanges.ts';
import type { ListedCommit } from './listedCommit.ts';

type SeenSight = Extract<ChangesSight, { kind: 'seen' }>;

/** What check 1 lists of what it saw, in the same order. */
export function listRepositories(sights: readonly SeenSight[]): readonly ListedRepository[] {
  const labels = repositoryLabels(sights.map(({ changes }) => changes.repository));
  return sights.map((sight) => listRepository(sight, labels.get(sight.changes.repository) ?? ''));
}

function listRepository({ window, changes }: SeenSight, name: string): ListedRepository {
  const { ref, running, base, head, groups, pending, isShallow, isCut, isPartial = false } = changes;
  const { from, minutes, origin, after } = window;
  const late = lateDeploys(changes, window);
  return {
    name,
    ref: { ref: ref.ref, name: ref.name, kind: ref.kind, hasRemote: ref.hasRemote, fetched: ref.fetched },
    window: { from, minutes, origin, ...definedFields({ after }) },
    running: listRunning(running),
    ...definedFields({ base, head }),
    groups: groups.map(({ deploy, also, arrivals }) => ({
      ...definedFields({ deploy, also }),
      commits: arrivals.map((arrival) => listArrival(arrival, changes)),
    })),
    ...(late.length === 0 ? {} : { late }),
    pending: pending.map((arrival) => listArrival(arrival, changes)),
    isShallow,
    isPartial,
    isCut,
  };
}

function listRunning(running: RunningRevision): ListedRepository['running'] {
  if (running.kind === 'unknown') return { kind: 'unknown', reason: running.reason };
  const { from, commit, services } = running;
  const each = services?.map((one) => ({ service: one.service, from: one.from, commit: one.commit }));
  return { kind: 'known', from, commit, ...definedFields({ services: each }) };
}

/** A commit of the first-parent line as it is listed, with what it brought. */
export function listArrival(
  { commit, reachedAt, brought, isCut, afterImpactStart }: Arrival,
  changes: Pick<WindowChanges, 'notes' | 'running'>,
): ListedCommit {
  const listed = listCommit({ ...commit, committedAt: reachedAt }, afterImpactStart, changes);
  if (brought.length === 0 && !isCut) return listed;
  return {
    ...listed,
    brought: brought.map((each) => listCommit(each, afterImpactStart, changes)),
    ...(isCut ? { isCut } : {}),
  };
}

function listCommit(
  { id, subject, author, authoredAt, committedAt, files, unseen }: Commit,
  afterImpactStart: boolean,
  { notes, running }: Pick<WindowChanges, 'notes' | 'running'>,
): ListedCommit {
  let additions = 0;
  let deletions = 0;
  let isCounted = false;
  for (const file of files) {
    if (file.additions === undefined || file.deletions === undefined) continue;
    additions += file.additions;
    deletions += file.deletions;
    isCounted = true;
  }
  const notIn = servicesWithout(running, [id]);
  const { marks = [], services = [], reverts, revertedBy } = notes?.get(id) ?? {};
  return {
    ...{ id, subject, author, committedAt },
    ...(authoredAt === committedAt ? {} : { authoredAt }),
    files: files.length,
    ...(isCounted ? { additions, deletions } : {}),
    afterImpactStart,
    ...(marks.length === 0 ? {} : { marks }),
    ...(services.length === 0 ? {} : { services }),
    ...(notIn.length === 0 ? {} : { notIn }),
    ...definedFields({ reverts, revertedBy, unseen }),
  };
}
