import { listAt, recordAt, textAt } from '../../changes/deployed/jsonFields.ts';
import { definedFields } from '../../incident/definedFields.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { idAt, timeAt } from './pageFields.ts';
import type { PageComponent, PageIncident, PageState, StatusPageSight } from './statusPageSight.ts';

const mostIncluded = 3000;
const mostReports = 200;
/** Of one report. */
const mostAffected = 300;

const states: Readonly<Record<string, PageState>> = {
  operational: 'operational',
  resolved: 'operational',
  degraded: 'degraded',
  downtime: 'majorOutage',
  down: 'majorOutage',
  maintenance: 'maintenance',
};

/**
 * What `index.json` of a Better Stack page says (JSON:API: the page in `data`, its sections, resources and reports in
 * `included`); undefined when it is nothing of the kind.
 */
export function parseBetterStack(value: unknown, now: IsoTime): StatusPageSight | undefined {
  const word = textAt(value, 'data', 'attributes', 'aggregate_state');
  if (recordAt(value, 'data', 'attributes') === undefined || word === undefined) return undefined;
  const included = listAt(value, 'included').slice(0, mostIncluded);
  const of = (type: string) => included.filter((one) => textAt(one, 'type') === type);
  const sections = new Map(
    of('status_page_section').map((one) => [idAt(one, 'id'), textAt(one, 'attributes', 'name')]),
  );
  const updates = updatesByReport(of('status_update'));
  const reports = of('status_report')
    .slice(0, mostReports)
    .flatMap((one) => reportOf(one, updates, now));
  const latest = latestByComponent(reports);
  const components = of('status_page_resource').flatMap((one) => componentOf(one, sections, latest));
  return { kind: 'betterstack', overall: stateOf(word), components, incidents: reports };
}

function componentOf(
  one: unknown,
  sections: ReadonlyMap<string | undefined, string | undefined>,
  latest: ReadonlyMap<string, IsoTime>,
): readonly PageComponent[] {
  const name = textAt(one, 'attributes', 'public_name');
  const word = textAt(one, 'attributes', 'status');
  // What is shown without being watched says nothing.
  if (name === undefined || word === undefined || word === 'not_monitored') return [];
  const key = idAt(one, 'id') ?? name;
  const section = idAt(one, 'attributes', 'status_page_section_id');
  const group = section === undefined ? undefined : sections.get(section);
  const since = latest.get(key);
  return [{ key, name, state: stateOf(word), word, ...definedFields({ group, since }) }];
}

/** When the latest report about each component began. */
function latestByComponent(reports: readonly PageIncident[]): ReadonlyMap<string, IsoTime> {
  const latest = new Map<string, IsoTime>();
  for (const { components, since } of reports) {
    if (since === undefined) continue;
    for (const key of components) if (since > (latest.get(key) ?? '')) latest.set(key, since);
  }
  return latest;
}

/** The latest update of each report. */
function updatesByReport(updates: readonly unknown[]): ReadonlyMap<string, unknown> {
  const latest = new Map<string, unknown>();
  for (const update of updates) {
    const report = idAt(update, 'attributes', 'status_report_id');
    if (report === undefined) continue;
    const known = latest.get(report);
    if (known === undefined || publishedAt(update) > publishedAt(known)) latest.set(report, update);
  }
  return latest;
}

function reportOf(one: unknown, updates: ReadonlyMap<string, unknown>, now: IsoTime): readonly PageIncident[] {
  const key = idAt(one, 'id');
  const title = textAt(one, 'attributes', 'title') ?? 'a report without a title';
  const [since, until] = [timeAt(one, 'attributes', 'starts_at'), timeAt(one, 'attributes', 'ends_at')];
  const state = stateOf(textAt(one, 'attributes', 'aggregate_state') ?? '');
  const isMaintenance = textAt(one, 'attributes', 'report_type') === 'maintenance';
  const isOver = until !== undefined && until <= now;
  if (isOver || (since !== undefined && since > now) || (!isMaintenance && state === 'operational')) return [];
  const affected = listAt(one, 'attributes', 'affected_resources').slice(0, mostAffected);
  const latest = key === undefined ? undefined : updates.get(key);
  return [
    {
      ...{ key: key ?? title, title, state: isMaintenance ? 'maintenance' : state === 'unknown' ? 'degraded' : state },
      components: affected.flatMap((part) => idAt(part, 'status_page_resource_id') ?? []),
      ...definedFields({ since, message: textAt(latest, 'attributes', 'message') }),
    },
  ];
}

function publishedAt(update: unknown): string {
  return timeAt(update, 'attributes', 'published_at') ?? '';
}

function stateOf(word: string): PageState {
  return (Object.hasOwn(states, word) ? states[word] : undefined) ?? 'unknown';
}
