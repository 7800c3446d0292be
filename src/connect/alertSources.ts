import { basename } from 'node:path';
import type { Configuration } from '../config/configuration.ts';
import type { PlacedSource } from '../respond/alerts/alertSight.ts';
import type { AlertSource } from '../signals/alerts/readsAlerts.ts';
import { createAlertmanagerAlerts } from './alertmanagerAlerts.ts';
import type { Endpoints } from './endpoints.ts';
import { createPagerDuty } from './pagerDuty.ts';
import { createPrometheusAlerts } from './prometheusAlerts.ts';

/** A workspace folder and what its mayday.yaml says. */
export interface ConfiguredFolder {
  readonly folder: string;
  readonly configuration: Pick<Configuration, 'dataSources' | 'policy'>;
}

/** The sources of alerts of all folders: a server that several name once, and no two of a kind with one name. */
export function alertSourcesOf(folders: readonly ConfiguredFolder[], endpoints: Endpoints): readonly PlacedSource[] {
  const found = new Map<string, PlacedSource>();
  const names = new Set<string>();
  for (const { folder, configuration } of folders) {
    for (const [url, create] of sourcesOf(configuration, endpoints)) {
      const source = create('');
      if (found.has(`${source.kind} ${url}`)) continue;
      const isTaken = names.has(`${source.kind} ${source.name}`);
      const named = isTaken ? create(` (${basename(folder)})`) : source;
      names.add(`${named.kind} ${named.name}`);
      found.set(`${named.kind} ${url}`, { source: named, folder, policy: configuration.policy });
    }
  }
  return [...found.values()];
}

/** Each with its address, and made with something behind its name. */
function sourcesOf(
  { dataSources }: ConfiguredFolder['configuration'],
  endpoints: Endpoints,
): readonly (readonly [url: string, create: (suffix: string) => AlertSource])[] {
  const { alertmanager, prometheus, pagerduty } = dataSources;
  return [
    ...alertmanager.map((server) => {
      const create = (suffix: string) =>
        createAlertmanagerAlerts({ ...server, name: `${server.name}${suffix}` }, endpoints);
      return [server.url, create] as const;
    }),
    ...(pagerduty === undefined
      ? []
      : [
          [
            `${pagerduty.url ?? ''} ${pagerduty.token}`,
            (suffix: string) => createPagerDuty(pagerduty, endpoints, suffix),
          ] as const,
        ]),
    ...prometheus.map((server) => {
      const create = (suffix: string) =>
        createPrometheusAlerts({ ...server, name: `${server.name}${suffix}` }, endpoints);
      return [server.url, create] as const;
    }),
  ];
}
