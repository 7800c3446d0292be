import { pagerDutyAddress, pagerDutyUrl } from '../config/signalAddresses.ts';
import type { PagerDutySource } from '../config/signalConfiguration.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Alert, AlertAnswer } from '../signals/alerts/alert.ts';
import { mostAlerts } from '../signals/alerts/alert.ts';
import type { PagerDutyPage } from '../signals/alerts/pagerDutyIncidents.ts';
import { parsePagerDutyIncidents } from '../signals/alerts/pagerDutyIncidents.ts';
import type { AlertSource } from '../signals/alerts/readsAlerts.ts';
import type { Endpoints } from './endpoints.ts';
import { HttpError } from './httpError.ts';
import { shownSource } from './shownSource.ts';

/** The most that one page holds (REST API v2, pagination). */
const pageSize = 100;
const accept = 'application/vnd.pagerduty+json;version=2';

/** PagerDuty through its REST API v2: its open incidents, the newest first, at most `mostAlerts`. They can be acknowledged where mayday.yaml says in whose name. */
export function createPagerDuty(source: PagerDutySource, endpoints: Endpoints, suffix = ''): AlertSource {
  const url = (source.url ?? pagerDutyUrl).replace(/\/+$/, '');
  const name = `PagerDuty${suffix}`;
  const shown = shownSource('PagerDuty', { name, url });
  const endpoint = { url, headers: { authorization: `Token token=${source.token}` } };
  // The person confirmed the address with the token alone: the word before it is ours.
  const confirmed = pagerDutyAddress({ ...source, url: source.url ?? pagerDutyUrl });
  const address = confirmed === undefined ? {} : { address: confirmed };
  return {
    kind: 'pagerduty',
    name,
    shown,
    read: (signal) =>
      readPages(async (offset) => {
        const query = queryOf(source, offset);
        const value = await endpoints.json(endpoint, {
          ...{ path: '/incidents', query, headers: { accept }, ...address, signal },
        });
        const page = await parsePagerDutyIncidents(value, name);
        if (page === undefined) throw new HttpError('malformed', `${shown} gave no list of incidents.`);
        return page;
      }),
    acknowledge: {
      target: ({ fingerprint }) =>
        `PUT ${url}/incidents/${fingerprint}, in the name of ${source.from ?? 'nobody that mayday.yaml names'}`,
      run: async (alert, signal) => {
        if (source.from === undefined) throw noName();
        const headers = { accept, 'content-type': 'application/json', from: source.from };
        const path = `/incidents/${encodeURIComponent(alert.fingerprint)}`;
        await endpoints.json(endpoint, { method: 'PUT', path, headers, body: bodyOf(alert), ...address, signal });
      },
    },
  };
}

function queryOf({ services }: PagerDutySource, offset: number): Readonly<Record<string, string | readonly string[]>> {
  return {
    'statuses[]': ['triggered', 'acknowledged'],
    ...(services.length === 0 ? {} : { 'service_ids[]': services }),
    // Without it those of the last 30 days alone.
    date_range: 'all',
    sort_by: 'created_at:desc',
    limit: String(pageSize),
    ...(offset === 0 ? {} : { offset: String(offset) }),
    // Counting them slows the answer: only where not all will be listed.
    ...(isLast(offset) ? { total: 'true' } : {}),
  };
}

/** All pages, until there is none or enough is listed; then it is told how many are left. */
async function readPages(pageAt: (offset: number) => Promise<PagerDutyPage>): Promise<AlertAnswer> {
  const found = new Map<string, Alert>();
  let left = 0;
  for (let offset = 0; ; offset += pageSize) {
    const page = await pageAt(offset);
    // What began meanwhile moves the others to a later page: there they are told again.
    for (const alert of page.alerts) found.set(alert.id, alert);
    left += page.left;
    if (page.more && !isLast(offset)) continue;
    const after = page.more ? Math.max(1, (page.total ?? 0) - offset - pageSize) : 0;
    return { alerts: [...found.values()], left: left + after };
  }
}

function isLast(offset: number): boolean {
  return offset + pageSize >= mostAlerts;
}

function bodyOf({ fingerprint }: Alert): string {
  return JSON.stringify({ incident: { id: fingerprint, type: 'incident_reference', status: 'acknowledged' } });
}

function noName(): IncidentError {
  return new IncidentError('refused', 'PagerDuty is not told who acknowledges: mayday.yaml names nobody.', {
    hint: 'Write the e-mail of your account at dataSources.pagerduty.from.',
  });
}
