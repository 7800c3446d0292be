import { shownAddress, webAddressOf } from '../../safety/webAddress.ts';
import { observeAll } from '../../signals/observeAll.ts';
import type { SignalCheck, SignalTargets } from '../signalCheck.ts';
import { hostTasks } from './hostTasks.ts';
import type { InfrastructureTools } from './infrastructureTools.ts';
import { machineTasks, runsHere } from './machineTasks.ts';
import { ownTasks } from './ownTasks.ts';
import { storedTasks } from './storedTasks.ts';
import { withoutRepetition } from './withoutRepetition.ts';

/**
 * Check 4: CPU, memory, disk, connections, restarts and what is full, from Prometheus, from what services expose themselves, and
 * from this machine where a service runs on it; and whether the configured host names resolve.
 */
export function createInfrastructureCheck({ metricsFor, scrapes, machine, hosts }: InfrastructureTools): SignalCheck {
  return {
    check: 'infrastructure',
    observe: async (context, signal) => {
      const { targets, clock, limitMs } = context;
      const { services, dataSources } = targets;
      const tasks = [
        ...ownTasks(services, scrapes, context),
        ...storedTasks({ sources: dataSources.prometheus, services, metricsFor }, context),
        ...machineTasks(services, machine, context),
        ...hostTasks(services, hosts, context),
      ];
      const observations = await observeAll(tasks, { now: clock, limitMs, signal });
      return { observations: withoutRepetition(observations, targets), nothing: nothingText(targets) };
    },
  };
}

/** Where it was looked, and for what. */
function nothingText({ services, dataSources }: SignalTargets): string {
  const places = [
    ...dataSources.prometheus.map(({ name, url }) => `${name} (${shown(url)})`),
    ...services.flatMap(({ metrics }) => (metrics?.endpoint === undefined ? [] : [shown(metrics.endpoint.url)])),
    ...(services.some(runsHere) ? ['this machine'] : []),
  ];
  const wanted = 'CPU, memory, disk, connections and restarts';
  if (places.length === 0) {
    return `Nowhere to look for ${wanted}: mayday.yaml names no Prometheus (dataSources), and no url, metrics or hosts of a service.`;
  }
  const families = 'node_exporter, cAdvisor, kube-state-metrics, exporters of databases, and client libraries';
  return `No metrics of ${wanted} are in ${places.join(', ')}: names of ${families} were looked for.`;
}

function shown(url: string): string {
  const address = webAddressOf(url);
  return address === undefined ? 'an address that is none' : shownAddress(address);
}
