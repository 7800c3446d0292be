import type { DataSource } from '../config/signalConfiguration.ts';
import { isIncidentError } from '../incident/incidentError.ts';
import { parseAlertingRules, parsePrometheusAlerts } from '../signals/alerts/prometheusAlerts.ts';
import type { AlertSource } from '../signals/alerts/readsAlerts.ts';
import { linkOf } from '../signals/alerts/annotations.ts';
import type { Endpoints } from './endpoints.ts';
import { HttpError } from './httpError.ts';
import { shownSource } from './shownSource.ts';

const maxBytes = 16 * 1024 * 1024;

/** The alerts that a Prometheus itself evaluates, with what its rules ask. It only tells: acknowledging and silences are others' affair. */
export function createPrometheusAlerts(server: DataSource, endpoints: Endpoints): AlertSource {
  const shown = shownSource('Prometheus', server);
  const rulesOf = async (signal: AbortSignal): Promise<ReadonlyMap<string, string>> => {
    try {
      const query = { type: 'alert' };
      return parseAlertingRules(await endpoints.json(server, { path: '/api/v1/rules', query, maxBytes, signal }));
    } catch (error) {
      // Rules only make links: what fires is told without them.
      if (isIncidentError(error, 'outside')) return new Map();
      throw error;
    }
  };
  return {
    kind: 'prometheus',
    name: server.name,
    shown,
    read: async (signal) => {
      const [value, rules] = await Promise.all([
        endpoints.json(server, { path: '/api/v1/alerts', maxBytes, signal }),
        rulesOf(signal),
      ]);
      const graphOf = (name: string): string | undefined => {
        const query = rules.get(name);
        return query === undefined ? undefined : graphLink(server.url, query);
      };
      const answer = await parsePrometheusAlerts(value, server.name, graphOf);
      if (answer === undefined) throw new HttpError('malformed', `${shown} gave no list of alerts.`);
      return answer;
    },
  };
}

/** The page of Prometheus that draws an expression; undefined when that would be no address any more. */
function graphLink(base: string, query: string): string | undefined {
  return linkOf(`${base}/graph?${new URLSearchParams({ 'g0.expr': query, 'g0.tab': '0' }).toString()}`);
}
