import { describe, expect, it } from 'vitest';
import { judgeStatusPage } from '../../../../src/signals/statusPages/judgeStatusPage.ts';
import { parseBetterStack } from '../../../../src/signals/statusPages/parseBetterStack.ts';
import { parseStatuspage } from '../../../../src/signals/statusPages/parseStatuspage.ts';

const now = '2026-11-30T10:00:00.000Z';
const moments = { now, impactStart: '2026-11-30T09:30:00.000Z' };
const page = { id: 'p', name: 'Stripe', url: 'https://status.example.org', updated_at: '2026-11-30T09:58:00Z' };

interface Wish {
  readonly components?: readonly object[];
  readonly incidents?: readonly object[];
  readonly maintenances?: readonly object[];
  readonly indicator?: string;
}

function summary({ components = [], incidents = [], maintenances = [], indicator = 'none' }: Wish): unknown {
  return { page, components, incidents, scheduled_maintenances: maintenances, status: { indicator, description: '' } };
}

function judged(value: unknown, names: readonly string[], ageSeconds = 0) {
  const sight = parseStatuspage(value) ?? parseBetterStack(value, now);
  if (sight === undefined) throw new Error('nothing that can be read');
  return judgeStatusPage({ kind: 'read', sight, ageSeconds }, names, moments);
}

const told = (value: unknown, names: readonly string[], ageSeconds = 0) =>
  judged(value, names, ageSeconds).map(({ name, verdict, text }) => `${verdict}: ${name} ${text}`);

const component = (status: string, more: object = {}) => ({
  ...{ id: 'c1', name: 'API', status, updated_at: '2026-11-30T09:12:00.000Z', group: false },
  ...more,
});
const incident = (more: object = {}) => ({
  ...{
    id: 'i1',
    name: 'Elevated errors',
    impact: 'major',
    status: 'investigating',
    created_at: '2026-11-30T09:10:00Z',
  },
  ...{ components: [{ id: 'c1', name: 'API' }], shortlink: 'https://stspg.example.org/i1' },
  ...{ incident_updates: [{ id: 'u2', body: 'We look into it.', status: 'investigating' }] },
  ...more,
});

describe('a component that a dependency uses', () => {
  it.each([
    ['operational', 'ok: API is operational, says its status page'],
    ['degraded_performance', 'suspicious: API is degraded since 09:12 UTC, says its status page'],
    ['partial_outage', 'suspicious: API has a partial outage since 09:12 UTC, says its status page'],
    ['major_outage', 'bad: API has a major outage since 09:12 UTC, says its status page'],
    ['under_maintenance', 'suspicious: API is under maintenance since 09:12 UTC, says its status page'],
    ['on_fire', 'unknown: API has the state "on_fire", which is not known since 09:12 UTC, says its status page'],
  ])('that is %s', (status, text) => {
    expect(told(summary({ components: [component(status)] }), ['API'])).toEqual([text]);
  });

  it.each([
    ['2026-11-30T09:31:00Z', 'bad', ' since 09:31 UTC'],
    ['2026-11-29T21:40:00Z', 'bad', ' since 29 Nov 21:40 UTC'],
    ['2026-11-29T09:30:00Z', 'bad', ' since 29 Nov 09:30 UTC'],
    ['2026-11-29T09:29:59Z', 'suspicious', ' since 29 Nov, long before impact'],
    ['2026-11-23T09:00:00Z', 'suspicious', ' since 23 Nov, long before impact'],
    ['2025-11-23T09:00:00Z', 'suspicious', ' since 23 Nov 2025, long before impact'],
  ])('that has been out since %s is %s', (updated_at, verdict, since) => {
    expect(told(summary({ components: [component('major_outage', { updated_at })] }), ['api'])).toEqual([
      `${verdict}: API has a major outage${since}, says its status page`,
    ]);
  });

  it('is found by its name without regard to case and by its group; others do not matter', () => {
    const components = [
      component('major_outage', { id: 'c1', name: 'API', group_id: 'g1' }),
      component('operational', { id: 'c2', name: 'Webhooks', group_id: 'g1' }),
      { id: 'g1', name: 'Payments', status: 'major_outage', group: true },
      component('major_outage', { id: 'c3', name: 'Marketing site' }),
    ];
    expect(judged(summary({ components }), [' api']).map(({ key }) => key)).toEqual(['API']);
    expect(judged(summary({ components }), ['PAYMENTS']).map(({ key }) => key)).toEqual(['API', 'Webhooks']);
  });

  it('that the page does not have is unknown, never fine', () => {
    const [found] = judged(summary({ components: [component('operational')] }), ['Checkout']);
    expect(found).toMatchObject({
      ...{ verdict: 'unknown', text: 'is unknown: its status page names no such component', details: ['API'] },
    });
  });

  it('is told with the incident about it', () => {
    const [found, ...others] = judged(summary({ components: [component('partial_outage')], incidents: [incident()] }), [
      'API',
    ]);
    expect(others).toEqual([]);
    expect(found).toEqual({
      ...{ key: 'API', name: 'API', verdict: 'suspicious', since: '2026-11-30T09:12:00.000Z' },
      text: 'has a partial outage since 09:12 UTC, says its status page; incident "Elevated errors" (investigating)',
      details: ['Elevated errors: We look into it.'],
      link: 'https://stspg.example.org/i1',
    });
  });

  it('that is said to be operational while an incident is open about it is suspicious', () => {
    expect(told(summary({ components: [component('operational')], incidents: [incident()] }), ['API'])).toEqual([
      'suspicious: API is operational, says its status page; incident "Elevated errors" (investigating) since 09:10 UTC',
    ]);
  });

  it('that got worse within the window is dated by that, though its incident is a week old', () => {
    const [found] = judged(
      summary({
        components: [component('major_outage', { updated_at: '2026-11-30T09:20:00Z' })],
        incidents: [incident({ created_at: '2026-11-23T09:00:00Z' })],
      }),
      ['API'],
    );
    expect(found).toMatchObject({ verdict: 'bad', since: '2026-11-30T09:20:00.000Z' });
  });

  it.each([
    ['resolved', {}, 'incidents'],
    ['postmortem', {}, 'incidents'],
    ['investigating', { impact: 'none' }, 'incidents'],
    ['investigating', { components: [{ id: 'c9', name: 'Marketing site' }] }, 'incidents'],
    ['scheduled', {}, 'maintenances'],
    ['completed', {}, 'maintenances'],
  ])('is fine while something is %s %j (%s)', (status, more, list) => {
    const value = summary({ components: [component('operational')], [list]: [incident({ status, ...more })] });
    expect(judged(value, ['API']).map(({ verdict }) => verdict)).toEqual(['ok']);
  });

  it.each(['in_progress', 'verifying'])('under maintenance that is %s is suspicious', (status) => {
    const maintenances = [incident({ status, name: 'Database upgrade', scheduled_for: '2026-11-30T09:00:00Z' })];
    expect(told(summary({ components: [component('operational')], maintenances }), ['API'])).toEqual([
      `suspicious: API is operational, says its status page; maintenance "Database upgrade" (${status.replace('_', ' ')}) since 09:00 UTC`,
    ]);
  });

  it('does not say what an incident that names no components means for it: suspicious at most', () => {
    const incidents = [incident({ components: [], impact: 'critical' })];
    expect(told(summary({ components: [component('operational')], incidents }), ['API'])).toEqual([
      'ok: API is operational, says its status page',
      'suspicious: status page tells of incident "Elevated errors" (investigating) since 09:10 UTC',
    ]);
  });

  it('is told by `event_updates` and `affected_components` too', () => {
    const { incident_updates: _, ...rest } = incident({ components: undefined });
    const event_updates = [{ body: 'Other words.', affected_components: [{ code: 'c1', name: 'API' }] }];
    const value = summary({ components: [component('operational')], incidents: [{ ...rest, event_updates }] });
    expect(judged(value, ['API'])).toMatchObject([{ key: 'API', details: ['Elevated errors: Other words.'] }]);
  });
});

describe('a page as a whole', () => {
  it('that says that all is well is told, no more', () => {
    const components = [component('operational'), component('operational', { id: 'c2', name: 'Webhooks' })];
    expect(told(summary({ components }), [])).toEqual([
      'ok: status page says that all is well (2 components operational)',
    ]);
  });

  it('is told by the components in trouble', () => {
    const components = [component('operational'), component('degraded_performance', { id: 'c2', name: 'Webhooks' })];
    expect(told(summary({ components, incidents: [incident({ components: [] })] }), [])).toEqual([
      'suspicious: Webhooks is degraded since 09:12 UTC, says its status page',
      'suspicious: status page tells of incident "Elevated errors" (investigating) since 09:10 UTC',
    ]);
  });

  it.each([
    ['none', 'ok: status page says that all is well'],
    ['critical', 'suspicious: status page says that the whole has a major outage, and not what of it'],
    ['strange', 'unknown: status page is unknown: it names no components and no state'],
  ])('without components, %s', (indicator, text) => {
    expect(told(summary({ indicator }), [])).toEqual([text]);
  });

  it('an incident without impact is fine, and named', () => {
    const value = summary({ components: [component('operational')], incidents: [incident({ impact: 'none' })] });
    expect(told(value, [])).toEqual([
      'ok: status page says that all is well (1 component operational), with incident "Elevated errors" (investigating) since 09:10 UTC open, said to have no impact',
    ]);
    const two = summary({
      components: [],
      incidents: [incident({ impact: 'none' }), incident({ id: 'i2', impact: 'none' })],
    });
    expect(told(two, [])[0]).toContain('and 1 more open');
  });

  it('a hundred outages are told in thirty, and that there are more', () => {
    const components = Array.from({ length: 100 }, (_, index) =>
      component(index < 40 ? 'degraded_performance' : 'major_outage', {
        id: `c${String(index)}`,
        name: `C${String(index)}`,
      }),
    );
    const found = judged(summary({ components }), []);
    expect(found).toHaveLength(31);
    expect(found.slice(0, 30).every(({ verdict }) => verdict === 'bad')).toBe(true);
    expect(found[30]).toMatchObject({ verdict: 'suspicious', text: 'tells of 70 more that are not well' });
  });

  it('an old copy of a cache is never fine', () => {
    const value = summary({ components: [component('operational')] });
    expect(told(value, ['API'], 3600)).toEqual(['ok: API is operational, says its status page']);
    expect(told(value, ['API'], 7200)).toEqual(['unknown: API is unknown: a cache answered with a copy 120 min old']);
  });
});

describe('Better Stack', () => {
  const betterStack = (status: string, reports: readonly object[] = [], state = 'operational'): unknown => ({
    data: { id: '1', type: 'status_page', attributes: { company_name: 'Shop', aggregate_state: state } },
    included: [
      { id: '10', type: 'status_page_section', attributes: { name: 'Payments' } },
      {
        ...{ id: '20', type: 'status_page_resource' },
        attributes: { status_page_section_id: 10, public_name: 'API', status },
      },
      { id: '21', type: 'status_page_resource', attributes: { public_name: 'Docs', status: 'not_monitored' } },
      ...reports,
    ],
  });
  const report = (attributes: object) => ({
    ...{ id: '30', type: 'status_report' },
    attributes: {
      ...{ title: 'API is slow', report_type: 'manual', starts_at: '2026-11-30T09:00:00.000Z', ends_at: null },
      ...{ aggregate_state: 'degraded', affected_resources: [{ status_page_resource_id: '20', status: 'degraded' }] },
      ...attributes,
    },
  });

  it.each([
    ['operational', 'ok: API is operational, says its status page'],
    ['degraded', 'suspicious: API is degraded, says its status page'],
    ['downtime', 'bad: API has a major outage, says its status page'],
    ['maintenance', 'suspicious: API is under maintenance, says its status page'],
    ['strange', 'unknown: API has the state "strange", which is not known, says its status page'],
  ])('a resource that is %s', (status, text) => {
    expect(told(betterStack(status), ['payments'])).toEqual([text]);
  });

  it('a report is told with what it affects, with its latest update', () => {
    const updates = ['2026-11-30T09:05:00.000Z', '2026-11-30T09:45:00.000Z'].map((published_at, index) => ({
      ...{ id: String(40 + index), type: 'status_update' },
      attributes: { status_report_id: 30, message: `Update ${String(index)}`, published_at },
    }));
    expect(judged(betterStack('degraded', [report({}), ...updates]), ['API'])).toEqual([
      {
        ...{ key: 'API', name: 'API', verdict: 'suspicious', since: '2026-11-30T09:00:00.000Z' },
        text: 'is degraded since 09:00 UTC, says its status page; incident "API is slow"',
        details: ['API is slow: Update 1'],
      },
    ]);
  });

  it.each([
    ['over', { ends_at: '2026-11-30T09:50:00.000Z' }],
    ['yet to come', { starts_at: '2026-12-01T09:00:00.000Z', report_type: 'maintenance' }],
    ['resolved', { aggregate_state: 'resolved' }],
  ])('a report that is %s is no problem', (_what, attributes) => {
    expect(told(betterStack('operational', [report(attributes)]), [])).toEqual([
      'ok: status page says that all is well (1 component operational)',
    ]);
  });
});

it.each([
  [undefined],
  [null],
  [[]],
  ['text'],
  [{}],
  [{ page: {} }],
  [{ components: [] }],
  [{ data: {} }],
  [{ data: { attributes: {} } }],
])('%j is neither', (value) => {
  expect([parseStatuspage(value), parseBetterStack(value, now)]).toEqual([undefined, undefined]);
});

it('what is not as it should be is left out', () => {
  const value = summary({
    components: [null, {}, { name: 7 }, { name: 'API' }, component('operational')] as object[],
    incidents: [null, {}, 7, { status: 'identified' }] as object[],
    maintenances: [null, {}] as object[],
  });
  expect(told(value, [])).toEqual([
    'suspicious: status page tells of incident "an incident without a name" (identified)',
  ]);
});

describe('a page with thousands of components and incidents', () => {
  const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(index));

  // Compared one with another, they would keep the editor busy for half a minute: the test would end in its timeout.
  it('Statuspage is judged by what names what', () => {
    const strangers = many(300, (index) => ({ id: `z${String(index)}` }));
    const components = many(2000, (index) => component('operational', { id: `c${String(index)}`, name: `API ${String(index)}` })); // prettier-ignore
    const incidents = many(200, (index) =>
      incident({ id: `i${String(index)}`, components: [...strangers, { id: 'c7' }] }),
    );
    const found = judged(summary({ components, incidents: incidents.slice(0, 199) }), []);
    expect(found.map(({ name }) => name)).toContain('status page');
    const few = many(200, (index) => incident({ id: `i${String(index)}`, components: [{ id: 'c7' }, ...strangers] }));
    expect(told(summary({ components, incidents: few }), [])).toEqual([
      'suspicious: API 7 is operational, says its status page; incident "Elevated errors" (investigating) since 09:10 UTC',
    ]);
  });

  it('Better Stack is read once', () => {
    const affected = many(100, (index) => ({ status_page_resource_id: `z${String(index)}` }));
    const reports = many(1000, (index) => ({
      ...{ id: String(index), type: 'status_report' },
      attributes: { title: 'Slow', aggregate_state: 'degraded', affected_resources: affected },
    }));
    const updates = many(1000, (index) => ({
      ...{ id: `u${String(index)}`, type: 'status_update' },
      attributes: { status_report_id: '0', message: 'We look into it.', published_at: '2026-11-30T09:00:00Z' },
    }));
    const resources = many(1000, (index) => ({
      ...{ id: `r${String(index)}`, type: 'status_page_resource' },
      attributes: { public_name: `API ${String(index)}`, status: 'operational' },
    }));
    const value = {
      data: { attributes: { aggregate_state: 'operational' } },
      included: [...reports, ...updates, ...resources],
    };
    expect(judged(value, []).at(-1)?.text).toBe('tells of 170 more that are not well');
  });
});
