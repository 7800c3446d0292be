import type { Arrival, Deploy, DeployGroup } from './windowChanges.ts';

/** A deploy and how much of the arrivals it put out: those from `position` (of the list, newest first) on. */
export interface PlacedDeploy {
  readonly deploy: Deploy;
  readonly position: number;
}

/**
 * Arrivals (newest first) by the deploy that put them out first. Those newer than every deploy form a group of their own
 * without one, because no source tells when they went out.
 */
export function deployGroups(arrivals: readonly Arrival[], placed: readonly PlacedDeploy[]): readonly DeployGroup[] {
  const within = placed.filter(({ position }) => position < arrivals.length);
  const positions = [...new Set(within.map(({ position }) => position))].sort((a, b) => a - b);
  const newest = arrivals.slice(0, positions[0] ?? arrivals.length);
  const groups = positions.map((position, index) => {
    const deploys = within
      .filter((candidate) => candidate.position === position)
      .map(({ deploy }) => deploy)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const [deploy, ...also] = deploys;
    const put = arrivals.slice(position, positions[index + 1] ?? arrivals.length);
    return { deploy, ...(also.length === 0 ? {} : { also }), arrivals: put };
  });
  return newest.length === 0 ? groups : [{ deploy: undefined, arrivals: newest }, ...groups];
}
