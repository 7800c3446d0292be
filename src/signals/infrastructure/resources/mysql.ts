import { amountText, counted } from '../amounts.ts';
import { anyTrouble, level, shareInUse } from '../judges.ts';
import { mustBeUp } from '../mustBeUp.ts';
import { replicationLag } from '../replicationLag.ts';
import { gauge, growth, type JudgedReading, optional, perSecond, type Reading, type Resource } from '../resource.ts';

const by = ['cluster', 'job', 'instance'];
const shared = { scope: 'databases', by } as const;

/** MySQL and MariaDB, as mysqld_exporter tells them. */
export const mysql: readonly Resource[] = [
  mustBeUp({ ...shared, id: 'mysql.up', name: 'MySQL', metric: 'mysql_up' }),
  {
    ...{ ...shared, id: 'mysql.connections', name: 'MySQL connections', topic: 'connections' },
    parts: {
      used: gauge('mysql_global_status_threads_connected', { together: 'max' }),
      size: gauge('mysql_global_variables_max_connections', { together: 'max' }),
    },
    why: 'Suspicious from 80 % of max_connections, bad from 95 %.',
    judge: shareInUse({ suspicious: 0.8, bad: 0.95 }),
  },
  {
    ...{ ...shared, id: 'mysql.refused', name: 'MySQL connections refused', topic: 'connections' },
    parts: { trouble: growth('mysql_global_status_connection_errors_total', { where: { error: 'max_connections' } }) },
    why: 'Any connection that was refused for max_connections is bad.',
    judge: anyTrouble('bad', (count, { lately }) => `${amountText(Math.round(count))} ${lately}`, 'none'),
  },
  replicationLag({
    ...{ ...shared, id: 'mysql.replicationLag', name: 'MySQL replication' },
    lag: gauge(
      [
        'mysql_slave_status_seconds_behind_master',
        'mysql_slave_status_seconds_behind_source',
        'mysql_replica_status_seconds_behind_source',
      ],
      { together: 'max' },
    ),
  }),
  {
    ...{ ...shared, id: 'mysql.replicationRuns', name: 'MySQL replication', topic: 'replicationLag' },
    parts: {
      running: gauge(
        [
          'mysql_slave_status_slave_sql_running',
          'mysql_slave_status_replica_sql_running',
          'mysql_replica_status_slave_sql_running',
          'mysql_replica_status_replica_sql_running',
        ],
        { together: 'min' },
      ),
      receiving: optional(
        gauge(
          [
            'mysql_slave_status_slave_io_running',
            'mysql_slave_status_replica_io_running',
            'mysql_replica_status_slave_io_running',
            'mysql_replica_status_replica_io_running',
          ],
          { together: 'min' },
        ),
      ),
    },
    why: 'Bad when the thread that fetches changes, or the one that applies them, does not run: the replica stays as it is.',
    judge: judgeThreads,
  },
  {
    ...{ ...shared, id: 'mysql.slowQueries', name: 'MySQL slow queries', topic: 'slowQueries' },
    parts: { level: perSecond('mysql_global_status_slow_queries') },
    why: 'Suspicious from one in a second (what is slow says long_query_time), or three times as many as before impact.',
    judge: level({ suspicious: 1 }, (rate) => `${amountText(rate)} per second`, { least: 0.1 }),
  },
  {
    ...{ ...shared, id: 'mysql.running', name: 'MySQL statements', topic: 'slowQueries' },
    parts: { level: gauge('mysql_global_status_threads_running', { together: 'max' }) },
    why: 'Three times as many at once as before impact, and 20 at least, are suspicious: they wait for each other.',
    judge: level({}, (count) => `${counted(count, 'runs', 'run')} at once`, { least: 20 }),
  },
  {
    ...{ ...shared, id: 'mysql.lockWaits', name: 'MySQL row locks', topic: 'slowQueries' },
    parts: { level: gauge('mysql_global_status_innodb_row_lock_current_waits', { together: 'max' }) },
    why: 'Suspicious when 5 or more wait for a row at once.',
    judge: level({ suspicious: 5 }, (count) => counted(count, 'waits', 'wait'), { least: 5 }),
  },
];

/** Without its IO thread a replica applies what it has, and nothing new. */
function judgeThreads({ values: { running, receiving } }: Reading): JudgedReading {
  if (running === 0) return { verdict: 'bad', text: 'has stopped', rank: 2 };
  if (receiving === 0) return { verdict: 'bad', text: 'fetches nothing: its IO thread does not run', rank: 1 };
  return { verdict: 'ok', text: 'is running', rank: 0 };
}
