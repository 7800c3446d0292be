import { describe, expect, it } from 'vitest';
import { promqlPattern, promqlText } from '../../../../src/signals/metrics/promqlText.ts';
import { recogniseRequests } from '../../../../src/signals/metrics/recogniseRequests.ts';
import { requestFamilies } from '../../../../src/signals/metrics/requestFamilies.ts';
import { requestQueries, requestsByRoute } from '../../../../src/signals/metrics/requestQueries.ts';

const classic = (family: string) => ['bucket', 'sum', 'count'].map((suffix) => `${family}_${suffix}`);

describe('metrics of requests are recognised', () => {
  it.each<[names: readonly string[], kind: string, count: string, duration?: string]>([
    [
      classic('http_server_request_duration_seconds'),
      'OpenTelemetry',
      'http_server_request_duration_seconds_count',
      'classic',
    ],
    [['http_server_request_duration_seconds'], 'OpenTelemetry', 'http_server_request_duration_seconds', 'native'],
    [
      classic('http_server_duration_milliseconds'),
      'OpenTelemetry (before 1.23)',
      'http_server_duration_milliseconds_count',
      'classic',
    ],
    [
      ['http_server_requests_seconds_count', 'http_server_requests_seconds_sum', 'http_server_requests_seconds_max'],
      'Spring (Micrometer)',
      'http_server_requests_seconds_count',
    ],
    [
      ['http_requests_total', ...classic('http_request_duration_seconds')],
      'Prometheus client',
      'http_requests_total',
      'classic',
    ],
    [classic('http_request_duration_seconds'), 'Prometheus client', 'http_request_duration_seconds_count', 'classic'],
    [
      ['http_request_duration_seconds', 'http_request_duration_seconds_count'],
      'Prometheus client',
      'http_request_duration_seconds_count',
      'summary',
    ],
    [
      ['flask_http_request_total', ...classic('flask_http_request_duration_seconds')],
      'Flask',
      'flask_http_request_total',
      'classic',
    ],
    [['express_http_requests_total'], 'express (Prometheus client)', 'express_http_requests_total'],
    [
      ['shop_http_requests_total', ...classic('shop_http_request_duration_seconds')],
      'shop_http_… (Prometheus client)',
      'shop_http_requests_total',
      'classic',
    ],
    [
      ['http_requests_received_total', ...classic('http_request_duration_seconds')],
      '.NET (prometheus-net)',
      'http_requests_received_total',
      'classic',
    ],
    [
      ['grpc_server_handled_total', ...classic('grpc_server_handling_seconds')],
      'gRPC',
      'grpc_server_handled_total',
      'classic',
    ],
    [
      classic('rpc_server_duration_milliseconds'),
      'OpenTelemetry (RPC)',
      'rpc_server_duration_milliseconds_count',
      'classic',
    ],
    [
      ['istio_requests_total', ...classic('istio_request_duration_milliseconds')],
      'Istio',
      'istio_requests_total',
      'classic',
    ],
    [
      ['envoy_cluster_upstream_rq_xx', ...classic('envoy_cluster_upstream_rq_time')],
      'Envoy',
      'envoy_cluster_upstream_rq_xx',
      'classic',
    ],
    [
      ['traefik_service_requests_total', ...classic('traefik_service_request_duration_seconds')],
      'Traefik',
      'traefik_service_requests_total',
      'classic',
    ],
    [
      classic('http_server_request_duration_milliseconds'),
      'OpenTelemetry',
      'http_server_request_duration_milliseconds_count',
      'classic',
    ],
    [
      ['traces_span_metrics_calls_total', ...classic('traces_span_metrics_duration_milliseconds')],
      'spans (OpenTelemetry)',
      'traces_span_metrics_calls_total',
      'classic',
    ],
    [
      ['traces_spanmetrics_calls_total', ...classic('traces_spanmetrics_latency')],
      'spans (OpenTelemetry)',
      'traces_spanmetrics_calls_total',
      'classic',
    ],
    [['calls_total', ...classic('duration_milliseconds')], 'spans (OpenTelemetry)', 'calls_total', 'classic'],
    [['response_total', ...classic('response_latency_ms')], 'Linkerd', 'response_total', 'classic'],
    [
      ['envoy_http_downstream_rq_xx', ...classic('envoy_http_downstream_rq_time')],
      'Envoy',
      'envoy_http_downstream_rq_xx',
      'classic',
    ],
    [
      ['nginxplus_http_requests_total', 'nginxplus_server_zone_responses'],
      'nginx Plus',
      'nginxplus_server_zone_responses',
    ],
    [['nginxplus_http_requests_total'], 'nginx Plus', 'nginxplus_http_requests_total'],
    [['nginx_vts_server_requests_total'], 'nginx-vts', 'nginx_vts_server_requests_total'],
    [['haproxy_frontend_http_responses_total'], 'HAProxy', 'haproxy_frontend_http_responses_total'],
    [classic('caddy_http_request_duration_seconds'), 'Caddy', 'caddy_http_request_duration_seconds_count', 'classic'],
    [['nginx_http_requests_total'], 'nginx', 'nginx_http_requests_total'],
  ])('%j', (names, kind, count, form) => {
    const found = recogniseRequests(['go_goroutines', ...names, 'up']);
    expect([found?.kind, found?.count.name, found?.duration?.form]).toEqual([kind, count, form]);
  });

  it.each([
    [['calls_total']],
    [['response_total', 'calls_total']],
    [classic('duration_milliseconds')],
    [[]],
    [['up', 'promhttp_metric_handler_requests_total', 'http_client_request_duration_seconds_bucket']],
  ])('not in %j', (names: readonly string[]) => {
    expect(recogniseRequests(names)).toBeUndefined();
  });

  it('what the service tells of itself comes before what a proxy does', () => {
    expect(recogniseRequests(['traefik_service_requests_total', 'http_requests_total'])?.count.name).toBe(
      'http_requests_total',
    );
  });

  it.each<[kind: string, failed: readonly string[], fine: readonly string[]]>([
    ['Prometheus client', ['500', '503', '5xx'], ['200', '404', '4xx', '50', '1500']],
    [
      'gRPC',
      ['Internal', 'DeadlineExceeded', 'DEADLINE_EXCEEDED', 'DATA_LOSS', '14'],
      ['OK', 'NotFound', '0', '5', '24'],
    ],
    ['Envoy', ['5'], ['2', '4']],
    ['Linkerd', ['failure'], ['success']],
    ['spans (OpenTelemetry)', ['STATUS_CODE_ERROR'], ['STATUS_CODE_UNSET', 'STATUS_CODE_OK']],
  ])('%s: a status that failed', (kind, failed, fine) => {
    const rule = requestFamilies.find((family) => family.kind === kind)?.status?.failed ?? '';
    const isFailed = (status: string) => new RegExp(`^(?:${rule})$`).test(status);
    expect(failed.filter((status) => !isFailed(status))).toEqual([]);
    expect(fine.filter(isFailed)).toEqual([]);
  });
});

describe('the queries', () => {
  const known = (...names: readonly string[]) => {
    const found = recogniseRequests(names);
    if (found === undefined) throw new Error('not recognised');
    return found;
  };

  it('of a classic histogram in milliseconds', () => {
    expect(requestQueries(known(...classic('http_server_duration_milliseconds')), 'job="a"', '5m')).toMatchObject({
      rate: 'sum(rate(http_server_duration_milliseconds_count{job="a"}[5m]))',
      p99: 'histogram_quantile(0.99, sum by (le) (rate(http_server_duration_milliseconds_bucket{job="a"}[5m]))) * 0.001',
    });
  });

  it('of spans are those of requests that came in', () => {
    const names = ['calls_total', ...classic('duration_milliseconds')];
    expect(requestQueries(known(...names), 'service_name="a"', '5m')).toMatchObject({
      rate: 'sum(rate(calls_total{service_name="a",span_kind=~"SPAN_KIND_SERVER"}[5m]))',
      p50: 'histogram_quantile(0.5, sum by (le) (rate(duration_milliseconds_bucket{service_name="a",span_kind=~"SPAN_KIND_SERVER"}[5m]))) * 0.001',
    });
  });

  it('of a native histogram', () => {
    expect(requestQueries(known('http_server_request_duration_seconds'), 'job="a"', '5m')).toMatchObject({
      rate: 'sum(histogram_count(rate(http_server_request_duration_seconds{job="a"}[5m])))',
      p50: 'histogram_quantile(0.5, sum(rate(http_server_request_duration_seconds{job="a"}[5m])))',
    });
  });

  it('of a counter whose label is one of several', () => {
    const { errors, failed } = requestQueries(
      { ...known('http_requests_total'), status: { labels: ['code', 'status'], failed: '5..' } },
      '',
      '1h',
    );
    expect(failed).toBe(
      '(sum(rate(http_requests_total{code=~"5.."}[1h]) or rate(http_requests_total{status=~"5.."}[1h])) or 0 * sum(rate(http_requests_total[1h])))',
    );
    expect(errors).toBe(`${failed ?? ''} / sum(rate(http_requests_total[1h]))`);
  });

  it('that cannot tell are not there', () => {
    expect(Object.keys(requestQueries(known('nginx_http_requests_total'), 'job="a",', '5m'))).toEqual(['rate']);
    expect(requestsByRoute(known('nginx_http_requests_total'), '', '5m')).toBeUndefined();
  });
});

describe('text in PromQL', () => {
  it('stays text', () => {
    expect(promqlText('a"} or vector(1) #\\\n')).toBe('"a\\"} or vector(1) #\\\\\\n"');
    expect(promqlText(promqlPattern('a.b|c'))).toBe('"a\\\\.b\\\\|c"');
  });
});
