import type { IsoTime } from '../../incident/isoTime.ts';
import type { Deploy, WindowChanges } from './windowChanges.ts';

/**
 * Deploys within a window that put out nothing of what is listed: commits from before the window, another branch, an older
 * revision again. Something changed in production all the same. Newest first, each revision once.
 */
export function lateDeploys(
  { deploys = [], groups, pending }: Pick<WindowChanges, 'deploys' | 'groups' | 'pending'>,
  window: { readonly from: IsoTime; readonly to: IsoTime },
): readonly Deploy[] {
  const shown = new Set(
    groups.flatMap(({ deploy, also = [] }) => [...(deploy === undefined ? [] : [deploy]), ...also]).map(keyOf),
  );
  const waiting = new Set(pending.flatMap(({ commit, brought }) => [commit, ...brought]).map(({ id }) => id));
  const late = deploys.filter(
    (deploy) =>
      deploy.at >= window.from && deploy.at <= window.to && !shown.has(keyOf(deploy)) && !waiting.has(deploy.commit),
  );
  return [...new Map(late.map((deploy) => [keyOf(deploy), deploy])).values()];
}

function keyOf({ commit, source, service = '' }: Deploy): string {
  return [commit, source, service].join(' ');
}
