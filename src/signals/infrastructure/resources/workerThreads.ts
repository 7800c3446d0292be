import { amountText, counted } from '../amounts.ts';
import { pool } from '../pool.ts';
import { gauge, growth, type JudgedReading, optional, type Reading, type Resource } from '../resource.ts';

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
  {
    ...{ id: 'threads.phpFpm', name: 'PHP-FPM processes', scope: 'service', by: ['job', 'instance', 'pod', 'pool'] },
    parts: {
      used: gauge('phpfpm_active_processes'),
      // What runs now; how many may run it does not tell.
      size: gauge('phpfpm_total_processes'),
      waiting: optional(gauge('phpfpm_listen_queue')),
      reached: optional(growth(['phpfpm_max_children_reached', 'phpfpm_max_children_reached_total'])),
    },
    why: 'Suspicious when requests wait, or pm.max_children was reached in the last 5 min; bad when they wait and no process is free.',
    judge: judgePhpFpm,
  },
];

function judgePhpFpm({ values, lately }: Reading): JudgedReading {
  const { used = 0, size = 0, waiting = 0, reached = 0 } = values;
  const isAtLimit = reached >= 0.5;
  const isStuck = waiting > 0 && (isAtLimit || used >= size);
  const wait = waiting > 0 ? [counted(waiting, 'request waits', 'requests wait')] : [];
  const limit = isAtLimit ? [`pm.max_children reached ${counted(reached, 'time', 'times')} ${lately}`] : [];
  return {
    verdict: isStuck ? 'bad' : waiting > 0 || isAtLimit ? 'suspicious' : 'ok',
    text: [`${amountText(used)} of ${amountText(size)} that run are busy`, ...wait, ...limit].join(', '),
    rank: waiting + reached,
  };
}
