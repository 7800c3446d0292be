import type { DeployRef, Fetched } from '../../changes/history/readsHistory.ts';
import type { WindowChanges } from '../../changes/history/windowChanges.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../../incident/isoTime.ts';
import { ageText } from './windowWords.ts';

/** A remote seen longer ago than that may have moved on: nothing is *ok* on such a sight. */
const freshMs = 15 * minuteMs;

/** Why the sight of a repository is not whole and fresh; each the rest of "but …". Empty: it is. */
export function doubtsOf(
  { ref, isShallow, isCut }: Pick<WindowChanges, 'ref' | 'isShallow' | 'isCut'>,
  now: IsoTime,
): readonly string[] {
  return [
    ...fetchDoubts(ref, now),
    ...(isShallow ? ['this is a shallow clone, so older commits are missing'] : []),
    ...(isCut ? ['there are more commits than were looked through'] : []),
  ];
}

/** True when a fetch would tell more: the branch was seen too long ago, or nobody knows when. */
export function isStale(
  { kind, hasRemote, fetched }: Pick<DeployRef, 'kind' | 'hasRemote' | 'fetched'>,
  now: IsoTime,
): boolean {
  if (kind === 'local') return hasRemote;
  return fetched.kind === 'unknown' || epochMsOf(now) - epochMsOf(fetched.at) > freshMs;
}

/** The doubts in a sentence, else when the branch was last seen; empty for what has no remote. */
export function sightText({ kind, fetched }: DeployRef, now: IsoTime, doubts: readonly string[]): readonly string[] {
  if (doubts.length > 0) return [`But ${doubts.join('; and ')}.`];
  if (kind === 'local' || fetched.kind === 'unknown') return [];
  const text = lastSeen(fetched, now);
  return [`${text.charAt(0).toUpperCase()}${text.slice(1)}.`];
}

/** `last fetched 3 min ago`, `cloned 2 h ago`. */
export function lastSeen({ at, by }: Extract<Fetched, { kind: 'known' }>, now: IsoTime): string {
  const how = { fetch: 'last fetched', push: 'last seen by a push', clone: 'cloned' }[by];
  return `${how} ${ageText(at, now)}`;
}

function fetchDoubts({ kind, hasRemote, name, fetched }: DeployRef, now: IsoTime): string[] {
  if (kind === 'local') {
    const why = hasRemote ? 'no branch of the remote was ever fetched' : 'there is no remote';
    return [`${why}, so only ${name} of this clone can be seen`];
  }
  if (fetched.kind === 'unknown') return [`when ${name} was last fetched is unknown: ${fetched.reason}`];
  const ageMs = epochMsOf(now) - epochMsOf(fetched.at);
  if (ageMs > freshMs) return [`${name} was ${lastSeen(fetched, now)}, so newer ones may be missing`];
  return ageMs < -minuteMs ? [`${name} was fetched in the future, so one of the clocks is wrong`] : [];
}
