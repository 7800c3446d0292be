import { isProbePath, pathGroup } from '../accessLogs/pathGroup.ts';
import type { RequestMetrics } from '../metrics/recogniseRequests.ts';
import { createCounter } from './counts.ts';
import type { SharesOfTime } from './sharesView.ts';

/** How many requests there were with some labels; both are strangers' text. */
export interface LabelledCount {
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
}

/** Labels by which services tell their clients, where they do. */
const clientLabels = ['client', 'client_ip', 'client_id', 'consumer', 'remote_addr'];
const agentLabels = ['user_agent', 'user_agent_original'];
const mostValues = 5000;

/** The labels of each aspect: the first that has a value counts. */
export function labelsOf({ routes, status }: RequestMetrics): Readonly<Record<keyof SharesOfTime, readonly string[]>> {
  return { paths: routes, statuses: status?.labels ?? [], clients: clientLabels, userAgents: agentLabels };
}

/** The shares of what counters tell in their labels; what has none of an aspect's labels counts for it as nothing. */
export function labelShares(counts: readonly LabelledCount[], metrics: RequestMetrics): SharesOfTime {
  const labels = labelsOf(metrics);
  const sharesBy = (names: readonly string[], groupOf: (value: string) => string | undefined) => {
    const counter = createCounter(mostValues);
    for (const { labels: own, count } of counts) {
      const value = names.map((name) => own[name] ?? '').find((one) => one !== '');
      const group = value === undefined ? undefined : groupOf(value);
      if (group !== undefined && Number.isFinite(count) && count > 0) counter.add(group, count);
    }
    return counter;
  };
  return {
    paths: sharesBy(labels.paths, routeGroup),
    statuses: sharesBy(labels.statuses, statusClass),
    clients: sharesBy(labels.clients, (client) => client),
    userAgents: sharesBy(labels.userAgents, (agent) => agent.slice(0, 160)),
  };
}

/** A path as its group; a name of a handler as it is. Undefined for those of monitoring. */
function routeGroup(route: string): string | undefined {
  if (!route.startsWith('/')) return route.slice(0, 120);
  const group = pathGroup(route);
  return isProbePath(group) ? undefined : group;
}

/** `503`, `5xx` and `5` are `5xx`; other words, such as gRPC's, are as they are. */
function statusClass(status: string): string {
  return /^[1-5](?:\d\d|xx|XX)?$/.test(status) ? `${status.slice(0, 1)}xx` : status.slice(0, 40);
}
