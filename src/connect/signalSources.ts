import type { ResolvesHosts } from '../changes/hosts/resolvesHosts.ts';
import type { ConfirmedAddresses } from '../config/confirmedAddresses.ts';
import type { DataSource } from '../config/signalConfiguration.ts';
import type { Clock } from '../incident/useCase.ts';
import type { SignalSources } from '../investigate/createSignalChecks.ts';
import type { ReadsMetrics } from '../signals/metrics/readsMetrics.ts';
import { confirmedHosts } from './confirmedHosts.ts';
import { createDependencyProbes } from './dependencyProbes.ts';
import type { Endpoints } from './endpoints.ts';
import { createLocalMachine } from './localMachine.ts';
import { createLogFiles } from './logFiles.ts';
import { createPrometheus } from './prometheus.ts';
import { createServiceScrapes } from './serviceScrapes.ts';

/** What this machine and its network offer to the checks of signals; only addresses that a person confirmed are asked. */
export function createSignalSources(
  endpoints: Endpoints,
  addresses: ConfirmedAddresses,
  dns: ResolvesHosts,
  clock: Clock,
): SignalSources {
  const servers = new Map<string, ReadsMetrics>();
  return {
    ...createDependencyProbes(endpoints, addresses, dns),
    // The limit of questions at a time is a server's.
    prometheusOf: (source: DataSource) => {
      const key = JSON.stringify(source);
      const server = servers.get(key) ?? createPrometheus(endpoints, source);
      servers.set(key, server);
      return server;
    },
    scrapes: createServiceScrapes(endpoints, clock),
    machine: createLocalMachine(),
    hosts: confirmedHosts(dns, addresses),
    logs: createLogFiles(),
  };
}
