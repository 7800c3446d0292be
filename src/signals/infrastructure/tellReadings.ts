import { definedFields } from '../../incident/definedFields.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { isoTimeOf } from '../../incident/isoTime.ts';
import type { Verdict } from '../../incident/words.ts';
import { doubted, serverDoubt } from '../metrics/serverDoubt.ts';
import { observation, type Observation } from '../observation.ts';
import { judgeReading } from './judgeReading.ts';
import type { JudgedReading, Reading, Resource, SharedScope } from './resource.ts';

/** Where readings are from, and whom they are about. */
export interface ReadingsOrigin {
  /** Before the resource's id in ids of observations: a service, or a source. */
  readonly prefix: string;
  /** Absent for what is shared: then each machine is its own subject. */
  readonly service?: string;
  /** For people: an address, with the query behind it. */
  readonly source: string;
  readonly at: IsoTime;
  /** What a server doubts about its answer. */
  readonly warnings?: readonly string[];
  /** Why it is not known how it was before impact; absent where nothing more could be known. */
  readonly unread?: string;
  /** `Prometheus`, for what is told as one of all in there. */
  readonly shown?: string;
}

const mostTold = 3;
const order: readonly Verdict[] = ['bad', 'suspicious', 'unknown', 'ok'];
/** Labels that say whose the numbers are; the others go behind the name. */
const identity = ['cluster', 'job', 'instance', 'namespace', 'pod', 'node'];

const manyWords: Readonly<Record<Resource['scope'], string>> = {
  service: 'instances',
  pods: 'containers',
  workload: 'workloads',
  machines: 'machines',
  databases: 'database servers',
  caches: 'cache servers',
  loadBalancers: 'load balancers',
};

/** Resources that belong to nobody in particular: they are looked at whole. */
export function isShared(scope: Resource['scope']): scope is SharedScope {
  return !['service', 'pods', 'workload'].includes(scope);
}

/**
 * What readings of a resource come to: each that is not fine by itself, the three worst at most, and how many more there are;
 * where all are fine, the worst of them. Nothing where there is nothing to judge.
 */
export function tellReadings(
  resource: Resource,
  readings: readonly Reading[],
  origin: ReadingsOrigin,
): readonly Observation[] {
  const judged = readings
    .flatMap((reading) => {
      const result = judgeReading(resource, reading);
      return result === undefined ? [] : [{ reading, result }];
    })
    .toSorted(
      (a, b) => order.indexOf(a.result.verdict) - order.indexOf(b.result.verdict) || b.result.rank - a.result.rank,
    );
  const pointing = judged.filter(({ result }) => result.verdict !== 'ok');
  const [best] = judged;
  if (best === undefined) return [];
  const size = judged.length;
  if (pointing.length === 0) return resource.silentWhenFine ? [] : [toldFine(resource, best, size, origin)];
  const told = pointing.slice(0, mostTold);
  const rest = pointing.slice(mostTold);
  return [
    ...told.map((one) => toldTrouble(resource, one, size, origin)),
    ...(rest.length === 0 ? [] : [toldRest(resource, rest, size, origin)]),
  ];
}

interface Judged {
  readonly reading: Reading;
  readonly result: JudgedReading;
}

function toldTrouble(
  resource: Resource,
  { reading, result }: Judged,
  size: number,
  origin: ReadingsOrigin,
): Observation {
  const labels = Object.values(reading.labels).filter((value) => value !== '');
  const id = labels.length === 0 || (size === 1 && !isShared(resource.scope)) ? [] : [labels.join(',')];
  const of = isShared(resource.scope) && size > 1 ? ` (of all ${ofAll(resource, size, origin)})` : '';
  return observation({
    ...basis(resource, origin, result.verdict),
    id: [origin.prefix, resource.id, ...id].join('/'),
    subject: subjectOf(resource, reading, size, origin),
    name: nameOf(resource, reading),
    text: `${result.text}${of}`,
    ...since(resource, reading),
  });
}

function toldFine(resource: Resource, { reading, result }: Judged, size: number, origin: ReadingsOrigin): Observation {
  // What is asked is asked for the server's now.
  const doubt = serverDoubt(origin.warnings ?? [], { clock: 'harmless' }) ?? unreadText(origin);
  const of = size === 1 ? '' : `; the most of all ${ofAll(resource, size, origin)}`;
  const fine = {
    ...basis(resource, origin, 'ok'),
    id: `${origin.prefix}/${resource.id}`,
    subject: subjectOf(resource, reading, size, origin),
    name: nameOf(resource, reading),
    text: `${result.text}${of}`,
  };
  // A server that left something out may have left out the worst, and what grew since impact looks fine by itself.
  return observation(doubted(fine, doubt));
}

function toldRest(resource: Resource, rest: readonly Judged[], size: number, origin: ReadingsOrigin): Observation {
  const verdict = rest[0]?.result.verdict ?? 'unknown';
  const what = verdict === 'unknown' ? 'unknown of' : 'no better on';
  return observation({
    ...basis(resource, origin, verdict),
    id: `${origin.prefix}/${resource.id}/more`,
    subject: origin.service ?? manyWords[resource.scope],
    name: resource.name,
    text: `is ${what} ${String(rest.length)} more of all ${ofAll(resource, size, origin)}`,
    details: rest.map(({ reading, result }) => `${subjectOf(resource, reading, size, origin)} ${result.text}`),
  });
}

function basis(
  { topic, why }: Resource,
  { source, at, warnings = [], unread }: ReadingsOrigin,
  verdict: Verdict,
): Pick<Observation, 'source' | 'at' | 'verdict' | 'topic' | 'details'> {
  const doubts = [...warnings, unreadText({ unread })].filter((one) => one !== undefined);
  return { source, at, verdict, details: [why, ...doubts], ...definedFields({ topic }) };
}

function unreadText({ unread }: { readonly unread?: string | undefined }): string | undefined {
  return unread === undefined ? undefined : `how it was before impact is not known: ${unread}`;
}

function ofAll({ scope, by }: Resource, size: number, { shown }: ReadingsOrigin): string {
  // A machine has several disks, a service several pools.
  const what = by.some((label) => !identity.includes(label)) ? '' : ` ${manyWords[scope]}`;
  return `${String(size)}${what}${shown === undefined ? '' : ` in ${shown}`}`;
}

function subjectOf(
  { scope }: Resource,
  { labels }: Reading,
  size: number,
  { service, prefix }: ReadingsOrigin,
): string {
  const own = ['pod', 'node', 'instance'].map((label) => labels[label] ?? '').find((value) => value !== '') ?? '';
  if (service === undefined) return own === '' ? prefix : own;
  if (scope === 'pods' && own !== '') return own;
  return size > 1 && own !== '' ? `${service} (${own})` : service;
}

function nameOf({ name, by }: Resource, { labels }: Reading): string {
  const isTold = (label: string) => !identity.includes(label) && !(label === 'name' && labels['pod'] !== '');
  return [name, ...by.filter(isTold).map((label) => labels[label] ?? '')].filter((part) => part !== '').join(' ');
}

/** When something started is since when it is as it is. */
function since({ parts }: Resource, { values: { start } }: Reading): Pick<Observation, 'since'> {
  return 'start' in parts && start !== undefined && Number.isFinite(start) ? { since: isoTimeOf(start * 1000) } : {};
}
