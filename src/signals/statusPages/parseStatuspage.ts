import { listAt, recordAt, textAt, valueAt } from '../../changes/deployed/jsonFields.ts';
import { definedFields } from '../../incident/definedFields.ts';
import { firstListAt, idAt, linkAt, timeAt } from './pageFields.ts';
import type { PageComponent, PageIncident, PageState, StatusPageSight } from './statusPageSight.ts';

const mostComponents = 2000;
const mostIncidents = 200;
/** Of one incident. */
const mostAffected = 300;

const componentStates: Readonly<Record<string, PageState>> = {
  operational: 'operational',
  degraded_performance: 'degraded',
  partial_outage: 'partialOutage',
  major_outage: 'majorOutage',
  under_maintenance: 'maintenance',
};
/** By `impact` of an incident and by `status.indicator`. */
const impactStates: Readonly<Record<string, PageState>> = {
  none: 'operational',
  minor: 'degraded',
  major: 'partialOutage',
  critical: 'majorOutage',
  maintenance: 'maintenance',
};
const isOver = /^(?:resolved|postmortem|completed)$/;
const isUnderWay = /^(?:in_progress|verifying)$/;

/** What `/api/v2/summary.json` says (Statuspage API v2, and pages that imitate it); undefined when it is nothing of the kind. */
export function parseStatuspage(value: unknown): StatusPageSight | undefined {
  const isSummary = recordAt(value, 'page') !== undefined || recordAt(value, 'status') !== undefined;
  if (!isSummary || (!Array.isArray(valueAt(value, 'components')) && recordAt(value, 'status') === undefined)) {
    return undefined;
  }
  const overall = stateOf(impactStates, textAt(value, 'status', 'indicator'));
  return {
    kind: 'statuspage',
    components: componentsOf(listAt(value, 'components').slice(0, mostComponents)),
    incidents: [
      ...listAt(value, 'incidents').slice(0, mostIncidents).flatMap(incidentOf),
      ...listAt(value, 'scheduled_maintenances').slice(0, mostIncidents).flatMap(maintenanceOf),
    ],
    ...definedFields({ overall }),
  };
}

/** A group that has components of its own is their name for one another, no component. */
function componentsOf(list: readonly unknown[]): readonly PageComponent[] {
  const names = new Map(list.map((one) => [idAt(one, 'id'), textAt(one, 'name')]));
  const parents = new Set(list.flatMap((one) => idAt(one, 'group_id') ?? []));
  return list.flatMap((one) => {
    const [id, name, word] = [idAt(one, 'id'), textAt(one, 'name'), textAt(one, 'status')];
    if (name === undefined || word === undefined) return [];
    if (valueAt(one, 'group') === true && id !== undefined && parents.has(id)) return [];
    const groupId = idAt(one, 'group_id');
    const group = groupId === undefined ? undefined : names.get(groupId);
    const state = stateOf(componentStates, word) ?? 'unknown';
    return [{ key: id ?? name, name, state, word, ...definedFields({ group, since: timeAt(one, 'updated_at') }) }];
  });
}

function incidentOf(one: unknown): readonly PageIncident[] {
  const status = textAt(one, 'status');
  if (status === undefined || isOver.test(status)) return [];
  const state = stateOf(impactStates, textAt(one, 'impact') ?? textAt(one, 'impact_override')) ?? 'degraded';
  return told(one, status, state, timeAt(one, 'started_at') ?? timeAt(one, 'created_at'));
}

/** What is announced for later is no trouble yet. */
function maintenanceOf(one: unknown): readonly PageIncident[] {
  const status = textAt(one, 'status') ?? '';
  if (!isUnderWay.test(status)) return [];
  return told(one, status, 'maintenance', timeAt(one, 'scheduled_for') ?? timeAt(one, 'started_at'));
}

function told(one: unknown, status: string, state: PageState, since: string | undefined): readonly PageIncident[] {
  const title = textAt(one, 'name') ?? 'an incident without a name';
  // One vendor writes `event_updates`.
  const [latest] = firstListAt(one, 'incident_updates', 'event_updates');
  const affected = [...listAt(one, 'components'), ...listAt(latest, 'affected_components')].slice(0, mostAffected);
  const components = affected.flatMap((part) => [idAt(part, 'id') ?? idAt(part, 'code'), textAt(part, 'name')]);
  return [
    {
      ...{ key: idAt(one, 'id') ?? title, title, state, status: status.replace(/_/g, ' ') },
      components: [...new Set(components.filter((part) => part !== undefined))],
      ...definedFields({ since, message: textAt(latest, 'body'), link: linkAt(one, 'shortlink') }),
    },
  ];
}

function stateOf(states: Readonly<Record<string, PageState>>, word: string | undefined): PageState | undefined {
  return word !== undefined && Object.hasOwn(states, word) ? states[word] : undefined;
}
