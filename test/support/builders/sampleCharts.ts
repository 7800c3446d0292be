import { epochMsOf } from '../../../src/incident/isoTime.ts';
import type { Chart } from '../../../src/signals/metrics/chart.ts';
import { after } from './events.ts';

/** A value a minute, from `from` to `to` minutes after the Monday that tests begin at. */
export function pointsOf(
  from: number,
  to: number,
  valueAt: (minute: number) => number | null,
): Chart['lines'][number]['points'] {
  return Array.from({ length: to - from + 1 }, (_, index) => [
    epochMsOf(after(from + index)) / 1000,
    valueAt(from + index),
  ]);
}

/** Errors of a checkout that went wrong eleven minutes before it was noticed, with a gap where nothing was scraped. */
export function errorChart(): Chart {
  return {
    id: 'checkout/errors',
    title: 'checkout: error ratio',
    unit: 'ratio',
    source: 'Prometheus (https://prometheus.example.org), query sum(rate(http_requests_total{code=~"5.."}[1m]))',
    lines: [
      {
        name: 'errors',
        points: pointsOf(-60, 40, (minute) =>
          minute > -30 && minute < -25 ? null : minute < -11 || minute > 25 ? 0.002 : 0.31 + (minute % 5) / 50,
        ),
      },
      { name: 'the hour before', points: pointsOf(-60, 40, (minute) => 0.002 + (Math.abs(minute) % 3) / 1000) },
    ],
  };
}

/** How long the requests of that checkout took. */
export function latencyChart(): Chart {
  return {
    id: 'checkout/latency',
    title: 'checkout: latency',
    unit: 'seconds',
    source: 'Prometheus (https://prometheus.example.org), query histogram_quantile(…)',
    lines: [
      { name: 'p50', points: pointsOf(-60, 40, (minute) => (minute < -11 || minute > 25 ? 0.04 : 0.4)) },
      { name: 'p95', points: pointsOf(-60, 40, (minute) => (minute < -11 || minute > 25 ? 0.12 : 1.9)) },
      { name: 'p99', points: pointsOf(-60, 40, (minute) => (minute < -11 || minute > 25 ? 0.3 : 5)) },
    ],
  };
}
