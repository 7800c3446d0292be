import { plainLine } from '../../safety/plainLine.ts';
import type { CommitId } from '../history/readsHistory.ts';
import type { RunningRevision, ServiceRevision } from './runningRevision.ts';

/** `api 1a2b3c4, web 9f8e7d6`; strangers' text made harmless for a line. */
export function revisionsText(all: readonly ServiceRevision[]): string {
  const each = all.map(({ service = '', running }) =>
    `${service} ${running.kind === 'known' ? running.commit.slice(0, 7) : 'unknown'}`.trim(),
  );
  return plainLine(each.join(', '), 300);
}

/** That services run different revisions, and which, in a sentence; empty where one revision is all that runs. */
export function differingText(running: RunningRevision): readonly string[] {
  if (running.kind === 'unknown' || running.services === undefined) return [];
  const each = running.services.map(({ service, commit }) => `${service} ${commit.slice(0, 7)}`);
  return [`Services run different revisions: ${plainLine(each.join(', '), 300)}.`];
}

/** Names of the services that run none or not all of these commits, where services run different revisions. */
export function servicesWithout(running: RunningRevision, commits: readonly CommitId[]): readonly string[] {
  if (running.kind === 'unknown' || running.services === undefined) return [];
  return running.services.flatMap(({ service, lacks }) => (commits.some((id) => lacks.has(id)) ? [service] : []));
}
