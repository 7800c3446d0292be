import { yamlDocuments } from '../../../changes/configuration/readers/yamlDocuments.ts';
import type { LocatedValue } from '../../../changes/configuration/readers/locatedValue.ts';
import type { Plain } from '../../../changes/configuration/structuralDifferences.ts';
import { isList, isRecord } from '../../../changes/configuration/structure/plainKinds.ts';
import { textAt, valueAt } from '../../../changes/configuration/structure/valueAt.ts';
import type { Fact, FactReader } from '../facts.ts';

/**
 * What the configuration of Prometheus says (jobs, its Alertmanagers), files of rules (also as PrometheusRule), and Grafana's
 * provisioned data sources.
 */
export const prometheusFacts: FactReader = (path, text) => {
  if (!/^[ \t]*(?:scrape_configs|groups|alerting|datasources):/m.test(text)) return [];
  return yamlDocuments(text).flatMap((document) => [
    ...jobs(document, path),
    ...alertmanagers(document, path),
    ...rules(document, path),
    ...grafanaSources(document, path),
  ]);
};

function jobs({ value, lineOf }: LocatedValue, path: string): readonly Fact[] {
  return listAt(value, 'scrape_configs').flatMap((config, index): Fact[] => {
    const job = textAt(config, 'job_name');
    if (job === undefined) return [];
    const place = { path, line: lineOf(['scrape_configs', String(index), 'job_name']) };
    return [{ kind: 'job', job, hosts: targetsOf(config).map((target) => target.replace(/:\d+$/, '')), place }];
  });
}

function alertmanagers({ value, lineOf }: LocatedValue, path: string): readonly Fact[] {
  return listAt(value, 'alerting', 'alertmanagers').flatMap((config, index) =>
    targetsOf(config).map((address): Fact => {
      const place = {
        path,
        line: lineOf(['alerting', 'alertmanagers', String(index), 'static_configs', '0', 'targets', '0']),
      };
      return { kind: 'server', server: 'alertmanager', address, place };
    }),
  );
}

function rules({ value, lineOf }: LocatedValue, path: string): readonly Fact[] {
  const root = textAt(value, 'kind') === 'PrometheusRule' ? ['spec', 'groups'] : ['groups'];
  const groups = listAt(value, ...root);
  const names = groups.flatMap((group) => listAt(group, 'rules').flatMap((rule) => textAt(rule, 'alert') ?? []));
  return names.length === 0 ? [] : [{ kind: 'alertRules', names, place: { path, line: lineOf(root) } }];
}

function grafanaSources({ value, lineOf }: LocatedValue, path: string): readonly Fact[] {
  return listAt(value, 'datasources').flatMap((source, index): Fact[] => {
    const server = textAt(source, 'type');
    const address = textAt(source, 'url');
    if (address === undefined || (server !== 'prometheus' && server !== 'alertmanager')) return [];
    const place = { path, line: lineOf(['datasources', String(index), 'url']) };
    return [{ kind: 'server', server, address: address.replace(/\/+$/, ''), place }];
  });
}

function targetsOf(config: Plain): readonly string[] {
  return listAt(config, 'static_configs').flatMap((one) =>
    listAt(one, 'targets').filter((target) => typeof target === 'string'),
  );
}

function listAt(value: Plain, ...place: readonly string[]): readonly Plain[] {
  const found = isRecord(value) ? valueAt(value, ...place) : undefined;
  return isList(found) ? found : [];
}
