import { describe, expect, it } from 'vitest';
import { openSloObjectives } from '../../../../src/signals/objectives/openSloObjectives.ts';

const ratio = (count: string, query = 'sum(http_requests_total{code=~"5.."})', source = 'type: Prometheus') => `
      ratioMetric:
        counter: true
        ${count}:
          metricSource:
            ${source}
            spec:
              query: ${query}
        total:
          metricSource:
            ${source}
            spec:
              query: sum(rate(http_requests_total[5m]))`;

interface Parts {
  readonly indicator?: string;
  readonly window?: string;
  readonly method?: string;
  readonly objectives?: string;
  readonly service?: string;
}

const slo = ({
  indicator = `indicator:
    metadata: { name: errors }
    spec:${ratio('bad')}`,
  window = 'timeWindow: [{ duration: 28d, isRolling: true }]',
  method = 'budgetingMethod: Occurrences',
  objectives = 'objectives: [{ target: 0.999 }]',
  service = 'checkout',
}: Parts = {}) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: checkout-availability, displayName: Checkout works }
spec:
  service: ${service}
  ${indicator}
  ${window}
  ${method}
  ${objectives}
`;

const read = (text: string, service = 'checkout') => openSloObjectives([{ path: 'slo/checkout.yaml', text }], service);
const bad = 'sum(rate(http_requests_total{code=~"5.."}[$window]))';
const total = 'sum(rate(http_requests_total[$window]))';

describe('an objective', () => {
  it('of a ratio of counters', async () => {
    expect(await read(slo())).toEqual({
      objectives: [
        {
          objective: { kind: 'queries', name: 'Checkout works', target: 0.999, windowDays: 28, bad, total },
          path: 'slo/checkout.yaml',
          line: 23,
        },
      ],
      problems: [],
    });
  });

  it('by what is good, with several targets, in percent', async () => {
    const text = slo({
      indicator: `indicator:\n    spec:${ratio('good', 'a{code!~"5.."}')}`,
      objectives: 'objectives: [{ targetPercent: 99.9 }, { target: 0.95, displayName: fair }]',
    });
    const { objectives, problems } = await read(text);
    expect(problems).toEqual([]);
    expect(objectives.map(({ objective }) => objective)).toEqual([
      expect.objectContaining({
        name: 'Checkout works: 99.9 %',
        target: 0.9990000000000001,
        good: 'sum(rate(a{code!~"5.."}[$window]))',
      }),
      expect.objectContaining({ name: 'Checkout works: fair', target: 0.95, total }),
    ]);
  });

  it('refers to an SLI and a data source in other documents and files', async () => {
    const sli = `kind: Service\napiVersion: openslo/v1\nmetadata: { name: checkout }\n---\napiVersion: openslo/v1
kind: SLI
metadata: { name: errors }
spec:${ratio('bad', 'a', 'metricSourceRef: main').replaceAll('\n    ', '\n')}
---
apiVersion: openslo/v1
kind: DataSource
metadata: { name: main }
spec: { type: prometheus }
`;
    const files = [
      { path: 'a.yaml', text: slo({ indicator: 'indicatorRef: errors' }) },
      { path: 'b.yaml', text: sli },
    ];
    const { objectives, problems } = await openSloObjectives(files, 'checkout');
    expect(problems).toEqual([]);
    expect(objectives[0]?.objective).toMatchObject({ bad: 'sum(rate(a[$window]))' });
  });

  it('of another service is left out where some bear the name', async () => {
    const text = `${slo()}---\n${slo({ service: 'payments' })}`;
    expect((await read(text)).objectives).toHaveLength(1);
    expect((await read(text, 'payments')).objectives[0]?.line).toBe(47);
    expect((await read(text, 'search')).objectives).toHaveLength(2);
  });

  it.each([
    ['4w', 28],
    ['1M', 30],
    ['1Q', 90],
    ['12h', 0.5],
  ])('over %s', async (duration, days) => {
    const { objectives } = await read(slo({ window: `timeWindow: [{ duration: ${duration}, isRolling: true }]` }));
    expect(objectives[0]?.objective.windowDays).toBe(days);
  });

  it('over a window of the calendar is computed as a rolling one, and that is said', async () => {
    const { objectives, problems } = await read(slo({ window: 'timeWindow: [{ duration: 1M, isRolling: false }]' }));
    expect(objectives).toMatchObject([{ note: expect.stringContaining('the last 30 days instead') as string }]);
    expect(problems).toEqual([]);
  });
});

describe('what is not computed is told with its line', () => {
  it.each<readonly [string, string, string, string]>([
    [
      'time slices',
      slo({ method: 'budgetingMethod: Timeslices' }),
      'Timeslices',
      'only the budgeting method Occurrences is',
    ],
    [
      'a threshold',
      slo({ indicator: 'indicator:\n    spec:\n      thresholdMetric: { metricSource: { type: Prometheus } }' }),
      'thresholdMetric',
      'is not computed: its indicator is a thresholdMetric',
    ],
    [
      'another server',
      slo({ indicator: `indicator:\n    spec:${ratio('bad', 'a', 'type: Datadog')}` }),
      'type: Datadog',
      'only Prometheus',
    ],
    ['an SLI that is nowhere', slo({ indicator: 'indicatorRef: gone' }), 'indicatorRef', 'refers to the SLI gone'],
    ['no indicator', slo({ indicator: 'description: none' }), 'spec:', 'has no indicator'],
    [
      'a query without range',
      slo({ indicator: `indicator:\n    spec:${ratio('bad', 'a / b')}` }),
      'query: a / b',
      'has no range',
    ],
    [
      'no target',
      slo({ objectives: 'objectives: [{ target: 99.9 }]' }),
      'target: 99.9',
      'without a target between 0 and 1',
    ],
    ['no objectives', slo({ objectives: 'objectives: []' }), 'objectives: []', 'has no objectives'],
    [
      'a window without end',
      slo({ window: 'timeWindow: [{ duration: 30, isRolling: true }]' }),
      'duration: 30',
      'duration',
    ],
    ['an older version', 'apiVersion: openslo/v1alpha\nkind: SLO\n', 'v1alpha', 'only openslo/v1 is'],
    ['an unknown kind', 'apiVersion: openslo/v1\nkind: Slo\n', 'kind: Slo', 'The kind Slo'],
    ['a second document that is no YAML', `${slo()}---\napiVersion: openslo/v1\na: @b\n`, 'a: @b', 'not valid YAML'],
    [
      'a document that is too long',
      `apiVersion: openslo/v1\n# ${'x'.repeat(65_536)}`,
      'apiVersion',
      'of 64 KB is not read',
    ],
  ])('%s', async (_, text, line, message) => {
    const { problems } = await read(text);
    expect(text.split('\n')[(problems[0]?.line ?? 0) - 1]).toContain(line);
    expect(problems).toEqual([
      {
        path: 'slo/checkout.yaml',
        line: expect.any(Number) as number,
        message: expect.stringContaining(message) as string,
      },
    ]);
  });

  it('files of other formats, and kinds without objectives, are left alone', async () => {
    const text = `# a comment\n---\napiVersion: v1\nkind: Service\n---\na: @b\n---\napiVersion: openslo/v1\nkind: AlertPolicy\n---\n- 1\n`;
    expect(await read(text)).toEqual({ objectives: [], problems: [] });
  });

  it.each([
    '',
    '---\n---\n',
    'apiVersion: openslo/v1\nkind: SLO\nspec: 5\n',
    'apiVersion: openslo/v1\nkind: SLO\nspec: { indicator: { spec: { ratioMetric: { total: [] } } }, objectives: [1, null], timeWindow: x }\n',
    'a: &a [*a]\napiVersion: openslo/v1',
    `apiVersion: openslo/v1\nkind: SLO\nspec: ${'['.repeat(5000)}`,
  ])('never throws: %#', async (text) => {
    expect((await read(text)).objectives).toEqual([]);
  });
});

describe('a file whose words are no words', () => {
  it.each([
    ['# openslo/\napiVersion: { toString: 1 }\nkind: SLO\n', []],
    ['apiVersion: openslo/v1\nkind: { toString: 1 }\n', ['Its kind is missing or no text.']],
    ['apiVersion: openslo/v1\nkind: [[[SLO]]]\n', ['Its kind is missing or no text.']],
    ['apiVersion: openslo/v2alpha\nkind: SLO\n', ['openslo/v2alpha is not read: only openslo/v1 is.']],
  ])('%j', async (text, messages) => {
    const { problems } = await read(text);
    expect(problems.map(({ message }) => message)).toEqual(messages);
  });
});
