import type { IsoTime } from '../../incident/isoTime.ts';
import type { GithubDeployment } from './deployedSources.ts';

/** True when its latest word is success: GitHub makes a deployment `inactive` once a later one took its place. */
export function isRunning({ statuses }: GithubDeployment): boolean {
  return statuses[0]?.state === 'success';
}

/** When a deployment reached its environment: its first success. Undefined when it never did. */
export function succeededAt({ statuses }: GithubDeployment): IsoTime | undefined {
  return statuses.findLast(({ state }) => state === 'success')?.createdAt;
}
