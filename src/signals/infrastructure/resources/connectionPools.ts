import { pool } from '../pool.ts';
import { gauge, type Resource } from '../resource.ts';

const connections = { name: 'database connections', topic: 'connections' } as const;

/** Pools of connections to databases, as the usual libraries name them. */
export const connectionPools: readonly Resource[] = [
  pool({
    ...{ ...connections, id: 'pool.db', label: 'pool' },
    used: gauge(['db_pool_in_use', 'db_pool_used', 'db_pool_active']),
    size: gauge(['db_pool_size', 'db_pool_max']),
    waiting: ['db_pool_waiting', 'db_pool_pending'],
    timeouts: 'db_pool_timeouts_total',
  }),
  // HikariCP, by Micrometer and by its own Prometheus binding.
  pool({
    ...{ ...connections, id: 'pool.hikari', label: 'pool' },
    used: gauge(['hikaricp_connections_active', 'hikaricp_active_connections']),
    size: gauge(['hikaricp_connections_max', 'hikaricp_max_connections']),
    waiting: ['hikaricp_connections_pending', 'hikaricp_pending_threads'],
    timeouts: ['hikaricp_connections_timeout_total', 'hikaricp_connection_timeout_total'],
    waits: ['thread', 'threads'],
  }),
  // Micrometer's DataSourcePoolMetrics: DBCP2, Tomcat JDBC.
  pool({
    ...{ ...connections, id: 'pool.jdbc', label: 'name' },
    used: gauge('jdbc_connections_active'),
    size: gauge('jdbc_connections_max', { positive: true }),
  }),
  pool({
    ...{ ...connections, id: 'pool.r2dbc', label: 'name' },
    used: gauge('r2dbc_pool_acquired_connections'),
    size: gauge('r2dbc_pool_max_allocated_connections'),
    waiting: 'r2dbc_pool_pending_connections',
  }),
  // OpenTelemetry's semantic conventions for database clients, before and after they were made stable.
  pool({
    ...{ ...connections, id: 'pool.otelUsage', label: 'pool_name' },
    used: gauge('db_client_connections_usage', { where: { state: 'used' } }),
    size: gauge('db_client_connections_max'),
    waiting: 'db_client_connections_pending_requests',
    timeouts: 'db_client_connections_timeouts_total',
  }),
  pool({
    ...{ ...connections, id: 'pool.otel', label: 'db_client_connection_pool_name' },
    used: gauge('db_client_connection_count', { where: { db_client_connection_state: 'used' } }),
    size: gauge('db_client_connection_max'),
    waiting: 'db_client_connection_pending_requests',
    timeouts: 'db_client_connection_timeouts_total',
  }),
  // Go's database/sql by client_golang's collectors.DBStatsCollector; a maximum of 0 is none.
  pool({
    ...{ ...connections, id: 'pool.goSql', label: 'db_name' },
    used: gauge(['go_sql_in_use_connections', 'go_sql_stats_connections_in_use']),
    size: gauge(['go_sql_max_open_connections', 'go_sql_stats_connections_max_open'], { positive: true }),
  }),
];
