import { formatDuration } from '../../../documents/timeText.ts';
import { amountText, counted } from '../amounts.ts';
import { rateOf } from '../freshRates.ts';
import { anyTrouble, level, shareInUse } from '../judges.ts';
import { replicationLag } from '../replicationLag.ts';
import { gauge, growth, inBraces, promql, type Resource } from '../resource.ts';
import { mustBeUp } from '../mustBeUp.ts';

const by = ['cluster', 'job', 'instance'];
const shared = { scope: 'databases', by } as const;
const seconds = (value: number) => formatDuration(value * 1000);

/** PostgreSQL, as postgres_exporter tells it. */
export const postgres: readonly Resource[] = [
  mustBeUp({ ...shared, id: 'pg.up', name: 'PostgreSQL', metric: 'pg_up' }),
  {
    ...{ ...shared, id: 'pg.connections', name: 'PostgreSQL connections', topic: 'connections' },
    parts: {
      used: gauge('pg_stat_activity_count'),
      size: gauge('pg_settings_max_connections', { together: 'max' }),
    },
    why: 'Suspicious from 80 % of max_connections, bad from 95 %: the last few are kept for the superuser.',
    judge: shareInUse({ suspicious: 0.8, bad: 0.95 }),
  },
  replicationLag({
    ...{ ...shared, id: 'pg.replicationLag', name: 'PostgreSQL replication' },
    lag: gauge(['pg_replication_lag_seconds', 'pg_replication_lag'], { together: 'max' }),
  }),
  {
    ...{ ...shared, id: 'pg.longest', name: 'PostgreSQL longest transaction', topic: 'slowQueries' },
    parts: { level: gauge('pg_stat_activity_max_tx_duration', { together: 'max' }) },
    why: 'Suspicious from 60 s: it keeps its locks and its connection; bad from 15 min. Backups may take long and do no harm.',
    judge: level({ suspicious: 60, bad: 900 }, (value) => `runs for ${seconds(value)}`, { least: 10, show: seconds }),
  },
  {
    ...{ ...shared, id: 'pg.statements', name: 'PostgreSQL statements', topic: 'slowQueries' },
    parts: {
      level: promql(
        ['pg_stat_statements_seconds_total', 'pg_stat_statements_calls_total'],
        (m) =>
          `${perSecondOf('pg_stat_statements_seconds_total', m)} / (${perSecondOf('pg_stat_statements_calls_total', m)} > 0)`,
      ),
    },
    why: 'Suspicious from 1 s on average, and from 10 ms when that is three times as long as before impact.',
    judge: level({ suspicious: 1 }, (value) => `take ${timeText(value)} on average`, { least: 0.01, show: timeText }),
  },
  {
    ...{ ...shared, id: 'pg.exclusiveLocks', name: 'PostgreSQL tables locked', topic: 'slowQueries' },
    parts: { trouble: gauge('pg_locks_count', { where: { mode: 'accessexclusivelock' } }) },
    why: 'Any ACCESS EXCLUSIVE lock is suspicious: a migration or VACUUM FULL, for which everybody else waits.',
    judge: anyTrouble(
      'suspicious',
      (count) => `for everybody else by ${counted(count, 'lock', 'locks')}`,
      'for nobody',
    ),
  },
  {
    ...{ ...shared, id: 'pg.locks', name: 'PostgreSQL locks', topic: 'slowQueries' },
    parts: { level: gauge('pg_locks_count') },
    why: 'Three times as many as before impact, and 100 at least, are suspicious.',
    judge: level({}, (count) => `${amountText(count)} held or waited for`, { least: 100 }),
  },
  {
    ...{ ...shared, id: 'pg.deadlocks', name: 'PostgreSQL deadlocks', topic: 'slowQueries' },
    parts: { trouble: growth('pg_stat_database_deadlocks') },
    why: 'Any deadlock is suspicious: the database ended somebody’s transaction.',
    judge: anyTrouble('suspicious', (count, { lately }) => `${amountText(Math.round(count))} ${lately}`, 'none'),
  },
];

function perSecondOf(counter: string, matchers: string): string {
  return `sum by (${by.join(', ')}) (${rateOf(`${counter}${inBraces(matchers)}`)})`;
}

function timeText(value: number): string {
  return value < 1 ? `${amountText(value * 1000)} ms` : `${amountText(value)} s`;
}
