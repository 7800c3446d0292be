import * as z from 'zod';
import type { DataSource } from '../config/signalConfiguration.ts';
import type { AlertSource } from '../signals/alerts/readsAlerts.ts';
import type { Silence } from '../signals/alerts/silence.ts';
import { parseAlertmanagerAlerts } from '../signals/alerts/alertmanagerAlerts.ts';
import type { Endpoints } from './endpoints.ts';
import { HttpError } from './httpError.ts';
import { shownSource } from './shownSource.ts';

const maxBytes = 16 * 1024 * 1024;
const created = z.object({ silenceID: z.string() });

/** An Alertmanager through its API v2. It knows no acknowledging, only silences. */
export function createAlertmanagerAlerts(server: DataSource, endpoints: Endpoints): AlertSource {
  const shown = shownSource('Alertmanager', server);
  const malformed = (what: string) => new HttpError('malformed', `${shown} gave no ${what}.`);
  return {
    kind: 'alertmanager',
    name: server.name,
    shown,
    read: async (signal) => {
      const value = await endpoints.json(server, { path: '/api/v2/alerts', maxBytes, signal });
      const answer = await parseAlertmanagerAlerts(value, server.name);
      if (answer === undefined) throw malformed('list of alerts');
      return answer;
    },
    silence: {
      target: `POST ${server.url}/api/v2/silences`,
      run: async (silence, signal) => {
        const headers = { 'content-type': 'application/json' };
        const body = JSON.stringify(bodyOf(silence));
        const path = '/api/v2/silences';
        const value = await endpoints.json(server, { method: 'POST', path, headers, body, signal });
        const { data } = created.safeParse(value);
        if (data === undefined) throw malformed('id of the silence');
        return data.silenceID;
      },
    },
  };
}

function bodyOf({ matchers, ...rest }: Silence): unknown {
  return { matchers: matchers.map((matcher) => ({ ...matcher, isRegex: false })), ...rest };
}
