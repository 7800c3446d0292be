import type { ServiceConfiguration } from '../../config/serviceConfiguration.ts';
import { IncidentError, isIncidentError } from '../../incident/incidentError.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { mapLimited } from '../../journal/mapLimited.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { Deploy } from '../history/windowChanges.ts';
import type { DeployedSources } from './deployedSources.ts';
import { failureText } from './failureText.ts';
import { succeededAt } from './githubState.ts';
import { kubernetesRollouts } from './kubernetesRollouts.ts';
import { revisionCandidates } from './revisionCandidates.ts';

/** Whose deploys are asked for, and since when. */
export interface DeploysRequest {
  readonly folder: string;
  readonly services: readonly ServiceConfiguration[];
  readonly since: IsoTime;
  readonly signal?: AbortSignal | undefined;
}

/** Deploys that GitHub and Kubernetes tell, newest first, and a sentence for each that could not be told. */
export interface ToldDeploys {
  readonly deploys: readonly Deploy[];
  readonly missed: readonly string[];
}

/** So many services are asked about at the same time. */
const atOnce = 5;

/** The deploys of services since a moment, as GitHub and Kubernetes recorded them. Throws IncidentError `cancelled` only. */
export async function readDeploys(sources: DeployedSources, request: DeploysRequest): Promise<ToldDeploys> {
  const signal = request.signal ?? new AbortController().signal;
  const shared = {
    ...sources,
    kubernetes: { ...sources.kubernetes, replicaSets: onceForEach(sources.kubernetes.replicaSets) },
  };
  const asked = await mapLimited(request.services, atOnce, (service) =>
    Promise.all([
      orItsFailure(githubDeploys(shared, service, request.since, signal)),
      orItsFailure(kubernetesDeploys(shared, service, request, signal)),
    ]),
  );
  const told = asked.flat();
  if (signal.aborted) throw new IncidentError('cancelled', 'Asking for deploys was cancelled.');
  return {
    deploys: told.flatMap(({ deploys }) => deploys).sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)),
    missed: [...new Set(told.flatMap(({ missed }) => missed))],
  };
}

async function githubDeploys(
  { github }: DeployedSources,
  { name: service, github: source }: ServiceConfiguration,
  since: IsoTime,
  signal: AbortSignal,
): Promise<ToldDeploys> {
  if (source === undefined) return { deploys: [], missed: [] };
  const found = await github.deployments(source, { since, signal });
  const deploys = found.flatMap((deployment): Deploy[] => {
    const at = succeededAt(deployment);
    if (at === undefined || at < since) return [];
    const name = `${plainLine(deployment.environment, 100)} #${String(deployment.id)}`;
    return [{ commit: deployment.sha, at, name, source: 'github', service }];
  });
  return { deploys, missed: [] };
}

async function kubernetesDeploys(
  { kubernetes, repository }: DeployedSources,
  { name: service, kubernetes: target, tags }: ServiceConfiguration,
  { folder, since }: DeploysRequest,
  signal: AbortSignal,
): Promise<ToldDeploys> {
  if (target === undefined) return { deploys: [], missed: [] };
  const [sets, deployment] = await Promise.all([
    kubernetes.replicaSets(target, signal),
    kubernetes.deployment(target, signal),
  ]);
  const deploys: Deploy[] = [];
  const missed: string[] = [];
  for (const { revision, at, version } of kubernetesRollouts(sets, deployment, target)) {
    if (at < since) continue;
    const rollout = `revision ${String(revision)} of deployment ${target.deployment}`;
    const candidates = version === undefined ? [] : revisionCandidates(version, { service, ...(tags ? { tags } : {}) });
    const found = candidates.length === 0 ? undefined : await repository.find(folder, candidates, signal);
    if (found === undefined)
      missed.push(`The version of ${rollout} (${version ?? 'none told'}) matches no commit here.`);
    else
      deploys.push({ commit: found.commit, at, name: `${version ?? ''} (${rollout})`, source: 'kubernetes', service });
  }
  return { deploys, missed };
}

/** Services of one namespace share its list. */
function onceForEach(read: DeployedSources['kubernetes']['replicaSets']): DeployedSources['kubernetes']['replicaSets'] {
  const lists = new Map<string, Promise<unknown>>();
  return (target, signal) => {
    const key = JSON.stringify([target.context, target.namespace]);
    const list = lists.get(key) ?? read(target, signal);
    lists.set(key, list);
    return list;
  };
}

async function orItsFailure(told: Promise<ToldDeploys>): Promise<ToldDeploys> {
  try {
    return await told;
  } catch (error) {
    if (isIncidentError(error, 'cancelled')) throw error;
    return { deploys: [], missed: [failureText(error)] };
  }
}
