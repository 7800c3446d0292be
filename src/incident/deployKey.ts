import type { EventData } from './events.ts';
import type { IsoTime } from './isoTime.ts';

/**
 * Equal for two observations of one deploy. Several releases can be tagged on one commit at one time, so the name of a tag
 * counts; that of a rollout does not, because it holds a number that changes afterwards.
 */
export function deployKey({
  source,
  service,
  commit,
  name,
  at,
}: EventData['deploy.observed'] & { readonly at: IsoTime }): string {
  return JSON.stringify([source, service ?? '', commit, at, source === 'tag' ? name : '']);
}
