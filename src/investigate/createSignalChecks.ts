import type { ResolvesHosts } from '../changes/hosts/resolvesHosts.ts';
import type { DataSource } from '../config/signalConfiguration.ts';
import type { ReadsLogs } from '../signals/accessLogs/readsLogs.ts';
import type { ReadsMachine } from '../signals/infrastructure/readsMachine.ts';
import type { ReadsMetrics } from '../signals/metrics/readsMetrics.ts';
import type { ScrapesServices } from '../signals/metrics/scrape.ts';
import { readTeamFiles } from '../signals/objectives/readTeamFiles.ts';
import { requestExpressions } from '../signals/objectives/requestExpressions.ts';
import { combineSignalChecks } from './combineSignalChecks.ts';
import type { DependenciesTools } from './dependencies/dependenciesCheck.ts';
import { createDependenciesCheck } from './dependencies/dependenciesCheck.ts';
import { createInfrastructureCheck } from './infrastructure/infrastructureCheck.ts';
import { createObjectivesCheck } from './metrics/objectivesCheck.ts';
import { createRedCheck } from './metrics/redCheck.ts';
import type { SignalCheck } from './signalCheck.ts';
import { asConfigured, metricsServerOf } from './signalTargets.ts';
import { createTrafficCheck } from './traffic/trafficCheck.ts';

/** What the checks of signals ask, shared by them: one scrape of a service and one limit for a server serve all. */
export interface SignalSources extends DependenciesTools {
  /** The same object for the same server. */
  prometheusOf(source: DataSource): ReadsMetrics;
  readonly scrapes: ScrapesServices;
  readonly machine: ReadsMachine;
  readonly hosts: ResolvesHosts;
  readonly logs: ReadsLogs;
}

/** Checks 3, 4, 5 and 7. */
export function createSignalChecks(sources: SignalSources): readonly SignalCheck[] {
  const { prometheusOf, scrapes, machine, hosts, logs } = sources;
  return [
    createDependenciesCheck(sources),
    createInfrastructureCheck({ metricsFor: prometheusOf, scrapes, machine, hosts }),
    createTrafficCheck({ prometheusOf, scrapes, logs }),
    combineSignalChecks('metrics', [
      createRedCheck({ prometheusOf, scrapes }),
      createObjectivesCheck({
        metricsOf: (service, targets) => {
          const server = metricsServerOf(service, targets);
          return server === undefined ? undefined : prometheusOf(server);
        },
        requestsOf: (service, metrics, signal) => requestExpressions(metrics, asConfigured(service), signal),
        readFiles: readTeamFiles,
      }),
    ]),
  ];
}
