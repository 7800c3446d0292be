import { posix } from 'node:path';
import { yamlDocuments } from '../../../changes/configuration/readers/yamlDocuments.ts';
import type { Plain } from '../../../changes/configuration/structuralDifferences.ts';
import { isList, isRecord } from '../../../changes/configuration/structure/plainKinds.ts';
import { textAt, valueAt } from '../../../changes/configuration/structure/valueAt.ts';
import type { Fact, FactReader, FilePlace, PublishedPort } from '../facts.ts';

/** What comes ready-made: nothing that a team runs as a service of its own. */
const bought =
  /(?:^|\/)(?:postgres|postgis|timescaledb|mysql|mariadb|percona|redis|valkey|memcached|mongo|rabbitmq|kafka|zookeeper|elasticsearch|opensearch|kibana|grafana|prometheus|alertmanager|loki|promtail|jaeger|tempo|otel|opentelemetry|nginx|traefik|haproxy|caddy|envoy|minio|localstack|mailhog|mailpit|adminer|pgadmin|cadvisor|vault|consul|etcd|nats|clickhouse|cassandra|busybox|alpine)(?:[\w.-]*)(?::|@|$)|exporter/i;

/** What Compose files say: services, the ports that they publish on this machine, health checks, and what depends on what. */
export const composeFacts: FactReader = (path, text) => {
  if (!/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path)) return [];
  return yamlDocuments(text).flatMap(({ value, lineOf }) => {
    const services = valueAt(value, 'services');
    if (!isRecord(services)) return [];
    return Object.entries(services).flatMap(([name, service]) =>
      ofService(name, service, path, (...place) => ({ path, line: lineOf(['services', name, ...place]) })),
    );
  });
};

function ofService(name: string, value: Plain, path: string, at: (...place: string[]) => FilePlace): readonly Fact[] {
  const image = textAt(value, 'image') ?? '';
  const ports = publishedPorts(valueAt(value, 'ports'));
  const container: Fact = { kind: 'container', name, image, ports, place: at(ports.length === 0 ? '' : 'ports') };
  const context = textAt(value, 'build', 'context') ?? textAt(value, 'build');
  if (context === undefined && (image === '' || bought.test(image))) return [container];
  const folder = context === undefined ? undefined : folderOf(path, context);
  const source = context === undefined ? 'image' : 'build';
  return [
    container,
    {
      ...{ kind: 'service', service: name, by: 'compose', place: at(source) },
      ...(folder === undefined ? {} : { folder }),
    },
    ...ports.slice(0, 1).map(({ here }): Fact => {
      const url = `http://127.0.0.1:${String(here)}`;
      return { kind: 'url', service: name, url, where: 'thisMachine', place: at('ports', '0') };
    }),
    ...healthcheck(name, value, at),
    ...dependsOn(valueAt(value, 'depends_on')).map((other): Fact => ({
      ...{ kind: 'dependency', service: name, name: other, place: at('depends_on', other) },
    })),
  ];
}

/** The folder that an image is built from, relative to the workspace; undefined for an address or what is outside. */
function folderOf(path: string, context: string): string | undefined {
  if (/:\/\/|\$|^\/|^git@/.test(context)) return undefined;
  const folder = posix.normalize(posix.join(posix.dirname(path), context)).replace(/\/$/, '');
  if (folder.startsWith('..')) return undefined;
  return folder === '.' ? '' : folder;
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `{target, published}`; ranges and ports that Docker chooses are left out. */
function publishedPorts(ports: Plain): readonly PublishedPort[] {
  if (!isList(ports)) return [];
  return ports.flatMap((port) => {
    const short =
      typeof port === 'string' ? /^(?:[\d.]+:|\[[\d:a-f]+\]:)?(\d{1,5}):(\d{1,5})(?:\/tcp)?$/.exec(port) : null;
    const [, here = textAt(port, 'published'), container = textAt(port, 'target')] = short ?? [];
    if (here === undefined || container === undefined || !/^\d{1,5}$/.test(here) || !/^\d{1,5}$/.test(container))
      return [];
    return [{ here: Number(here), container: Number(container) }];
  });
}

function healthcheck(service: string, value: Plain, at: (...place: string[]) => FilePlace): readonly Fact[] {
  const test = valueAt(value, 'healthcheck', 'test');
  const command = isList(test)
    ? test.filter((word) => typeof word === 'string').join(' ')
    : typeof test === 'string'
      ? test
      : '';
  const [, path] =
    /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::[\d${}\w]{1,20})?(\/[\w./-]{1,200})/.exec(command) ?? [];
  return path === undefined
    ? []
    : [{ kind: 'health', service, path, by: 'healthcheck', place: at('healthcheck', 'test') }];
}

function dependsOn(value: Plain): readonly string[] {
  if (isList(value)) return value.filter((one) => typeof one === 'string');
  return isRecord(value) ? Object.keys(value) : [];
}
