import { amountText, counted } from '../amounts.ts';
import { anyTrouble, bytesInUse, level, shareInUse } from '../judges.ts';
import { mustBeUp } from '../mustBeUp.ts';
import { replicationLag } from '../replicationLag.ts';
import { gauge, growth, type Resource } from '../resource.ts';

const by = ['cluster', 'job', 'instance'];
const shared = { scope: 'caches', by } as const;

/** Redis and what speaks its language, as redis_exporter tells it. */
export const redis: readonly Resource[] = [
  mustBeUp({ ...shared, id: 'redis.up', name: 'Redis', metric: 'redis_up' }),
  {
    ...{ ...shared, id: 'redis.memory', name: 'Redis memory' },
    parts: {
      used: gauge('redis_memory_used_bytes', { together: 'max' }),
      size: gauge(['redis_memory_max_bytes', 'redis_config_maxmemory'], { together: 'max', positive: true }),
    },
    why: 'Suspicious from 95 % of maxmemory, unless it was so before impact: a cache that evicts is always full.',
    judge: bytesInUse({ suspicious: 0.95 }, { fullBeforeIsFine: true }),
  },
  {
    ...{ ...shared, id: 'redis.clients', name: 'Redis connections', topic: 'connections' },
    parts: {
      used: gauge('redis_connected_clients', { together: 'max' }),
      size: gauge(['redis_config_maxclients', 'redis_max_clients'], { together: 'max', positive: true }),
    },
    why: 'Suspicious from 80 % of maxclients, bad from 95 %.',
    judge: shareInUse({ suspicious: 0.8, bad: 0.95 }),
  },
  {
    ...{ ...shared, id: 'redis.rejected', name: 'Redis connections rejected', topic: 'connections' },
    parts: { trouble: growth('redis_rejected_connections_total') },
    why: 'Any connection that was rejected for maxclients is bad.',
    judge: anyTrouble('bad', (count, { lately }) => `${amountText(Math.round(count))} ${lately}`, 'none'),
  },
  {
    ...{ ...shared, id: 'redis.blocked', name: 'Redis clients' },
    parts: { level: gauge('redis_blocked_clients', { together: 'max' }) },
    why: 'Three times as many as before impact, and 10 at least, are suspicious; queues block their readers as they should.',
    judge: level({}, (count) => `${counted(count, 'is', 'are')} blocked`, { least: 10 }),
  },
  {
    ...{ ...shared, id: 'redis.masterLink', name: 'Redis replication', topic: 'replicationLag' },
    parts: { up: gauge('redis_master_link_up', { together: 'min' }) },
    why: 'Bad when the replica has lost its master.',
    judge: ({ values: { up } }) =>
      up === 0
        ? { verdict: 'bad', text: 'has lost its master', rank: 1 }
        : { verdict: 'ok', text: 'is connected', rank: 0 },
  },
  replicationLag({
    ...{ ...shared, id: 'redis.replicationLag', name: 'Redis replication' },
    lag: gauge('redis_connected_slave_lag_seconds', { together: 'max' }),
  }),
];
