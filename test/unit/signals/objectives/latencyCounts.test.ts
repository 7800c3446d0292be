import { describe, expect, it } from 'vitest';
import type { RequestMetrics } from '../../../../src/signals/metrics/recogniseRequests.ts';
import { latencyCounts } from '../../../../src/signals/objectives/latencyCounts.ts';

const requests = (duration: Partial<NonNullable<RequestMetrics['duration']>> = {}): RequestMetrics => ({
  kind: 'any',
  count: { name: 'd_count', native: false },
  duration: { family: 'd', form: 'classic', secondsPerUnit: 1, ...duration },
  routes: [],
  also: 'reporter!="source"',
});
const bounds = ['0.1', '0.25', '0.5', '1', '1.0', '+Inf'];
const selector = 'job="shop"';

describe('the bucket that is taken', () => {
  it.each<readonly [number, RequestMetrics, readonly string[], string, string]>([
    [250, requests(), bounds, '0\\\\.25', 'within 250 ms are counted by d_bucket.'],
    [300, requests(), bounds, '0\\\\.25', 'within 250 ms are counted by d_bucket, the bucket nearest below 300 ms.'],
    [1000, requests(), bounds, '1|1\\\\.0', 'within 1000 ms are counted by d_bucket.'],
    [
      60_000,
      requests(),
      bounds,
      '1|1\\\\.0',
      'within 1000 ms are counted by d_bucket, the bucket nearest below 60000 ms.',
    ],
    [300, requests({ secondsPerUnit: 0.001 }), ['100', '300'], '300', 'within 300 ms are counted by d_bucket.'],
    [0.3, requests(), ['0.0003'], '0\\\\.0003', 'within 0.3 ms are counted by d_bucket.'],
  ])('for %d ms', (thresholdMs, metrics, les, le, note) => {
    expect(latencyCounts(metrics, selector, les, thresholdMs)).toEqual({
      queries: {
        total: 'sum(rate(d_count{job="shop",reporter!="source"}[$window]))',
        count: 'good',
        query: `sum(rate(d_bucket{job="shop",reporter!="source",le=~"${le}"}[$window]))`,
      },
      note: `Requests ${note}`,
    });
  });
});

it('a native histogram tells any threshold', () => {
  const rate = 'sum(rate(d{job="shop",reporter!="source"}[$window]))';
  expect(latencyCounts(requests({ form: 'native' }), selector, [], 300)).toMatchObject({
    queries: {
      total: `histogram_count(${rate})`,
      query: `histogram_fraction(-Inf, 0.3, ${rate}) * histogram_count(${rate})`,
    },
  });
});

it.each([
  [50, requests(), bounds, 'no bucket is at or below 50 ms: d_bucket begins at 100 ms'],
  [50, requests(), ['+Inf'], 'no bucket is at or below 50 ms: d_bucket has none'],
  [50, requests({ form: 'summary' }), [], 'd keeps quantiles'],
])('%d ms cannot be counted', (thresholdMs, metrics, les, problem) => {
  const counts = latencyCounts(metrics, selector, les, thresholdMs);
  expect('problem' in counts ? counts.problem : '').toContain(problem);
});
