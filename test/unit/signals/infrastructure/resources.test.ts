import { describe, expect, it } from 'vitest';
import { recognisedResources } from '../../../../src/signals/infrastructure/recognisedResources.ts';
import { isPartThere } from '../../../../src/signals/infrastructure/resource.ts';
import { impactSeconds, judged, nowSeconds, resourceOf } from './judgedResource.ts';

const gb = 1024 ** 3;
type Case = readonly [
  id: string,
  values: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>> | undefined,
  expected: string,
];

describe('every resource', () => {
  it('has an id of its own, without what separates in ids of observations, and says why its limits are', () => {
    const ids = recognisedResources.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[\w.]+$/.test(id))).toEqual([]);
    expect(recognisedResources.filter(({ why }) => !/^[A-Z].*\.$/.test(why))).toEqual([]);
  });

  it('is told by at least one part that it needs', () => {
    const needless = recognisedResources.filter(({ parts }) => Object.values(parts).every(({ optional }) => optional));
    expect(needless).toEqual([]);
  });

  it.each(recognisedResources.map((resource) => [resource.id, resource] as const))(
    '%s: no number is unknown, never ok, and nothing is nothing',
    (id, { parts }) => {
      const needed = Object.entries(parts).flatMap(([name, { optional }]) => (optional === true ? [] : [name]));
      expect(judged(id, {})).toBe('-');
      for (const odd of [NaN, Infinity, -Infinity]) {
        const values = Object.fromEntries(needed.map((name) => [name, odd]));
        expect(judged(id, values)).toBe(`unknown: is unknown: its value is ${String(odd)}`);
      }
    },
  );
});

const machines: readonly Case[] = [
  ['node.cpu', { share: 0.34 }, undefined, 'ok: 34 % in use'],
  ['node.cpu', { share: 0.8999 }, { share: 0.8 }, 'ok: 90 % in use, 80 % before impact'],
  ['node.cpu', { share: 0.9 }, { share: 0.34 }, 'suspicious: 90 % in use, 34 % before impact'],
  ['node.cpu', { share: 0.97 }, { share: NaN }, 'bad: 97 % in use'],
  ['node.cpu', { share: 0.7 }, { share: 0.3 }, 'suspicious: 70 % in use, 30 % before impact'],
  ['node.cpu', { share: 0.49 }, { share: 0.01 }, 'ok: 49 % in use, 1 % before impact'],
  ['node.cpu', { share: 0.999 }, undefined, 'bad: 99.9 % in use'],
  ['node.steal', { share: 0.1 }, undefined, 'suspicious: 10 % taken by the host'],
  ['node.iowait', { share: 0.5 }, undefined, 'bad: 50 % of the time'],
  ['node.load', { level: 1.49 }, undefined, 'ok: 1.5 per core over 5 min'],
  ['node.load', { level: 1.5 }, undefined, 'suspicious: 1.5 per core over 5 min'],
  ['node.load', { level: 4 }, { level: 1 }, 'bad: 4 per core over 5 min, 1 before impact'],
  ['node.memory', { left: 4 * gb, size: 32 * gb }, undefined, 'ok: 13 % available (4 GB of 32 GB)'],
  ['node.memory', { left: 3.2 * gb, size: 32 * gb }, undefined, 'ok: 10 % available (3.2 GB of 32 GB)'],
  ['node.memory', { left: 3 * gb, size: 32 * gb }, undefined, 'suspicious: 9 % available (3 GB of 32 GB)'],
  [
    'node.memory',
    { left: 1 * gb, size: 32 * gb },
    { left: 16 * gb, size: 32 * gb },
    'bad: 3 % available (1 GB of 32 GB), 50 % before impact',
  ],
  ['node.memory', { left: 1, size: 0 }, undefined, '-'],
  ['node.memory', { left: 1 * gb }, undefined, '-'],
  ['node.disk', { left: 15 * gb, size: 100 * gb }, undefined, 'ok: 15 % free (15 GB of 100 GB)'],
  ['node.disk', { left: 14 * gb, size: 100 * gb }, undefined, 'suspicious: 14 % free (14 GB of 100 GB)'],
  ['node.disk', { left: 4 * gb, size: 100 * gb }, undefined, 'bad: 4 % free (4 GB of 100 GB)'],
  [
    'node.disk',
    { left: 30 * gb, size: 100 * gb, soon: -1 },
    undefined,
    'suspicious: 30 % free (30 GB of 100 GB); full within 4 h if it goes on like this',
  ],
  ['node.disk', { left: 60 * gb, size: 100 * gb, soon: -1 }, undefined, 'ok: 60 % free (60 GB of 100 GB)'],
  ['node.disk', { left: 30 * gb, size: 100 * gb, soon: NaN }, undefined, 'ok: 30 % free (30 GB of 100 GB)'],
  ['node.inodes', { left: 9, size: 100 }, undefined, 'suspicious: 9 % free (9 of 100)'],
  ['node.inodes', { left: 0, size: 0 }, undefined, '-'],
  ['node.diskBusy', { share: 1 }, undefined, 'suspicious: 100 % of the time busy'],
  ['node.conntrack', { used: 95, size: 100 }, undefined, 'bad: 95 of 100, 95 % in use'],
  ['node.oom', { trouble: 0 }, undefined, 'ok: none in the last 30 min'],
  ['node.oom', { trouble: 1.02 }, undefined, 'suspicious: 1 process in the last 30 min'],
  ['node.boot', { start: nowSeconds - 86_400 }, undefined, 'ok: booted 1 d ago'],
  ['node.boot', { start: impactSeconds - 300 }, undefined, 'suspicious: booted 25 min ago, 5 min before impact began'],
  ['node.netErrors', { received: 60, sent: 40 }, undefined, 'suspicious: 100 packets with errors in the last 5 min'],
  ['cluster.nodeReady', { up: 0 }, undefined, 'bad: is not ready'],
  ['cluster.nodeReady', { up: 1 }, undefined, 'ok: is ready'],
  ['cluster.nodePressure', { memory: 0, disk: 0, pids: 0 }, undefined, 'ok: is under no pressure'],
  ['cluster.nodePressure', { memory: 1 }, undefined, 'bad: is under pressure for memory, and evicts pods'],
  [
    'cluster.nodePressure',
    { memory: 0, disk: 1, pids: 1 },
    undefined,
    'bad: is under pressure for disk and processes, and evicts pods',
  ],
  ['volume.space', { left: 15 * gb, size: 100 * gb }, undefined, 'ok: 15 % free (15 GB of 100 GB)'],
  ['volume.space', { left: 3 * gb, size: 100 * gb }, undefined, 'bad: 3 % free (3 GB of 100 GB)'],
];

const containers: readonly Case[] = [
  ['container.memory', { used: 89, size: 100 }, undefined, 'ok: 89 % of its limit (89 bytes of 100 bytes)'],
  [
    'container.memory',
    { used: 9 * gb, size: 10 * gb },
    { used: 3 * gb, size: 10 * gb },
    'suspicious: 90 % of its limit (9 GB of 10 GB), 30 % before impact',
  ],
  ['container.memory', { used: 97, size: 100 }, undefined, 'bad: 97 % of its limit (97 bytes of 100 bytes)'],
  ['container.memory', { used: 97 }, undefined, '-'],
  ['container.podMemory', { used: 97, size: 100 }, undefined, 'bad: 97 % of its limit (97 bytes of 100 bytes)'],
  ['container.podCpu', { share: 0.9 }, undefined, 'suspicious: 90 % of its limit'],
  ['container.throttled', { share: 0.24 }, undefined, 'ok: 24 % of the time throttled'],
  ['container.throttled', { share: 0.25 }, undefined, 'suspicious: 25 % of the time throttled'],
  ['container.throttled', { share: 0.75 }, undefined, 'bad: 75 % of the time throttled'],
  ['pod.restarts', { level: 0 }, undefined, 'ok: none in the last 30 min'],
  ['pod.restarts', { level: 1.03 }, undefined, 'suspicious: 1 in the last 30 min'],
  ['pod.restarts', { level: 3 }, undefined, 'bad: 3 in the last 30 min'],
  ['pod.stuck', { trouble: 1 }, undefined, 'bad: keeps it from running'],
  ['pod.oomKilled', { trouble: 1 }, undefined, 'bad: was OOMKilled within the last 30 min'],
  ['pod.ready', { up: 3, all: 3 }, undefined, 'ok: 3 of 3 are ready'],
  ['pod.ready', { up: 2, all: 3 }, { up: 3, all: 3 }, 'suspicious: 2 of 3 are ready, 3 before impact'],
  ['pod.ready', { up: 0, all: 3 }, undefined, 'bad: 0 of 3 are ready'],
  ['deployment.available', { up: 0, all: 0 }, undefined, '-'],
  ['deployment.available', { up: 0, all: 1 }, undefined, 'bad: 0 of 1 is available'],
  ['autoscaler', { used: 10, size: 10 }, undefined, 'suspicious: 10 of 10, 100 % in use'],
];

const databases: readonly Case[] = [
  ['pg.up', { up: 0 }, undefined, 'bad: is down, or its exporter cannot reach it'],
  [
    'pg.connections',
    { used: 79, size: 100 },
    { used: 20, size: 100 },
    'suspicious: 79 of 100, 79 % in use, 20 % before impact',
  ],
  [
    'pg.connections',
    { used: 79, size: 100 },
    { used: 60, size: 100 },
    'ok: 79 of 100, 79 % in use, 60 % before impact',
  ],
  ['pg.connections', { used: 80, size: 100 }, undefined, 'suspicious: 80 of 100, 80 % in use'],
  ['pg.connections', { used: 95, size: 100 }, undefined, 'bad: 95 of 100, 95 % in use'],
  ['pg.replicationLag', { level: 9.9 }, undefined, 'ok: 9.9 s behind'],
  ['pg.replicationLag', { level: 10 }, undefined, 'suspicious: 10 s behind'],
  ['pg.replicationLag', { level: 60 }, { level: 0 }, 'bad: 60 s behind, 0 s before impact'],
  ['pg.replicationLag', { level: 6 }, { level: 1 }, 'suspicious: 6 s behind, 1 s before impact'],
  ['pg.longest', { level: 59 }, undefined, 'ok: runs for 59 s'],
  ['pg.longest', { level: 60 }, { level: 1 }, 'suspicious: runs for 1 min, 1 s before impact'],
  ['pg.longest', { level: 900 }, undefined, 'bad: runs for 15 min'],
  ['pg.exclusiveLocks', { trouble: 1 }, undefined, 'suspicious: for everybody else by 1 lock'],
  ['pg.locks', { level: 300 }, { level: 100 }, 'suspicious: 300 held or waited for, 100 before impact'],
  ['pg.locks', { level: 300 }, { level: 101 }, 'ok: 300 held or waited for, 101 before impact'],
  ['pg.statements', { level: 0.009 }, { level: 0.001 }, 'ok: take 9 ms on average, 1 ms before impact'],
  ['pg.statements', { level: 0.4 }, { level: 0.1 }, 'suspicious: take 400 ms on average, 100 ms before impact'],
  ['pg.statements', { level: 1 }, undefined, 'suspicious: take 1 s on average'],
  ['pg.deadlocks', { trouble: 2.1 }, undefined, 'suspicious: 2 in the last 5 min'],
  ['mysql.connections', { used: 151, size: 151 }, undefined, 'bad: 151 of 151, 100 % in use'],
  ['mysql.refused', { trouble: 3 }, undefined, 'bad: 3 in the last 5 min'],
  ['mysql.replicationLag', { level: 61 }, undefined, 'bad: 61 s behind'],
  ['mysql.replicationRuns', { running: 0 }, undefined, 'bad: has stopped'],
  ['mysql.replicationRuns', { running: 1 }, undefined, 'ok: is running'],
  ['mysql.replicationRuns', { running: 1, receiving: 1 }, undefined, 'ok: is running'],
  [
    'mysql.replicationRuns',
    { running: 1, receiving: 0 },
    undefined,
    'bad: fetches nothing: its IO thread does not run',
  ],
  ['mysql.replicationRuns', { running: 0, receiving: 0 }, undefined, 'bad: has stopped'],
  ['mysql.slowQueries', { level: 0.5 }, { level: 0.4 }, 'ok: 0.5 per second, 0.4 before impact'],
  ['mysql.slowQueries', { level: 0.5 }, { level: 0.1 }, 'suspicious: 0.5 per second, 0.1 before impact'],
  ['mysql.slowQueries', { level: 1 }, undefined, 'suspicious: 1 per second'],
  ['mysql.running', { level: 60 }, { level: 4 }, 'suspicious: 60 run at once, 4 before impact'],
  ['mysql.lockWaits', { level: 5 }, undefined, 'suspicious: 5 wait'],
  ['redis.memory', { used: 96, size: 100 }, undefined, 'suspicious: 96 % in use (96 bytes of 100 bytes)'],
  [
    'redis.memory',
    { used: 96, size: 100 },
    { used: 96, size: 100 },
    'ok: 96 % in use (96 bytes of 100 bytes), 96 % before impact',
  ],
  ['redis.clients', { used: 9_500, size: 10_000 }, undefined, 'bad: 9500 of 10000, 95 % in use'],
  ['redis.rejected', { trouble: 1 }, undefined, 'bad: 1 in the last 5 min'],
  ['redis.blocked', { level: 12 }, { level: 2 }, 'suspicious: 12 are blocked, 2 before impact'],
  ['redis.masterLink', { up: 0 }, undefined, 'bad: has lost its master'],
];

const loadBalancers: readonly Case[] = [
  ['haproxy.servers', { up: 2, all: 2 }, undefined, 'ok: 2 of 2 servers are up'],
  ['haproxy.servers', { up: 1, all: 2 }, { up: 2, all: 2 }, 'suspicious: 1 of 2 servers are up, 2 before impact'],
  ['haproxy.servers', { up: 0, all: 1 }, undefined, 'bad: 0 of 1 server is up'],
  ['haproxy.queue', { level: 1 }, undefined, 'suspicious: 1 request waits'],
  ['haproxy.sessions', { used: 1900, size: 2000 }, undefined, 'bad: 1900 of 2000, 95 % in use'],
  ['envoy.members', { up: 0, all: 0 }, undefined, '-'],
  ['envoy.members', { up: 0, all: 4 }, undefined, 'bad: 0 of 4 servers are up'],
  ['envoy.overflow', { trouble: 7 }, undefined, 'bad: turned away 7 requests in the last 5 min'],
  ['traefik.servers', { up: 1, all: 1 }, undefined, 'ok: 1 of 1 server is up'],
  ['nginx.dropped', { accepted: 100, handled: 100 }, undefined, 'ok: none was dropped in the last 5 min'],
  ['nginx.dropped', { accepted: 102, handled: 100 }, undefined, 'bad: 2 were dropped in the last 5 min'],
];

const processes: readonly Case[] = [
  ['target.up', { up: 0 }, undefined, 'bad: does not answer Prometheus'],
  ['process.cpu', { level: 1.5 }, { level: 1 }, 'ok: 1.5 cores, 1 before impact'],
  ['process.cpu', { level: 1.5 }, { level: 0.5 }, 'suspicious: 1.5 cores, 0.5 before impact'],
  ['process.memory', { level: gb }, { level: gb / 4 }, 'suspicious: 1 GB, 256 MB before impact'],
  ['process.memory', { level: gb / 8 }, { level: 2 }, 'ok: 128 MB, 2 bytes before impact'],
  ['process.files', { used: 972, size: 1024 }, undefined, 'suspicious: 972 of 1024, 95 % in use'],
  ['process.files', { used: 973, size: 1024 }, undefined, 'bad: 973 of 1024, 95 % in use'],
  ['process.start', { start: nowSeconds - 60 }, undefined, 'ok: started 1 min ago, 19 min after impact began'],
  ['process.start', { start: impactSeconds - 1801 }, undefined, 'ok: started 50 min ago'],
  [
    'process.start',
    { start: impactSeconds - 1800 },
    undefined,
    'suspicious: started 50 min ago, 30 min before impact began',
  ],
  ['process.start', { start: impactSeconds + 120 }, undefined, 'ok: started 18 min ago, 2 min after impact began'],
  [
    'process.start',
    { start: nowSeconds - 60, restarts: 2 },
    undefined,
    'suspicious: started 1 min ago, 19 min after impact began, 2 times in the last 30 min',
  ],
  [
    'process.start',
    { start: nowSeconds - 60, restarts: 5 },
    undefined,
    'bad: started 1 min ago, 19 min after impact began, 5 times in the last 30 min',
  ],
  ['process.start', { start: nowSeconds + 30 }, undefined, 'ok: started 0 s ago, 20 min after impact began'],
  ['process.start', { start: 0 }, undefined, '-'],
  ['node.eventLoop', { level: 0.02 }, undefined, 'ok: 20 ms late'],
  ['node.eventLoop', { level: 0.5 }, undefined, 'suspicious: 500 ms late'],
  ['node.eventLoop', { level: 2 }, { level: 0.02 }, 'bad: 2 s late, 20 ms late before impact'],
  ['go.goroutines', { level: 3000 }, { level: 1000 }, 'suspicious: 3000 run, 1000 before impact'],
  ['jvm.heap', { used: 94, size: 100 }, undefined, 'ok: 94 % in use (94 bytes of 100 bytes)'],
  ['jvm.heap', { used: 95, size: 100 }, undefined, 'suspicious: 95 % in use (95 bytes of 100 bytes)'],
  ['jvm.otelHeap', { used: 95, size: 100 }, undefined, 'suspicious: 95 % in use (95 bytes of 100 bytes)'],
  ['threads.phpFpm', { used: 2, size: 2 }, undefined, 'ok: 2 of 2 that run are busy'],
  ['threads.phpFpm', { used: 2, size: 2, waiting: 0, reached: 0 }, undefined, 'ok: 2 of 2 that run are busy'],
  [
    'threads.phpFpm',
    { used: 2, size: 2, reached: 3 },
    undefined,
    'suspicious: 2 of 2 that run are busy, pm.max_children reached 3 times in the last 5 min',
  ],
  [
    'threads.phpFpm',
    { used: 2, size: 3, waiting: 1 },
    undefined,
    'suspicious: 2 of 3 that run are busy, 1 request waits',
  ],
  ['threads.phpFpm', { used: 2, size: 2, waiting: 5 }, undefined, 'bad: 2 of 2 that run are busy, 5 requests wait'],
  ['jvm.gc', { share: 0.5 }, undefined, 'bad: 50 % of the time'],
  ['jvm.deadlock', { trouble: 2 }, undefined, 'bad: 2 in a deadlock'],
  ['pool.db', { used: 6, size: 8 }, undefined, 'ok: 6 of 8 in use'],
  ['pool.db', { used: 7, size: 8 }, { used: 2, size: 8 }, 'suspicious: 7 of 8 in use, 2 before impact'],
  ['pool.db', { used: 8, size: 8, waiting: 0 }, undefined, 'suspicious: 8 of 8 in use'],
  ['pool.db', { used: 8, size: 8, waiting: 5 }, undefined, 'bad: 8 of 8 in use, 5 requests wait'],
  ['pool.db', { used: 8, size: 8, waiting: NaN }, undefined, 'suspicious: 8 of 8 in use'],
  ['pool.db', { used: 2, size: 8, waiting: 1 }, undefined, 'suspicious: 2 of 8 in use, 1 request waits'],
  [
    'pool.db',
    { used: 2, size: 8, timedOut: 3 },
    undefined,
    'bad: 2 of 8 in use, 3 requests timed out in the last 5 min',
  ],
  ['pool.db', { used: 2, size: 8, everTimedOut: 3 }, undefined, 'ok: 2 of 8 in use'],
  [
    'pool.db',
    { used: 8, size: 8, everTimedOut: 3 },
    undefined,
    'bad: 8 of 8 in use, 3 requests timed out since it started',
  ],
  ['pool.db', { used: 8, size: 0 }, undefined, '-'],
  ['pool.hikari', { used: 10, size: 10, waiting: 1 }, undefined, 'bad: 10 of 10 in use, 1 thread waits'],
  ['threads.tomcat', { used: 200, size: 200 }, undefined, 'suspicious: 200 of 200 in use'],
];

it.each(['haproxy.servers', 'haproxy.exporterServers', 'envoy.members', 'traefik.servers'])(
  '%s: a backend without servers is looked at first when a service is down',
  (id) => {
    expect(resourceOf(id).topic).toBe('loadBalancers');
  },
);

describe('names of metrics', () => {
  it.each([
    [['mysql_slave_status_slave_sql_running', 'mysql_slave_status_slave_io_running']],
    [['mysql_slave_status_replica_sql_running', 'mysql_slave_status_replica_io_running']],
    [['mysql_replica_status_replica_sql_running', 'mysql_replica_status_replica_io_running']],
  ])('of both threads of a replica: %j', (names) => {
    const { parts } = resourceOf('mysql.replicationRuns');
    const there = Object.values(parts).map((part) => isPartThere(part, new Set(names)));
    expect(there).toEqual([true, true]);
  });
});

describe.each([
  ['machines', machines],
  ['containers and pods', containers],
  ['databases and caches', databases],
  ['load balancers', loadBalancers],
  ['processes and pools', processes],
] as const)('%s', (_, cases) => {
  it.each(cases)('%s %o before %o: %s', (id, values, before, expected) => {
    expect(judged(id, values, before)).toBe(expected);
  });
});
