import type { KubernetesDeployment } from '../../config/serviceConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { toIsoTime } from '../../incident/isoTime.ts';
import { listAt, textAt } from './jsonFields.ts';
import { kubernetesVersion } from './kubernetesVersion.ts';

/** A rollout as the ReplicaSets of a Deployment tell it. */
export interface Rollout {
  readonly revision: number;
  readonly at: IsoTime;
  /** Of the image or label; undefined when it tells none. */
  readonly version: string | undefined;
}

const revisionKey = 'deployment.kubernetes.io/revision';
/** The revisions that a ReplicaSet was before it was rolled back to: `1,3`. */
const historyKey = 'deployment.kubernetes.io/revision-history';

/**
 * The rollouts of a Deployment, newest first, out of the ReplicaSets of its namespace (apps/v1). A ReplicaSet is made with
 * the first rollout of its image: when it was rolled back to later, Kubernetes keeps that time for the newest one alone, in
 * the Deployment's condition `Progressing`.
 */
export function kubernetesRollouts(
  replicaSets: unknown,
  deployment: unknown,
  target: KubernetesDeployment,
): readonly Rollout[] {
  const own = listAt(replicaSets, 'items').filter((set) => isOwnedBy(set, target.deployment));
  const newest = Math.max(0, ...own.map(revisionOf));
  const rollouts = own.flatMap((set): Rollout[] => {
    const told = kubernetesVersion(set, target);
    const version = told.kind === 'told' ? told.version : undefined;
    const earlier = (textAt(set, 'metadata', 'annotations', historyKey) ?? '').split(',').map(Number).filter(Boolean);
    const first = earlier[0] ?? revisionOf(set);
    const rolledBackAt = earlier.length > 0 && revisionOf(set) === newest ? progressedAt(deployment) : undefined;
    return [
      ...rolloutAt(first, timeOf(textAt(set, 'metadata', 'creationTimestamp')), version),
      ...rolloutAt(newest, rolledBackAt, version),
    ];
  });
  return rollouts.sort((a, b) => b.revision - a.revision);
}

function rolloutAt(revision: number, at: IsoTime | undefined, version: string | undefined): Rollout[] {
  return at === undefined || revision <= 0 ? [] : [{ revision, at, version }];
}

function isOwnedBy(set: unknown, deployment: string): boolean {
  return listAt(set, 'metadata', 'ownerReferences').some(
    (owner) => textAt(owner, 'kind') === 'Deployment' && textAt(owner, 'name') === deployment,
  );
}

function revisionOf(set: unknown): number {
  const revision = Number(textAt(set, 'metadata', 'annotations', revisionKey));
  return Number.isSafeInteger(revision) ? revision : 0;
}

/** When the rollout that is in force was finished or last got on. */
function progressedAt(deployment: unknown): IsoTime | undefined {
  const condition = listAt(deployment, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Progressing');
  return timeOf(textAt(condition, 'lastUpdateTime'));
}

/** Kubernetes writes times without milliseconds. */
function timeOf(text: string | undefined): IsoTime | undefined {
  return text === undefined ? undefined : toIsoTime(text);
}
