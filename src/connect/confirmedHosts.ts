import type { ResolvesHosts } from '../changes/hosts/resolvesHosts.ts';
import type { ConfirmedAddresses } from '../config/confirmedAddresses.ts';
import { hostAddress } from '../config/outsideAddresses.ts';

/** Resolves only names that a person let Mayday look up: a lookup leaves the machine. */
export interface ConfirmedHosts extends ResolvesHosts {
  /** Throws IncidentError `untrusted`, or `needsConfirmation` naming those that nobody confirmed. */
  require(hosts: readonly string[]): void;
}

/** `dns` behind the person's word. */
export function confirmedHosts(dns: ResolvesHosts, addresses: Pick<ConfirmedAddresses, 'require'>): ConfirmedHosts {
  const requireAll = (hosts: readonly string[]) => {
    addresses.require(hosts.flatMap((host) => hostAddress(host) ?? []));
  };
  return {
    require: requireAll,
    resolve: async (host, signal) => {
      requireAll([host]);
      return dns.resolve(host, signal);
    },
  };
}
