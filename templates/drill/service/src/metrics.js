const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Counts requests, and prints everything as Prometheus text. Gauges are read when asked for. */
export function createMetrics(gauges = () => []) {
  const requests = new Map();
  const durations = new Map();

  return {
    observe({ method, route, status, seconds }) {
      const counted = labels({ method, route, status });
      requests.set(counted, (requests.get(counted) ?? 0) + 1);
      histogram(durations, labels({ method, route })).add(seconds);
    },
    text() {
      return [
        '# HELP http_requests_total Requests answered, by method, route and status.',
        '# TYPE http_requests_total counter',
        ...[...requests].map(([key, count]) => `http_requests_total{${key}} ${count}`),
        '# HELP http_request_duration_seconds Time until the response was sent.',
        '# TYPE http_request_duration_seconds histogram',
        ...[...durations].flatMap(([key, value]) => value.lines('http_request_duration_seconds', key)),
        ...gauges().flatMap(({ name, type, help, value }) => [
          `# HELP ${name} ${help}`,
          `# TYPE ${name} ${type}`,
          `${name} ${value}`,
        ]),
        '',
      ].join('\n');
    },
  };
}

function histogram(all, key) {
  const known = all.get(key);
  if (known) return known;
  const counts = buckets.map(() => 0);
  let sum = 0;
  let count = 0;
  const created = {
    add(seconds) {
      buckets.forEach((limit, index) => (counts[index] += seconds <= limit ? 1 : 0));
      sum += seconds;
      count += 1;
    },
    lines: (name, labelText) => [
      ...buckets.map((limit, index) => `${name}_bucket{${labelText},le="${limit}"} ${counts[index]}`),
      `${name}_bucket{${labelText},le="+Inf"} ${count}`,
      `${name}_sum{${labelText}} ${sum.toFixed(6)}`,
      `${name}_count{${labelText}} ${count}`,
    ],
  };
  all.set(key, created);
  return created;
}

function labels(values) {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${String(value).replace(/["\\\n]/g, '_')}"`)
    .join(',');
}
