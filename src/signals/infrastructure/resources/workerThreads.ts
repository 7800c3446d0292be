import { pool } from '../pool.ts';
import { gauge, type Resource } from '../resource.ts';

/** Threads and processes that answer requests: when all are busy, everybody else waits. */
export const workerThreads: readonly Resource[] = [
  pool({
    ...{ id: 'threads.tomcat', name: 'Tomcat threads', label: 'name' },
    used: gauge(['tomcat_threads_busy_threads', 'tomcat_threads_busy']),
    size: gauge(['tomcat_threads_config_max_threads', 'tomcat_threads_config_max'], { positive: true }),
  }),
  pool({
    ...{ id: 'threads.jetty', name: 'Jetty threads' },
    used: gauge('jetty_threads_busy'),
    size: gauge('jetty_threads_config_max'),
    waiting: 'jetty_threads_jobs',
  }),
  pool({
    ...{ id: 'threads.executor', name: 'executor threads', label: 'name' },
    used: gauge('executor_active_threads'),
    size: gauge('executor_pool_max_threads'),
    waits: ['task', 'tasks'],
  }),
  // Puma's plugin tells what is free, not what is busy: `puma_running` is all threads that exist.
  pool({
    ...{ id: 'threads.phpFpm', name: 'PHP-FPM processes', label: 'pool' },
    used: gauge('phpfpm_active_processes'),
    size: gauge('phpfpm_total_processes'),
    waiting: 'phpfpm_listen_queue',
  }),
];
