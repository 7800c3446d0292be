import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableScrapes, scrapedReadings } from '../../../../src/signals/infrastructure/scrapedReadings.ts';
import { parseExposition } from '../../../../src/signals/metrics/exposition.ts';
import { resourceOf } from './judgedResource.ts';

const [at, later] = ['2026-03-04T14:06:50.000Z', '2026-03-04T14:07:00.000Z'];

async function read(id: string, before: string, now: string, times: readonly [string, string] = [at, later]) {
  const [earlierAt, laterAt] = times;
  const pair = { earlier: await parseExposition(before, earlierAt), later: await parseExposition(now, laterAt) };
  return scrapedReadings(resourceOf(id), readableScrapes(pair)).map(({ values }) => values);
}

describe('readings of what a service exposes', () => {
  it.each<[id: string, text: string, readonly Readonly<Record<string, number>>[]]>([
    [
      'pool.hikari',
      'hikaricp_connections_active{pool="a"} 3\nhikaricp_connections_max{pool="a"} 10\nhikaricp_connections_active{pool="b"} 1\nhikaricp_connections_max{pool="b"} 5\nhikaricp_connections_pending{pool="b"} 2\n',
      [
        { used: 3, size: 10 },
        { used: 1, size: 5, waiting: 2 },
      ],
    ],
    [
      'pool.otelUsage',
      'db_client_connections_usage{state="used",pool_name="a"} 4\ndb_client_connections_usage{state="idle",pool_name="a"} 6\ndb_client_connections_max{pool_name="a"} 10\n',
      [{ used: 4, size: 10 }],
    ],
    // No limit is 0 in Go, and -1 in Java.
    [
      'pool.goSql',
      'go_sql_in_use_connections{db_name="a"} 4\ngo_sql_max_open_connections{db_name="a"} 0\n',
      [{ used: 4 }],
    ],
    [
      'jvm.heap',
      'jvm_memory_used_bytes{area="heap",id="Eden"} 10\njvm_memory_used_bytes{area="heap",id="Old"} 20\njvm_memory_used_bytes{area="nonheap",id="Meta"} 99\njvm_memory_max_bytes{area="heap",id="Eden"} -1\njvm_memory_max_bytes{area="heap",id="Old"} 100\n',
      [{ used: 30, size: 100 }],
    ],
    [
      'jvm.heap',
      'jvm_memory_bytes_used{area="heap"} 30\njvm_memory_bytes_max{area="heap"} 100\n',
      [{ used: 30, size: 100 }],
    ],
    [
      'threads.tomcat',
      'tomcat_threads_busy_threads{name="http"} 9\ntomcat_threads_config_max_threads{name="http"} 200\n',
      [{ used: 9, size: 200 }],
    ],
    ['process.files', 'process_open_fds 12\nprocess_max_fds 1024\n', [{ used: 12, size: 1024 }]],
    ['node.eventLoop', 'nodejs_eventloop_lag_seconds 9\nnodejs_eventloop_lag_p99_seconds 0.02\n', [{ level: 0.02 }]],
    // An exporter may be what mayday.yaml names as the metrics of a service.
    [
      'pg.connections',
      'pg_stat_activity_count{state="active"} 3\npg_stat_activity_count{state="idle"} 4\npg_settings_max_connections 100\n',
      [{ used: 7, size: 100 }],
    ],
    // Only PromQL can tell these.
    ['node.cpu', 'node_cpu_seconds_total{cpu="0",mode="idle"} 4\n', []],
    ['pod.restarts', 'kube_pod_container_status_restarts_total{pod="a"} 4\n', []],
    ['pool.db', 'db_pool_in_use 4\n', []],
    ['pool.db', '', []],
  ])('%s of %o', async (id, text, expected) => {
    expect(await read(id, text, text)).toEqual(expected);
  });

  it('are rates where two scrapes make one, and nothing where they do not', async () => {
    const [before, now] = ['process_cpu_seconds_total 100\n', 'process_cpu_seconds_total 104\n'];
    expect(await read('process.cpu', before, now)).toEqual([{ level: 0.4 }]);
    expect(await read('process.cpu', now, before)).toEqual([{ level: 10 }]);
    expect(await read('process.cpu', '', now)).toEqual([{ level: 10.4 }]);
    expect(await read('process.cpu', before, now, [at, at])).toEqual([]);
    expect(await read('process.cpu', before, now, [later, at])).toEqual([]);
  });

  it('never have a rate below zero, whatever a counter does', async () => {
    const amount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(amount, amount, async (one, other) => {
        const text = (value: number) => `process_cpu_seconds_total ${String(value)}\n`;
        const [values] = await read('process.cpu', text(one), text(other));
        expect(values?.['level']).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
