import { counted } from '../amounts.ts';
import { anyTrouble, level, shareInUse, someUp } from '../judges.ts';
import { gauge, growth, inBraces, type JudgedReading, promql, type Reading, type Resource } from '../resource.ts';

const base = ['cluster', 'job', 'instance'];
const shared = { scope: 'loadBalancers' } as const;
const backends = {
  scope: 'loadBalancers',
  topic: 'loadBalancers',
  why: 'Suspicious when one of several servers is down, bad when none is left.',
} as const;

/** HAProxy (its own metrics and the old exporter), Envoy, Traefik and nginx. */
export const loadBalancers: readonly Resource[] = [
  {
    ...{ ...backends, id: 'haproxy.servers', name: 'HAProxy backend', by: [...base, 'proxy'] },
    parts: {
      up: gauge('haproxy_server_status', { where: { state: 'UP' } }),
      all: promql(
        ['haproxy_server_status'],
        (matchers) =>
          // Free slots for servers to come are in maintenance, as those are that somebody took out.
          `count by (${[...base, 'proxy'].join(', ')}) (haproxy_server_status${inBraces(matchers, 'state="UP"')} ` +
          `unless ignoring (state) haproxy_server_status${inBraces(matchers, 'state="MAINT"')} == 1)`,
      ),
    },
    judge: someUp('server is up', 'servers are up'),
  },
  {
    ...{
      ...backends,
      id: 'haproxy.exporterServers',
      name: 'HAProxy backend',
      by: [...base, 'backend'],
    },
    parts: {
      up: gauge('haproxy_server_up'),
      all: promql(
        ['haproxy_server_up'],
        (matchers) => `count by (${[...base, 'backend'].join(', ')}) (haproxy_server_up{${matchers}})`,
      ),
    },
    judge: someUp('server is up', 'servers are up'),
  },
  {
    ...{ ...shared, id: 'haproxy.queue', name: 'HAProxy queue', by: [...base, 'proxy', 'backend'] },
    parts: { level: gauge('haproxy_backend_current_queue') },
    why: 'Suspicious when any request waits for a server, bad from 100.',
    judge: level({ suspicious: 1, bad: 100 }, (count) => counted(count, 'request waits', 'requests wait')),
  },
  {
    ...{
      ...shared,
      id: 'haproxy.sessions',
      name: 'HAProxy sessions',
      topic: 'connections',
      by: [...base, 'proxy', 'frontend'],
    },
    parts: {
      used: gauge('haproxy_frontend_current_sessions'),
      size: gauge('haproxy_frontend_limit_sessions', { positive: true }),
    },
    why: 'Suspicious from 80 % of the limit, bad from 95 %: the rest is not accepted.',
    judge: shareInUse({ suspicious: 0.8, bad: 0.95 }),
  },
  {
    ...{ ...backends, id: 'envoy.members', name: 'Envoy cluster', by: [...base, 'envoy_cluster_name'] },
    parts: { up: gauge('envoy_cluster_membership_healthy'), all: gauge('envoy_cluster_membership_total') },
    judge: someUp('server is up', 'servers are up'),
  },
  {
    ...{
      ...shared,
      id: 'envoy.overflow',
      name: 'Envoy cluster',
      topic: 'connections',
      by: [...base, 'envoy_cluster_name'],
    },
    parts: { trouble: growth('envoy_cluster_upstream_rq_pending_overflow') },
    why: 'Any request that the circuit breaker turned away is bad.',
    judge: anyTrouble(
      'bad',
      (count, { lately }) => `turned away ${counted(count, 'request', 'requests')} ${lately}`,
      'turned nobody away',
    ),
  },
  {
    ...{ ...backends, id: 'traefik.servers', name: 'Traefik service', by: [...base, 'service'] },
    parts: {
      up: gauge('traefik_service_server_up'),
      all: promql(
        ['traefik_service_server_up'],
        (matchers) => `count by (${[...base, 'service'].join(', ')}) (traefik_service_server_up{${matchers}})`,
      ),
    },
    judge: someUp('server is up', 'servers are up'),
  },
  {
    ...{ ...shared, id: 'nginx.dropped', name: 'nginx connections', topic: 'connections', by: base },
    parts: { accepted: growth('nginx_connections_accepted'), handled: growth('nginx_connections_handled') },
    why: 'Bad when connections were accepted and not handled: worker_connections, or open files, are used up.',
    judge: judgeDropped,
  },
];

function judgeDropped({ values: { accepted = 0, handled = 0 }, lately }: Reading): JudgedReading {
  const dropped = Math.round(accepted - handled);
  return {
    verdict: dropped >= 1 ? 'bad' : 'ok',
    text: dropped >= 1 ? `${counted(dropped, 'was', 'were')} dropped ${lately}` : `none was dropped ${lately}`,
    rank: dropped,
  };
}
