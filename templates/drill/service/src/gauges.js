import { monitorEventLoopDelay } from 'node:perf_hooks';

const loopDelay = monitorEventLoopDelay({ resolution: 20 });
loopDelay.enable();
const startedAt = Date.now() / 1000 - process.uptime();

/** What /metrics tells about this process. */
export function processGauges() {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return [
    gauge('process_start_time_seconds', 'When the process started.', startedAt),
    counter('process_cpu_seconds_total', 'CPU time used.', (user + system) / 1e6),
    gauge('process_resident_memory_bytes', 'Memory held.', rss),
    gauge('nodejs_heap_size_used_bytes', 'Heap in use.', heapUsed),
    gauge('nodejs_eventloop_lag_p99_seconds', 'Delay of the event loop.', loopDelay.percentile(99) / 1e9),
  ];
}

/** What /metrics tells about the connections to the database. */
export function poolGauges(pool) {
  return [
    gauge('db_pool_size', 'Connections the pool may open.', pool.size),
    gauge('db_pool_in_use', 'Connections in use.', pool.inUse),
    gauge('db_pool_waiting', 'Requests that wait for a connection.', pool.waiting),
    counter('db_pool_timeouts_total', 'Requests that waited in vain.', pool.timeouts),
  ];
}

function gauge(name, help, value) {
  return { name, help, type: 'gauge', value };
}

function counter(name, help, value) {
  return { name, help, type: 'counter', value };
}
