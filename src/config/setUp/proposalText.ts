import { plainLine } from '../../safety/plainLine.ts';
import { isSelector } from '../signalSchema.ts';
import type { FilePlace, ServerKind } from './facts.ts';
import type { Proposal, ProposedServer, ProposedService, Sourced } from './proposal.ts';

/** A proposal as the text of mayday.yaml. What nobody can know from files stands in lines that begin with #. */
export function proposalText({ services, servers, notes }: Proposal): string {
  const rows = [
    '# Proposed by Mayday from what this repository holds: each value says which line it comes from. Review it, then save.',
    '# What files cannot tell stands in lines that begin with #: fill it in and take the # away, or remove the line.',
    ...notes.map((note) => `# ${note}`),
    '',
    ...serviceRows(services),
    '',
    ...serverRows(servers),
    '',
    '# statusPages:                    # of what you depend on; a dependency names one with statusPage',
    '#   payments: https://status.example.org',
    '# policy:                         # what you do differently from the built-in protocol',
    '#   calendar: { zone: Europe/Berlin }',
  ];
  return `${rows.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

function serviceRows(services: readonly ProposedService[]): readonly string[] {
  if (services.length > 0) return ['services:', ...services.flatMap(oneService)];
  return [
    '# No service was found: no manifest of Kubernetes, no Compose file, no package with a name.',
    '# services:',
    '#   checkout:',
    '#     url: https://checkout.example.org',
  ];
}

function oneService(service: ProposedService): readonly string[] {
  const { name, place, folder, urls, hosts, accessLogs, openSlo, owners } = service;
  const [url, ...others] = urls;
  return [
    `  ${scalar(name)}:${from(place)}`,
    ...(folder === undefined || folder.value === ''
      ? []
      : [`    paths: [${scalar(`${folder.value}/**`)}]${from(folder.place)}`]),
    url === undefined
      ? '    # url: https://                 # where it is reached; its health and metrics are asked there'
      : `    url: ${scalar(url.value.url)}${from(url.place, where(url))}`,
    ...others.map((one) => `    # url: ${one.value.url}${from(one.place, where(one))}`),
    ...listRows('hosts', hosts, true),
    ...listRows('health', service.health, url !== undefined),
    ...metricsRows(service),
    ...kubernetesRows(service.deployments),
    ...dependencyRows(service.dependencies),
    ...(openSlo.length === 0
      ? ['    # objectives: [{ target: 99.9, window: 30d }]    # what you promise']
      : ['    objectives:', ...openSlo.map((one) => `      - openslo: ${scalar(one.value)}${from(one.place)}`)]),
    ...accessLogs.map(
      ({ value, place: at }) => `    # logs: { access: [${scalar(value)}] }${from(at, 'if that is on this machine')}`,
    ),
    ...(owners === undefined ? [] : [`    owners: [${owners.value.map(scalar).join(', ')}]${from(owners.place)}`]),
  ];
}

function where({ value }: ProposedService['urls'][number]): string {
  return value.where === 'cluster' ? 'the Ingress' : 'where Compose runs it on this machine';
}

function listRows(key: string, values: readonly Sourced<string>[], isOn: boolean): readonly string[] {
  if (values.length === 0) return [];
  const lead = isOn ? '    ' : '    # ';
  return [`${lead}${key}:`, ...values.map(({ value, place }) => `${lead}  - ${scalar(value)}${from(place)}`)];
}

function metricsRows({ metrics, job, urls: [url] }: ProposedService): readonly string[] {
  const port = metrics?.value.port;
  const isElsewhere = port !== undefined && url?.value.podPort !== undefined && url.value.podPort !== port;
  const isReached = url !== undefined && !isElsewhere;
  const aside = isElsewhere ? ', where the url does not lead' : '';
  const remark = port === undefined ? undefined : `port ${String(port)} of the pods${aside}`;
  const selector = job === undefined ? undefined : `job=${JSON.stringify(job.value)}`;
  const isUsable = job !== undefined && selector !== undefined && isSelector(selector) && !selector.includes("'");
  const isOn = isReached || isUsable;
  if (!isUsable && metrics === undefined) return [];
  return [
    `${isOn ? '    ' : '    # '}metrics:`,
    ...(metrics === undefined
      ? []
      : [`${isReached ? '      ' : '    #   '}url: ${scalar(metrics.value.path)}${from(metrics.place, remark)}`]),
    ...(isUsable ? [`      selector: '${selector}'${from(job.place)}`] : []),
  ];
}

function kubernetesRows(deployments: ProposedService['deployments']): readonly string[] {
  return deployments.map(({ value, place }) => {
    const { namespace = '', deployment } = value;
    return `    # kubernetes: { context: , namespace: ${namespace}, deployment: ${deployment} }${from(place, 'the context is that of kubectl')}`;
  });
}

function dependencyRows(dependencies: ProposedService['dependencies']): readonly string[] {
  if (dependencies.length === 0) return [];
  const rows = dependencies.map(({ value, place }) => {
    const { name, tcp } = value;
    return tcp === undefined
      ? `      ${scalar(name)}: {}${from(place, 'it publishes no port here: name its health')}`
      : `      ${scalar(name)}: { health: [{ tcp: "${tcp}" }] }${from(place)}`;
  });
  return ['    dependencies:', ...rows];
}

function serverRows(servers: readonly Sourced<ProposedServer>[]): readonly string[] {
  const kinds: readonly ServerKind[] = ['prometheus', 'alertmanager'];
  const known = kinds.flatMap((kind) => {
    const found = servers.filter(({ value }) => value.server === kind && value.url !== undefined);
    if (found.length === 0) return [];
    return [`  ${kind}:`, ...found.map(({ value, place }) => `    - ${scalar(value.url ?? '')}${from(place)}`)];
  });
  const unreached = servers
    .filter(({ value }) => value.url === undefined)
    .map(({ value, place }) => {
      const why = `called ${value.address} there; how is it reached from here?`;
      return `${value.server}: https://${from(place, why)}`;
    });
  const missing = kinds
    .filter((kind) => !servers.some(({ value }) => value.server === kind))
    .map((kind) => `${kind}: https://`);
  const toFillIn = [...unreached, ...missing];
  if (known.length > 0) return ['dataSources:', ...known, ...toFillIn.map((row) => `  # ${row}`)];
  return [
    '# dataSources:                    # servers that are asked for metrics and alerts',
    ...toFillIn.map((row) => `#   ${row}`),
  ];
}

/** ` # from deploy/checkout.yaml:21 (why)`. Names of files are strangers' text. */
function from({ path, line }: FilePlace, why?: string): string {
  const about = why === undefined ? '' : ` (${plainLine(why, 200)})`;
  return path === '' ? '' : ` # from ${plainLine(path, 200)}:${String(line)}${about}`;
}

/** A text as YAML, in a flow list too: plain where that is the same text, else in quotes. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z/][\w./*~-]*(?::(?:\/\/)?[\w.-][\w./-]*)*$/.test(text);
  const isWord = /^(?:true|false|null|yes|no|on|off|y|n|\.inf|\.nan)$/i.test(text);
  return isPlain && !isWord ? text : JSON.stringify(text);
}
