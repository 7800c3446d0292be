import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../../src/signals/alerts/alert.ts';
import { parseAlertmanagerAlerts } from '../../../../src/signals/alerts/alertmanagerAlerts.ts';
import { linkOf, runbookOf } from '../../../../src/signals/alerts/annotations.ts';
import { parsePagerDutyIncidents } from '../../../../src/signals/alerts/pagerDutyIncidents.ts';
import { parseAlertingRules, parsePrometheusAlerts } from '../../../../src/signals/alerts/prometheusAlerts.ts';
import { matchersOf, matcherText } from '../../../../src/signals/alerts/silence.ts';
import { unitedAlerts } from '../../../../src/signals/alerts/unitedAlerts.ts';

const managed = (change: object = {}) => ({
  fingerprint: '1f2e3d4c5b6a7988',
  startsAt: '2026-11-23T07:00:00+01:00',
  endsAt: '2026-11-23T06:30:00Z',
  updatedAt: '2026-11-23T06:10:00Z',
  labels: { alertname: 'CheckoutErrors', severity: 'page' },
  annotations: { summary: 'Checkout fails', runbook_url: 'https://runbooks.example.org/checkout' },
  generatorURL: 'http://prometheus.example.org/graph?g0.expr=up',
  status: { state: 'active', silencedBy: [], inhibitedBy: [] },
  ...change,
});
const first = async (entry: object): Promise<Alert | undefined> =>
  (await parseAlertmanagerAlerts([entry], 'prod'))?.alerts[0];

describe('alerts of Alertmanager', () => {
  it('have everything that it tells, in UTC', async () => {
    expect(await first(managed())).toEqual({
      id: 'alertmanager/prod/1f2e3d4c5b6a7988',
      kind: 'alertmanager',
      source: 'prod',
      fingerprint: '1f2e3d4c5b6a7988',
      name: 'CheckoutErrors',
      summary: 'Checkout fails',
      description: '',
      runbook: { kind: 'link', url: 'https://runbooks.example.org/checkout' },
      labels: { alertname: 'CheckoutErrors', severity: 'page' },
      since: '2026-11-23T06:00:00.000Z',
      status: 'active',
      link: 'http://prometheus.example.org/graph?g0.expr=up',
    });
  });

  it.each([
    [{ state: 'active', silencedBy: [], inhibitedBy: [] }, 'active'],
    [{ state: 'unprocessed', silencedBy: [], inhibitedBy: [] }, 'active'],
    [{ state: 'suppressed', silencedBy: ['a'], inhibitedBy: [] }, 'silenced'],
    [{ state: 'suppressed', silencedBy: [], inhibitedBy: ['b'] }, 'inhibited'],
    [{ state: 'suppressed', silencedBy: ['a'], inhibitedBy: ['b'] }, 'silenced'],
    [{ state: 'suppressed', silencedBy: null, inhibitedBy: null, mutedBy: ['night'] }, 'silenced'],
    ['none', 'active'],
  ])('with the status %j are %s', async (status, expected) => {
    expect((await first(managed({ status })))?.status).toBe(expected);
  });

  it.each([
    [managed({ generatorURL: 'command:workbench.action.quit' }), 'link'],
    [managed({ generatorURL: 7 }), 'link'],
    [managed({ annotations: { runbook_url: 'javascript:alert(1)' } }), 'runbook'],
    [managed({ annotations: { dashboard_url: 'file:///etc/passwd' } }), 'dashboard'],
  ])('never link to what is no web address', async (entry, field) => {
    expect(await first(entry)).not.toHaveProperty(field);
  });

  it('that are none are left out and counted', async () => {
    const entries = [managed(), null, 'alert', {}, managed({ labels: { alertname: 7 } })];
    expect(await parseAlertmanagerAlerts(entries, 'prod')).toMatchObject({ alerts: [{}], left: 4 });
  });

  it('beyond a thousand are counted', async () => {
    const entries = Array.from({ length: 1200 }, (_, index) => managed({ fingerprint: `f${String(index)}` }));
    const answer = await parseAlertmanagerAlerts(entries, 'prod');
    expect([answer?.alerts.length, answer?.left]).toEqual([1000, 200]);
  });

  it.each([{}, null, 'x', { status: 'success' }])('are none in %j', async (value) => {
    expect(await parseAlertmanagerAlerts(value, 'prod')).toBeUndefined();
  });
});

describe('alerts of Prometheus', () => {
  const told = (state: string, labels: object = { alertname: 'Slow' }) => ({
    labels,
    annotations: { description: 'p99 above 1 s' },
    state,
    activeAt: '2026-11-23T06:00:00.123456789Z',
    value: '1e+00',
  });
  const answer = (...alerts: readonly unknown[]) => ({ status: 'success', data: { alerts } });

  it.each([
    ['firing', 'active'],
    ['pending', 'pending'],
  ])('that are %s are %s', async (state, status) => {
    const parsed = await parsePrometheusAlerts(answer(told(state)), 'prod');
    expect(parsed?.alerts).toMatchObject([
      { name: 'Slow', status, since: '2026-11-23T06:00:00.123Z', description: 'p99 above 1 s' },
    ]);
  });

  it('that are inactive are none, and not missing either', async () => {
    expect(await parsePrometheusAlerts(answer(told('inactive')), 'prod')).toEqual({ alerts: [], left: 0 });
  });

  it('have one fingerprint for the same labels in any order', async () => {
    const parsed = await parsePrometheusAlerts(
      answer(
        told('firing', { alertname: 'A', b: '1' }),
        told('firing', { b: '1', alertname: 'A' }),
        told('firing', { b: '2' }),
      ),
      'prod',
    );
    const [one, two, three] = parsed?.alerts.map(({ fingerprint }) => fingerprint) ?? [];
    expect([one === two, one === three]).toEqual([true, false]);
  });

  it('link to the graph of their rule', async () => {
    const rules = parseAlertingRules({
      status: 'success',
      data: { groups: [{ rules: [{ name: 'Slow', query: 'up == 0', type: 'alerting' }, 'x'] }, {}] },
    });
    const parsed = await parsePrometheusAlerts(answer(told('firing')), 'prod', (name) => rules.get(name));
    expect(parsed?.alerts[0]?.link).toBe('up == 0');
  });

  it.each([[], { status: 'error', errorType: 'internal' }, null])('are none in %j', async (value) => {
    expect(await parsePrometheusAlerts(value, 'prod')).toBeUndefined();
    expect(parseAlertingRules(value).size).toBe(0);
  });
});

describe('incidents of PagerDuty', () => {
  const incident = {
    id: 'PT4KHLK',
    incident_number: 1234,
    title: 'Checkout is down',
    status: 'triggered',
    urgency: 'high',
    created_at: '2026-11-23T06:00:00Z',
    html_url: 'https://shop.pagerduty.example.org/incidents/PT4KHLK',
    service: { id: 'PS1', summary: 'checkout' },
    priority: { id: 'PP1', summary: 'P1' },
  };

  it('are alerts with service, urgency and priority', async () => {
    const parsed = await parsePagerDutyIncidents({ incidents: [incident], more: false }, 'PagerDuty');
    expect(parsed).toEqual({
      alerts: [
        {
          id: 'pagerduty/PagerDuty/PT4KHLK',
          kind: 'pagerduty',
          source: 'PagerDuty',
          fingerprint: 'PT4KHLK',
          name: 'Checkout is down',
          summary: '',
          description: '',
          labels: { service: 'checkout', priority: 'P1', urgency: 'high' },
          urgency: 'P1',
          since: '2026-11-23T06:00:00.000Z',
          status: 'active',
          link: 'https://shop.pagerduty.example.org/incidents/PT4KHLK',
        },
      ],
      ...{ left: 0, more: false },
    });
  });

  it.each([
    [
      { status: 'acknowledged', priority: null },
      { status: 'acknowledged', urgency: 'high' },
    ],
    [{ title: '' }, { name: 'PagerDuty incident 1234' }],
    [{ service: 'checkout' }, { labels: { priority: 'P1', urgency: 'high' } }],
  ])('with %j are %j', async (change, expected) => {
    const parsed = await parsePagerDutyIncidents({ incidents: [{ ...incident, ...change }] }, 'PagerDuty');
    expect(parsed?.alerts).toMatchObject([expected]);
  });

  it('that are resolved, or have no id for an address, are left out', async () => {
    const incidents = [
      { ...incident, status: 'resolved' },
      { ...incident, id: '../users' },
    ];
    const parsed = await parsePagerDutyIncidents({ incidents, more: true, total: 7 }, 'PagerDuty');
    expect(parsed).toEqual({ alerts: [], left: 2, more: true, total: 7 });
  });
});

describe('links', () => {
  it.each([
    ['https://runbooks.example.org/a', { kind: 'link', url: 'https://runbooks.example.org/a' }],
    ['docs/runbook.md', { kind: 'file', path: 'docs/runbook.md' }],
    ['./docs/runbook.md', { kind: 'file', path: 'docs/runbook.md' }],
    ['docs/../../secret', undefined],
    ['../secret', undefined],
    ['/etc/passwd', undefined],
    ['~/notes', undefined],
    ['C:\\runbook.md', undefined],
    ['command:workbench.action.quit', undefined],
    ['https://ana:pw@runbooks.example.org/', undefined],
    ['', undefined],
  ])('a runbook %j is %j', (text, expected) => {
    expect(runbookOf(text)).toEqual(expected);
  });

  it('of other schemes are none', () => {
    expect(['vscode://x', 'data:text/html,x', 'ftp://example.org'].map(linkOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('alerts of several sources', () => {
  const alert = (kind: Alert['kind'], labels: Record<string, string>, change: Partial<Alert> = {}): Alert => ({
    ...{ id: JSON.stringify([kind, labels]), kind, source: kind, fingerprint: 'f', name: labels['alertname'] ?? '' },
    ...{ summary: '', description: '', labels, since: undefined, status: 'active', ...change },
  });

  it.each([
    ['with the same labels', { alertname: 'A', job: 'x' }, { alertname: 'A', job: 'x' }, 1],
    ['but for __ labels', { alertname: 'A', __rule__: '1' }, { alertname: 'A' }, 1],
    ['with an external label', { alertname: 'A', job: 'x' }, { alertname: 'A', job: 'x', region: 'eu' }, 1],
    ['with another value', { alertname: 'A', job: 'x' }, { alertname: 'A', job: 'y' }, 2],
    ['with another name', { alertname: 'A' }, { alertname: 'B' }, 2],
  ])('%s are listed %#', (_, told, managedLabels, count) => {
    const united = unitedAlerts([alert('prometheus', told), alert('alertmanager', managedLabels)]);
    expect(united).toHaveLength(count);
    expect(united.at(-1)?.kind).toBe('alertmanager');
  });

  it('of which one is of all instances and one of a single one are two', () => {
    const united = unitedAlerts([
      alert('prometheus', { alertname: 'A' }),
      alert('prometheus', { alertname: 'A', instance: 'i' }),
      alert('alertmanager', { alertname: 'A', instance: 'i' }),
    ]);
    expect(united.map(({ kind, labels }) => [kind, labels['instance']])).toEqual([
      ['prometheus', undefined],
      ['alertmanager', 'i'],
    ]);
  });

  // Compared one with another, they would keep the editor busy for a minute: the test would end in its timeout.
  it('in a flood of one rule are told apart', () => {
    const many = (kind: Alert['kind'], external: Record<string, string>) =>
      Array.from({ length: 1000 }, (_, index) => {
        const common = Object.fromEntries(Array.from({ length: 300 }, (__, label) => [`l${String(label)}`, 'v']));
        return alert(kind, { alertname: 'A', ...common, z: String(index), ...external });
      });
    const united = unitedAlerts([...many('prometheus', {}), ...many('alertmanager', { region: 'eu' })]);
    expect(united.map(({ kind }) => kind)).toEqual(Array(1000).fill('alertmanager'));
  });

  it('that are pending are Prometheus’s alone', () => {
    const labels = { alertname: 'A' };
    const united = unitedAlerts([alert('prometheus', labels, { status: 'pending' }), alert('alertmanager', labels)]);
    expect(united).toHaveLength(2);
  });
});

describe('matchers', () => {
  const labels = { job: 'x', alertname: 'A "quoted"\n', __name__: 'up' };

  it('are all labels exactly, in order, without those of Prometheus itself', () => {
    expect(matchersOf({ labels }).map(matcherText)).toEqual(['alertname="A \\"quoted\\"\\n"', 'job="x"']);
  });

  it('can be some of them', () => {
    expect(matchersOf({ labels }, ['job', 'none']).map(matcherText)).toEqual(['job="x"']);
  });
});
