import { gauge, inBraces, promql, type Resource } from '../resource.ts';

const by = ['cluster', 'job', 'instance'];
/** One series for each machine, database or cache. */
const anchors =
  '__name__=~"node_boot_time_seconds|pg_settings_max_connections|mysql_global_variables_max_connections|redis_connected_clients"';

/** Whether Prometheus reaches what it scrapes: without it nothing else is known. */
export const scrapeTargets: readonly Resource[] = [
  {
    ...{ id: 'target.up', name: 'metrics endpoint', scope: 'service', by: ['job', 'instance', 'pod'] },
    parts: { up: gauge('up', { together: 'min' }) },
    why: 'Bad when Prometheus cannot scrape it: the instance is down, or hangs.',
    judge: ({ values: { up } }) =>
      up === 0
        ? { verdict: 'bad', text: 'does not answer Prometheus', rank: 1 }
        : { verdict: 'ok', text: 'answers Prometheus', rank: 0 },
  },
  {
    ...{ id: 'target.silent', name: 'exporter', scope: 'machines', by },
    silentWhenFine: true,
    parts: {
      up: promql(
        ['up'],
        (matchers) =>
          `max by (${by.join(', ')}) (last_over_time(${inBraces(matchers, anchors)}[6h])) * 0 and on (job, instance) up == 0`,
      ),
    },
    why: 'What an exporter that does not answer stands for is not known.',
    judge: () => ({
      verdict: 'unknown',
      text: 'does not answer Prometheus, so that how it is now is unknown',
      rank: 1,
    }),
  },
];
