import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensurePrograms, type RunningServer, type ServerProgram, startServer } from './debianServer.ts';

/** What a Prometheus of a test scrapes and tells. */
export interface PrometheusSetup {
  /** Jobs by name, with their targets, `127.0.0.1:8080`; scraped every second. */
  readonly jobs: Readonly<Record<string, readonly string[]>>;
  /** A file of rules in YAML; evaluated every second. */
  readonly rules?: string;
  /** Where it sends alerts, `127.0.0.1:9093`. */
  readonly alertmanager?: string;
  /** Series from the past in the text format of OpenMetrics with timestamps, `# EOF` at the end: written before it starts. */
  readonly history?: string;
}

const prometheus = { program: 'prometheus', packageName: 'prometheus' };
const alertmanager = { program: 'prometheus-alertmanager', packageName: 'prometheus-alertmanager' };
const nodeExporter = { program: 'prometheus-node-exporter', packageName: 'prometheus-node-exporter' };

/** False when Prometheus, Alertmanager and node_exporter are not here and cannot be installed; said on stderr. */
export function hasPrometheus(): Promise<boolean> {
  return ensurePrograms([prometheus, alertmanager, nodeExporter]);
}

/** A real Prometheus on loopback. */
export async function startPrometheus(setup: PrometheusSetup): Promise<RunningServer> {
  const args: ServerProgram['args'] = ({ port, folder }) => [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${String(port)}`,
    '--web.enable-lifecycle',
    '--enable-feature=native-histograms',
    // The Alertmanager is found some seconds after the start: what fired before is told it then, not a minute later.
    '--rules.alert.resend-delay=1s',
  ];
  return startServer({
    ...prometheus,
    args,
    readyPath: '/-/ready',
    prepare: async (folder) => {
      await writeFile(join(folder, 'prometheus.yml'), configurationOf(setup));
      if (setup.rules !== undefined) await writeFile(join(folder, 'rules.yml'), setup.rules);
      if (setup.history !== undefined) await importHistory(folder, setup.history);
    },
  });
}

/** A real Alertmanager on loopback that groups for a second. */
export async function startAlertmanager(): Promise<RunningServer> {
  return startServer({
    ...alertmanager,
    args: ({ port, folder }) => [
      `--config.file=${join(folder, 'am.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${String(port)}`,
      '--cluster.listen-address=',
    ],
    readyPath: '/-/ready',
    prepare: (folder) =>
      writeFile(
        join(folder, 'am.yml'),
        'route: { receiver: none, group_by: [alertname], group_wait: 1s, group_interval: 1s }\nreceivers: [{ name: none }]\n',
      ),
  });
}

/** A real node_exporter on loopback: what it tells is of this machine. */
export async function startNodeExporter(): Promise<RunningServer> {
  return startServer({
    ...nodeExporter,
    args: ({ port }) => [`--web.listen-address=127.0.0.1:${String(port)}`],
    readyPath: '/metrics',
  });
}

function configurationOf({ jobs, rules, alertmanager: target }: PrometheusSetup): string {
  return JSON.stringify({
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    ...(rules === undefined ? {} : { rule_files: ['rules.yml'] }),
    ...(target === undefined
      ? {}
      : { alerting: { alertmanagers: [{ static_configs: [{ targets: [target] }], api_version: 'v2' }] } }),
    scrape_configs: Object.entries(jobs).map(([name, targets]) => ({
      job_name: name,
      static_configs: [{ targets }],
    })),
  });
}

async function importHistory(folder: string, text: string): Promise<void> {
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeFile(join(folder, 'history.om'), text);
  const args = ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'history.om'), join(folder, 'data')];
  await promisify(execFile)('promtool', args, { maxBuffer: 16 * 1024 * 1024 });
}
