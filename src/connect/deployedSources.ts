import type { DeployedSources } from '../changes/deployed/deployedSources.ts';
import type { ConfirmedAddresses } from '../config/confirmedAddresses.ts';
import { githubAddress, kubernetesAddress, versionAddress } from '../config/outsideAddresses.ts';
import type { Host } from '../incident/useCase.ts';
import { createGithub } from './github.ts';
import { createGitReleases } from './gitReleases.ts';
import { createHttp } from './http.ts';
import { createKubectl } from './kubectl.ts';
import { createVersionEndpoint } from './versionEndpoint.ts';

/** What this machine and its network offer. Each source is asked only at addresses that a person confirmed. */
export function createDeployedSources(
  host: Pick<Host, 'clock' | 'secrets'>,
  addresses: ConfirmedAddresses,
): DeployedSources {
  const http = createHttp();
  const service = createVersionEndpoint(http, host.secrets);
  const kubectl = createKubectl();
  const github = createGithub({ http, token: () => host.secrets.githubToken() });
  return {
    clock: host.clock,
    service: {
      ask: async (endpoint, signal) => {
        const address = versionAddress(endpoint);
        addresses.require(address === undefined ? [] : [address]);
        return service.ask(endpoint, signal);
      },
    },
    kubernetes: {
      deployment: async (target, signal) => {
        addresses.require([kubernetesAddress(target)]);
        return kubectl.deployment(target, signal);
      },
      replicaSets: async (target, signal) => {
        addresses.require([kubernetesAddress(target)]);
        return kubectl.replicaSets(target, signal);
      },
    },
    github: {
      deployments: async (source, options) => {
        addresses.require([githubAddress(source)]);
        return github.deployments(source, options);
      },
    },
    repository: createGitReleases(),
  };
}
