import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrometheus } from '../../../../src/connect/prometheus.ts';
import { isoTimeOf } from '../../../../src/incident/isoTime.ts';
import { partQuery } from '../../../../src/signals/infrastructure/partQuery.ts';
import { recognisedResources } from '../../../../src/signals/infrastructure/recognisedResources.ts';
import { metricsOf } from '../../../../src/signals/infrastructure/resource.ts';
import { serviceMatchers, podMatchers } from '../../../../src/signals/infrastructure/serviceSeries.ts';
import type { ReadsMetrics } from '../../../../src/signals/metrics/readsMetrics.ts';
import { confirmedEndpoints } from '../../../support/builders/endpoints.ts';
import type { RunningServer } from '../../../support/debianServer.ts';
import { hasPrometheus, startPrometheus } from '../../../support/prometheusServers.ts';
import { counterOf, exporterHistory, gaugeOf, type HistorySeries } from './exporterHistory.ts';
import { type Look, look, never, service } from './infrastructureFixture.ts';

const hasServers = await hasPrometheus();
const gb = 1024 ** 3;
const nowSeconds = Math.floor(Date.now() / 1000);
const impactSeconds = nowSeconds - 30 * 60;

/** Machines of which `busy` is in trouble since impact began; another sixteen have too little memory. */
const machines: readonly HistorySeries[] = [
  ...['a', 'busy'].flatMap((name) => {
    const labels = `job="node",instance="${name}:9100"`;
    const [idle, avail] = name === 'busy' ? [0.02, 4 * gb] : [0.9, 50 * gb];
    const mount = `${labels},device="/dev/sda1",fstype="ext4",mountpoint="/var"`;
    return [
      counterOf(`node_cpu_seconds_total{${labels},cpu="0",mode="idle"}`, 0.66, idle),
      counterOf(`node_cpu_seconds_total{${labels},cpu="0",mode="user"}`, 0.34, 1 - idle),
      gaugeOf(`node_load5{${labels}}`, 0.5, name === 'busy' ? 5 : 0.5),
      gaugeOf(`node_filesystem_avail_bytes{${mount}}`, 50 * gb, avail),
      gaugeOf(`node_filesystem_size_bytes{${mount}}`, 100 * gb),
      gaugeOf(`node_filesystem_readonly{${mount}}`, 0),
      gaugeOf(`node_filesystem_avail_bytes{${labels},device="tmpfs",fstype="tmpfs",mountpoint="/run"}`, 0),
      gaugeOf(`node_filesystem_size_bytes{${labels},device="tmpfs",fstype="tmpfs",mountpoint="/run"}`, gb),
      gaugeOf(`node_filesystem_readonly{${labels},device="tmpfs",fstype="tmpfs",mountpoint="/run"}`, 0),
    ];
  }),
  ...Array.from({ length: 20 }, (_, index) => `job="node",instance="m${String(index)}:9100"`).flatMap(
    (labels, index) => [
      gaugeOf(`node_memory_MemAvailable_bytes{${labels}}`, 16 * gb, index < 16 ? (index + 1) * 0.05 * gb : 20 * gb),
      gaugeOf(`node_memory_MemTotal_bytes{${labels}}`, 32 * gb),
    ],
  ),
];

const pod = 'namespace="shop",pod="checkout-7d9f8b6c5x-kx2cd",container="checkout"';
const other = 'namespace="shop",pod="checkout-worker-7d9f8b6c5x-kx2cd",container="checkout"';
const state = 'job="kube-state-metrics",instance="ksm:8080"';
const cluster: readonly HistorySeries[] = [
  counterOf(`kube_pod_container_status_restarts_total{${state},${pod}}`, 0, 0.004),
  counterOf(`kube_pod_container_status_restarts_total{${state},${other}}`, 0.1),
  gaugeOf(`kube_pod_container_status_waiting_reason{${state},${pod},reason="CrashLoopBackOff"}`, 0, 1),
  gaugeOf(`kube_pod_container_status_last_terminated_reason{${state},${pod},reason="OOMKilled"}`, 0, 1),
  gaugeOf(`kube_pod_status_ready{${state},namespace="shop",pod="checkout-7d9f8b6c5x-kx2cd",condition="true"}`, 1, 0),
  gaugeOf(`kube_pod_status_phase{${state},namespace="shop",pod="checkout-7d9f8b6c5x-kx2cd",phase="Running"}`, 1),
  gaugeOf(`kube_deployment_status_replicas_available{${state},namespace="shop",deployment="checkout"}`, 3, 1),
  gaugeOf(`kube_deployment_spec_replicas{${state},namespace="shop",deployment="checkout"}`, 3),
  gaugeOf(`kube_deployment_status_replicas_available{${state},namespace="shop",deployment="payments"}`, 0),
  gaugeOf(`kube_deployment_spec_replicas{${state},namespace="shop",deployment="payments"}`, 3),
  gaugeOf(`kube_node_status_condition{${state},node="n1",condition="Ready",status="true"}`, 1),
  gaugeOf(
    `container_memory_working_set_bytes{job="kubelet",instance="n1:10250",${pod},name="0a1b"}`,
    2 * gb,
    3.95 * gb,
  ),
  gaugeOf(`container_spec_memory_limit_bytes{job="kubelet",instance="n1:10250",${pod},name="0a1b"}`, 4 * gb),
  counterOf(`container_cpu_cfs_throttled_periods_total{job="kubelet",instance="n1:10250",${pod},name="0a1b"}`, 0.1, 3),
  counterOf(`container_cpu_cfs_periods_total{job="kubelet",instance="n1:10250",${pod},name="0a1b"}`, 10),
  // With its limit by cAdvisor it is told once.
  gaugeOf(`kube_pod_container_resource_limits{${state},${pod},node="n1",resource="memory",unit="byte"}`, 4 * gb),
  gaugeOf(`kube_node_status_condition{${state},node="n1",condition="MemoryPressure",status="true"}`, 0),
  gaugeOf(`kube_node_status_condition{${state},node="n1",condition="MemoryPressure",status="false"}`, 1),
  gaugeOf(`kube_node_status_condition{${state},node="n1",condition="DiskPressure",status="true"}`, 0, 1),
  gaugeOf(
    'kubelet_volume_stats_available_bytes{job="kubelet",namespace="shop",persistentvolumeclaim="data-pg-0"}',
    50 * gb,
    3 * gb,
  ),
  gaugeOf(
    'kubelet_volume_stats_capacity_bytes{job="kubelet",namespace="shop",persistentvolumeclaim="data-pg-0"}',
    100 * gb,
  ),
];

/** As kube-prometheus-stack keeps it: without container_spec_*. */
const cart = 'namespace="shop",pod="cart-7d9f8b6c5x-kx2cd"';
const withoutSpecs: readonly HistorySeries[] = [
  gaugeOf(`container_memory_working_set_bytes{job="kubelet",${cart},container="cart",name="0c"}`, gb, 1.95 * gb),
  gaugeOf(`container_memory_working_set_bytes{job="kubelet",${cart},container=""}`, 2 * gb),
  counterOf(`container_cpu_usage_seconds_total{job="kubelet",${cart},container="cart",name="0c"}`, 0.2, 0.95),
  gaugeOf(
    `kube_pod_container_resource_limits{${state},${cart},container="cart",resource="memory",unit="byte"}`,
    2 * gb,
  ),
  gaugeOf(`kube_pod_container_resource_limits{${state},${cart},container="cart",resource="cpu",unit="core"}`, 1),
];

const db = 'job="postgres",instance="db:9187"';
const databases: readonly HistorySeries[] = [
  gaugeOf(`pg_up{${db}}`, 1),
  gaugeOf(`pg_stat_activity_count{${db},datname="shop",state="active"}`, 20, 90),
  gaugeOf(`pg_stat_activity_count{${db},datname="shop",state="idle"}`, 10, 6),
  gaugeOf(`pg_settings_max_connections{${db}}`, 100),
  gaugeOf(`pg_replication_lag_seconds{${db}}`, 0.2, 42),
  gaugeOf(`pg_stat_activity_max_tx_duration{${db},datname="shop",state="active"}`, 0.5, 95),
  gaugeOf('mysql_slave_status_seconds_behind_master{job="mysql",instance="my:9104"}', 0, NaN),
  counterOf('mysql_global_status_slow_queries{job="mysql",instance="my:9104"}', 0.05, 3),
  gaugeOf('redis_memory_used_bytes{job="redis",instance="r:9121"}', gb, 1.95 * gb),
  gaugeOf('redis_memory_max_bytes{job="redis",instance="r:9121"}', 2 * gb),
  gaugeOf('haproxy_server_status{job="lb",instance="lb:8404",proxy="shop",server="s1",state="UP"}', 1, 0),
  gaugeOf('haproxy_server_status{job="lb",instance="lb:8404",proxy="shop",server="s1",state="DOWN"}', 0, 1),
  gaugeOf('haproxy_server_status{job="lb",instance="lb:8404",proxy="shop",server="s2",state="UP"}', 1),
  // Slots of an ingress controller for servers to come.
  ...['s3', 's4'].flatMap((slot) => [
    gaugeOf(`haproxy_server_status{job="lb",instance="lb:8404",proxy="shop",server="${slot}",state="UP"}`, 0),
    gaugeOf(`haproxy_server_status{job="lb",instance="lb:8404",proxy="shop",server="${slot}",state="MAINT"}`, 1),
  ]),
];

const own = (instance: string) => `job="shop/checkout",instance="${instance}"`;
const services: readonly HistorySeries[] = [
  gaugeOf(`hikaricp_connections_active{${own('c1:8080')},pool="main"}`, 3, 10),
  gaugeOf(`hikaricp_connections_active{${own('c2:8080')},pool="main"}`, 3, 4),
  ...['c1:8080', 'c2:8080'].map((instance) => gaugeOf(`hikaricp_connections_max{${own(instance)},pool="main"}`, 10)),
  gaugeOf(`hikaricp_connections_pending{${own('c1:8080')},pool="main"}`, 0, 12),
  counterOf(`process_cpu_seconds_total{${own('c1:8080')}}`, 0.2, 0.9),
  gaugeOf('hikaricp_connections_active{job="payments",instance="p1:8080",pool="main"}', 10),
  gaugeOf('hikaricp_connections_max{job="payments",instance="p1:8080",pool="main"}', 10),
  gaugeOf('hikaricp_connections_pending{job="payments",instance="p1:8080",pool="main"}', 10),
];

describe.skipIf(!hasServers)('a real Prometheus', { timeout: 60_000 }, () => {
  let server: RunningServer;
  let reader: ReadsMetrics;
  let seen: Look;

  beforeAll(async () => {
    const history = exporterHistory(
      [...machines, ...cluster, ...withoutSpecs, ...databases, ...services],
      impactSeconds,
      nowSeconds,
    );
    server = await startPrometheus({ jobs: {}, history });
    const source = { name: 'Prometheus', url: server.url };
    reader = createPrometheus(confirmedEndpoints(), source);
    seen = await look(
      { metricsFor: () => reader },
      { services: [service('checkout'), service('cart')], dataSources: { prometheus: [source], alertmanager: [] } },
      { clock: () => isoTimeOf(Date.now()), impactStart: isoTimeOf(impactSeconds * 1000) },
    );
  }, 60_000);
  afterAll(() => server.stop());

  it('understands every query', async () => {
    const tried = recognisedResources.flatMap((resource) =>
      Object.values(resource.parts).flatMap((part) =>
        ['', 'job="checkout"'].map((matchers) => partQuery(part, resource, matchers, new Set(metricsOf(part)))),
      ),
    );
    expect(tried.length).toBeGreaterThan(100);
    for (const query of tried) {
      const { warnings } = await reader.instant(query, { signal: never });
      expect(
        warnings.filter((warning) => !warning.startsWith('PromQL info')),
        query,
      ).toEqual([]);
    }
  });

  it.each(['checkout', 'a.b', 'a"b\\c', "o'brien (eu) [1]", 'naïve-😀'])(
    'understands the names of services: %s',
    async (name) => {
      for (const matchers of [...serviceMatchers({ name }), ...podMatchers({ name })]) {
        expect((await reader.instant(`up{${matchers}}`, { signal: never })).series, matchers).toEqual([]);
      }
    },
  );

  it('tells machines that were well before impact, and what they had then', () => {
    expect(seen.lines).toContainEqual(
      'bad: busy:9100 CPU 98 % in use, 34 % before impact (of all 2 machines in Prometheus)',
    );
    expect(seen.lines).toContainEqual(
      'bad: busy:9100 disk /var 4 % free (4 GB of 100 GB), 50 % before impact; full within 4 h if it goes on like this (of all 2 in Prometheus)',
    );
    expect(seen.lines).toContainEqual(
      'bad: busy:9100 load 5 per core over 5 min, 0.5 before impact (of all 2 machines in Prometheus)',
    );
    expect(seen.lines.filter((line) => line.includes(' a:9100') || line.includes('/run'))).toEqual([]);
  });

  it('tells the three worst of many, and how many more there are', () => {
    const memory = seen.lines.filter(
      (line) => line.includes('memory') && !line.includes('Redis') && !line.includes('container'),
    );
    expect(memory).toEqual([
      'bad: m0:9100 memory 0.2 % available (51.2 MB of 32 GB), 50 % before impact (of all 20 machines in Prometheus)',
      'bad: m1:9100 memory 0.3 % available (102 MB of 32 GB), 50 % before impact (of all 20 machines in Prometheus)',
      'bad: m2:9100 memory 0.5 % available (154 MB of 32 GB), 50 % before impact (of all 20 machines in Prometheus)',
      'bad: machines memory is no better on 13 more of all 20 machines in Prometheus',
    ]);
  });

  it('tells the pods and the Deployment of the service, and of nobody else', () => {
    const name = 'checkout-7d9f8b6c5x-kx2cd';
    expect(seen.lines).toContainEqual(
      expect.stringMatching(`^bad: ${name} restarts of container checkout [78] in the last 30 min, 0 before impact$`),
    );
    expect(seen.lines).toContainEqual(`bad: ${name} container checkout CrashLoopBackOff keeps it from running`);
    expect(seen.lines).toContainEqual(`bad: ${name} container checkout was OOMKilled within the last 30 min`);
    expect(seen.lines).toContainEqual(
      `bad: ${name} memory of container checkout 99 % of its limit (4 GB of 4 GB), 50 % before impact`,
    );
    expect(seen.lines).toContainEqual(
      `suspicious: ${name} CPU of container checkout 30 % of the time throttled, 1 % before impact`,
    );
    expect(seen.lines).toContainEqual('bad: checkout pods 0 of 1 is ready, 1 before impact');
    expect(seen.lines).toContainEqual('suspicious: checkout Deployment checkout 1 of 3 are available, 3 before impact');
    expect(seen.lines.filter((line) => line.includes(`${name} memory`))).toHaveLength(1);
    expect(seen.lines.filter((line) => line.includes('worker') || line.includes('payments'))).toEqual([]);
  });

  it('tells memory and CPU of containers by the limits of their pods, where cAdvisor tells none', () => {
    expect(seen.lines.filter((line) => line.includes('cart-7d9f8b6c5x-kx2cd'))).toEqual([
      'bad: cart-7d9f8b6c5x-kx2cd memory of container cart 98 % of its limit (1.9 GB of 2 GB), 50 % before impact',
      'suspicious: cart-7d9f8b6c5x-kx2cd CPU of container cart 95 % of its limit, 20 % before impact',
    ]);
  });

  it('tells nodes under pressure and volumes that are nearly full', () => {
    expect(seen.lines).toContainEqual('bad: n1 cluster node is under pressure for disk, and evicts pods');
    expect(seen.lines).toContainEqual('bad: Prometheus volume data-pg-0 3 % free (3 GB of 100 GB), 50 % before impact');
  });

  it('tells databases, caches and load balancers', () => {
    expect(seen.lines).toContainEqual('bad: db:9187 PostgreSQL connections 96 of 100, 96 % in use, 30 % before impact');
    expect(seen.lines).toContainEqual('suspicious: db:9187 PostgreSQL replication 42 s behind, 0.2 s before impact');
    expect(seen.lines).toContainEqual(
      'suspicious: db:9187 PostgreSQL longest transaction runs for 1 min 35 s, 0 s before impact',
    );
    expect(seen.lines).toContainEqual('ok: db:9187 PostgreSQL is up');
    expect(seen.lines).toContainEqual('unknown: my:9104 MySQL replication is unknown: its value is NaN');
    expect(seen.lines).toContainEqual('suspicious: my:9104 MySQL slow queries 3 per second, 0.05 before impact');
    expect(seen.lines).toContainEqual(
      'suspicious: r:9121 Redis memory 98 % in use (1.9 GB of 2 GB), 50 % before impact',
    );
    expect(seen.lines).toContainEqual(
      'suspicious: lb:8404 HAProxy backend shop 1 of 2 servers are up, 2 before impact',
    );
    const topics = new Set(seen.observations.flatMap(({ topic }) => topic ?? []));
    expect([...topics].sort()).toEqual(['connections', 'loadBalancers', 'replicationLag', 'restarts', 'slowQueries']);
  });

  it('tells the worst instance of the service by the name of its job with a namespace', () => {
    expect(seen.lines.filter((line) => line.includes('database connections'))).toEqual([
      'bad: checkout (c1:8080) database connections main 10 of 10 in use, 3 before impact, 12 threads wait',
    ]);
    expect(seen.lines).toContainEqual('suspicious: checkout CPU 0.9 cores, 0.2 before impact');
  });

  it('says where each number is from', () => {
    const { source = '', details = [] } = seen.observations.find(({ subject }) => subject === 'busy:9100') ?? {};
    expect(source).toMatch(/^Prometheus \(http:\/\/127\.0\.0\.1:\d+\): 1 - avg by \(cluster, job, instance\)/);
    expect(details[0]).toMatch(/^Suspicious from 90 %/);
    expect(new Set(seen.observations.map(({ id }) => id)).size).toBe(seen.observations.length);
  });
});
