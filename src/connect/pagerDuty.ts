import { pagerDutyAddress, pagerDutyUrl } from '../config/signalAddresses.ts';
import type { PagerDutySource } from '../config/signalConfiguration.ts';
import { IncidentError } from '../incident/incidentError.ts';
import type { Alert } from '../signals/alerts/alert.ts';
import { parsePagerDutyIncidents } from '../signals/alerts/pagerDutyIncidents.ts';
import type { AlertSource } from '../signals/alerts/readsAlerts.ts';
import type { Endpoints } from './endpoints.ts';
import { HttpError } from './httpError.ts';
import { shownSource } from './shownSource.ts';

/** The most that one page holds (REST API v2, pagination). */
const pageSize = '100';
const accept = 'application/vnd.pagerduty+json;version=2';

/** PagerDuty through its REST API v2: its open incidents, which can be acknowledged where mayday.yaml says in whose name. */
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
    read: async (signal) => {
      const query = {
        'statuses[]': ['triggered', 'acknowledged'],
        ...(source.services.length === 0 ? {} : { 'service_ids[]': source.services }),
        limit: pageSize,
      };
      const value = await endpoints.json(endpoint, {
        path: '/incidents',
        query,
        headers: { accept },
        ...address,
        signal,
      });
      const answer = await parsePagerDutyIncidents(value, name);
      if (answer === undefined) throw new HttpError('malformed', `${shown} gave no list of incidents.`);
      return answer;
    },
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

function bodyOf({ fingerprint }: Alert): string {
  return JSON.stringify({ incident: { id: fingerprint, type: 'incident_reference', status: 'acknowledged' } });
}

function noName(): IncidentError {
  return new IncidentError('refused', 'PagerDuty is not told who acknowledges: mayday.yaml names nobody.', {
    hint: 'Write the e-mail of your account at dataSources.pagerduty.from.',
  });
}
