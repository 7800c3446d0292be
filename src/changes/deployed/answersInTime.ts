import type { KubernetesDeployment, VersionEndpoint } from '../../config/serviceConfiguration.ts';
import { IncidentError } from '../../incident/incidentError.ts';
import { shownAddress, webAddressOf } from '../../safety/webAddress.ts';
import type { DeployedSources } from './deployedSources.ts';

/**
 * The same sources for one reading: whoever outside has not answered `limitMs` after this call, all services together, fails with
 * IncidentError `outside`. The repository is not outside.
 */
export function answersInTime(sources: DeployedSources, limitMs: number): DeployedSources {
  const limit = AbortSignal.timeout(limitMs);
  const inTime = async <T>(who: string, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const late = () => new IncidentError('outside', `${who} did not tell within ${String(limitMs / 1000)} s.`);
    if (limit.aborted && !signal.aborted) throw late();
    try {
      return await ask(AbortSignal.any([signal, limit]));
    } catch (error) {
      // Whatever an aborted request throws: it was the limit that ended it.
      if (limit.aborted && !signal.aborted) throw late();
      throw error;
    }
  };
  const { service, kubernetes, github } = sources;
  return {
    ...sources,
    service: {
      ask: (endpoint, signal) => inTime(addressOf(endpoint), signal, (both) => service.ask(endpoint, both)),
    },
    kubernetes: {
      deployment: (target, signal) => inTime(clusterOf(target), signal, (both) => kubernetes.deployment(target, both)),
      replicaSets: (target, signal) =>
        inTime(clusterOf(target), signal, (both) => kubernetes.replicaSets(target, both)),
    },
    github: {
      deployments: (source, { signal, ...wish }) =>
        inTime(`GitHub (${source.repository})`, signal, (both) =>
          github.deployments(source, { ...wish, signal: both }),
        ),
    },
  };
}

function addressOf({ url }: VersionEndpoint): string {
  const address = webAddressOf(url);
  return address === undefined ? 'The service' : shownAddress(address);
}

function clusterOf({ context, namespace }: KubernetesDeployment): string {
  return `The cluster of context ${context} (namespace ${namespace})`;
}
