/** How an answer that failed looks in a label. */
export interface StatusRule {
  /** Labels that may tell it: libraries of one kind differ. */
  readonly labels: readonly string[];
  /** Of the whole value; the same in RE2 and in JavaScript. */
  readonly failed: string;
}

/** Metrics of requests that a library, a framework or a proxy names so. */
export interface RequestFamily {
  /** For people. */
  readonly kind: string;
  /** The counter with its suffix; where it is absent, what the durations count. */
  readonly counter?: string;
  /** Others name their durations so too: without the counter it is not this one. */
  readonly needsCounter?: boolean;
  /** Others name their counter so too: without the durations it is not this one. */
  readonly needsDuration?: boolean;
  /** The histogram or summary, without suffix. */
  readonly duration?: string;
  readonly secondsPerUnit?: number;
  /** Absent: nothing tells which ones failed. */
  readonly status?: StatusRule;
  /** Labels that tell what was asked for. */
  readonly routes: readonly string[];
  /** Matchers without which requests count twice. */
  readonly also?: string;
}

const clientLabels = ['status', 'code', 'status_code', 'http_status', 'statusCode', 'status_class'];
const clientRoutes = ['route', 'path', 'handler', 'endpoint', 'uri', 'url', 'controller'];
const httpStatus = (...labels: readonly string[]): StatusRule => ({ labels, failed: '5..' });

/**
 * Codes by which a server says that it is its own fault, by name and by number.
 * @see https://opentelemetry.io/docs/specs/semconv/rpc/grpc/ (the status of server spans)
 */
const grpcFailed = ['Unknown', 'DeadlineExceeded', 'Unimplemented', 'Internal', 'Unavailable', 'DataLoss']
  .flatMap((name) => [name, name.replace(/(?!^)[A-Z]/g, '_$&').toUpperCase()])
  .concat(['2', '4', '12', '13', '14', '15'])
  .join('|');
const milliseconds = 0.001;

/** The first that is there counts: what the service tells of itself before what a proxy in front of it does. */
export const requestFamilies: readonly RequestFamily[] = [
  {
    kind: 'OpenTelemetry',
    duration: 'http_server_request_duration_seconds',
    // Of Ruby's client library, which has the same name for its durations.
    counter: 'http_server_requests_total',
    status: httpStatus('http_response_status_code', 'http_status_code', 'code', 'status'),
    routes: ['http_route', 'url_path', 'path', 'route'],
  },
  {
    kind: 'OpenTelemetry',
    duration: 'http_server_request_duration_milliseconds',
    secondsPerUnit: milliseconds,
    status: httpStatus('http_response_status_code', 'http_status_code'),
    routes: ['http_route', 'url_path'],
  },
  ...['http_server_duration_milliseconds', 'http_server_duration'].map((duration) => ({
    ...{ kind: 'OpenTelemetry (before 1.23)', duration, secondsPerUnit: milliseconds },
    status: httpStatus('http_status_code', 'http_response_status_code'),
    routes: ['http_route', 'http_target'],
  })),
  {
    kind: 'Spring (Micrometer)',
    duration: 'http_server_requests_seconds',
    status: httpStatus('status'),
    routes: ['uri'],
  },
  {
    kind: 'Flask',
    counter: 'flask_http_request_total',
    duration: 'flask_http_request_duration_seconds',
    status: httpStatus('status'),
    routes: ['path', 'url_rule', 'endpoint'],
  },
  {
    kind: 'Django',
    counter: 'django_http_responses_total_by_status_total',
    duration: 'django_http_requests_latency_seconds_by_view_method',
    status: httpStatus('status'),
    routes: ['view'],
  },
  {
    kind: '.NET (prometheus-net)',
    counter: 'http_requests_received_total',
    needsCounter: true,
    duration: 'http_request_duration_seconds',
    status: httpStatus('code'),
    routes: ['endpoint', 'action', 'controller'],
  },
  ...['http_', 'express_http_', 'express_', 'starlette_', 'fastapi_', 'gin_', 'fiber_http_', 'echo_'].map((prefix) => ({
    kind: prefix === 'http_' ? 'Prometheus client' : `${prefix.split('_')[0] ?? ''} (Prometheus client)`,
    counter: `${prefix}requests_total`,
    duration: `${prefix}request_duration_seconds`,
    status: httpStatus(...clientLabels),
    routes: clientRoutes,
  })),
  {
    kind: 'Prometheus client',
    counter: 'http_request_total',
    duration: 'http_request_duration_milliseconds',
    secondsPerUnit: milliseconds,
    status: httpStatus(...clientLabels),
    routes: clientRoutes,
  },
  {
    kind: 'gRPC',
    counter: 'grpc_server_handled_total',
    duration: 'grpc_server_handling_seconds',
    status: { labels: ['grpc_code'], failed: grpcFailed },
    routes: ['grpc_method'],
  },
  ...(
    [
      ['rpc_server_call_duration_seconds', 1],
      ['rpc_server_duration_seconds', 1],
      ['rpc_server_duration_milliseconds', milliseconds],
      ['rpc_server_duration', milliseconds],
    ] as const
  ).map(([duration, secondsPerUnit]) => ({
    ...{ kind: 'OpenTelemetry (RPC)', duration, secondsPerUnit },
    status: { labels: ['rpc_grpc_status_code', 'rpc_response_status_code'], failed: grpcFailed },
    routes: ['rpc_method'],
  })),
  ...(
    [
      ['traces_span_metrics_calls_total', 'traces_span_metrics_duration_milliseconds', milliseconds],
      ['traces_span_metrics_calls_total', 'traces_span_metrics_duration_seconds', 1],
      ['traces_spanmetrics_calls_total', 'traces_spanmetrics_latency', 1],
      ['calls_total', 'duration_milliseconds', milliseconds],
      ['calls_total', 'duration_seconds', 1],
    ] as const
  ).map(([counter, duration, secondsPerUnit]) => ({
    ...{ kind: 'spans (OpenTelemetry)', counter, needsCounter: true, duration, needsDuration: true, secondsPerUnit },
    status: { labels: ['status_code'], failed: 'STATUS_CODE_ERROR' },
    routes: ['span_name'],
    // What a service asks of others, and what it does inside, are spans too.
    also: 'span_kind=~"SPAN_KIND_SERVER"',
  })),
  {
    kind: 'Linkerd',
    counter: 'response_total',
    needsCounter: true,
    duration: 'response_latency_ms',
    needsDuration: true,
    secondsPerUnit: milliseconds,
    status: { labels: ['classification'], failed: 'failure' },
    routes: ['authority'],
    // Both ends of a request report it.
    also: 'direction!="outbound"',
  },
  {
    kind: 'Istio',
    counter: 'istio_requests_total',
    duration: 'istio_request_duration_milliseconds',
    secondsPerUnit: milliseconds,
    status: httpStatus('response_code'),
    routes: ['destination_service_name', 'destination_workload'],
    // Both ends of a request report it.
    also: 'reporter!="source"',
  },
  {
    kind: 'Envoy',
    counter: 'envoy_cluster_upstream_rq_xx',
    duration: 'envoy_cluster_upstream_rq_time',
    secondsPerUnit: milliseconds,
    status: { labels: ['envoy_response_code_class'], failed: '5' },
    routes: ['envoy_cluster_name'],
  },
  {
    kind: 'Envoy',
    counter: 'envoy_http_downstream_rq_xx',
    needsCounter: true,
    duration: 'envoy_http_downstream_rq_time',
    secondsPerUnit: milliseconds,
    status: { labels: ['envoy_response_code_class'], failed: '5' },
    routes: ['envoy_http_conn_manager_prefix'],
    // Its own statistics are asked for over HTTP too.
    also: 'envoy_http_conn_manager_prefix!="admin"',
  },
  ...['service', 'router', 'entrypoint'].map((part) => ({
    kind: 'Traefik',
    counter: `traefik_${part}_requests_total`,
    duration: `traefik_${part}_request_duration_seconds`,
    status: httpStatus('code'),
    routes: [part],
  })),
  {
    kind: 'ingress-nginx',
    counter: 'nginx_ingress_controller_requests',
    duration: 'nginx_ingress_controller_request_duration_seconds',
    status: httpStatus('status'),
    routes: ['path', 'ingress'],
  },
  {
    kind: 'nginx-vts',
    counter: 'nginx_vts_server_requests_total',
    status: httpStatus('code'),
    routes: ['host'],
    // Sums over hosts and codes are series too.
    also: 'host!="*",code=~"[1-5]xx"',
  },
  ...['frontend', 'backend'].map((part) => ({
    kind: 'HAProxy',
    counter: `haproxy_${part}_http_responses_total`,
    status: httpStatus('code'),
    routes: ['proxy', part],
  })),
  {
    kind: 'Caddy',
    duration: 'caddy_http_request_duration_seconds',
    status: httpStatus('code'),
    routes: ['handler', 'server'],
  },
  {
    kind: 'nginx Plus',
    counter: 'nginxplus_server_zone_responses',
    status: httpStatus('code'),
    routes: ['server_zone'],
  },
  { kind: 'nginx Plus', counter: 'nginxplus_http_requests_total', routes: [] },
  { kind: 'nginx', counter: 'nginx_http_requests_total', routes: [] },
];
