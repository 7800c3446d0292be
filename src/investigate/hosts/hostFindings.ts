import type { HostRecord } from '../../changes/hosts/hostRecord.ts';
import { hostChange, withAnswer } from '../../changes/hosts/hostRecord.ts';
import type { HostAnswer, HostFailure, ResolvesHosts } from '../../changes/hosts/resolvesHosts.ts';
import { failureText } from '../../changes/hosts/resolvesHosts.ts';
import type { ZonePlace } from '../../changes/hosts/zoneHosts.ts';
import { listed, zoneDifference } from '../../changes/hosts/zoneHosts.ts';
import { formatTime } from '../../documents/timeText.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { ConfigurationFinding } from '../configuration/configurationChanges.ts';

export interface HostTools extends ResolvesHosts {
  /** Throws IncidentError `needsConfirmation` or `untrusted` unless a person agreed that these names are looked up. */
  require(hosts: readonly string[]): void;
}

export interface HostRequest {
  readonly hosts: readonly string[];
  /** Answers recorded before, by host. */
  readonly records: readonly HostRecord[];
  /** What zone files say, by host. */
  readonly places: ReadonlyMap<string, readonly ZonePlace[]>;
  readonly now: IsoTime;
  /** When the incident was declared: answers recorded before are what changes are told against. */
  readonly since?: IsoTime;
  readonly signal: AbortSignal | undefined;
  /** Aborted when the name servers have had their time. */
  readonly outsideEnd?: AbortSignal | undefined;
}

/** What was found of host names, and the answers to compare with the next time. */
export interface HostSight {
  readonly findings: readonly ConfigurationFinding[];
  /** Sentences: what is not known, and why. */
  readonly unseen: readonly string[];
  readonly records: readonly HostRecord[];
}

/** More names are said, not asked. */
const mostHosts = 50;
/** What the name servers themselves say of a name; everything else may be the network of this machine. */
const said: readonly HostFailure[] = ['noSuchName', 'noAddress', 'serverFailed'];

/**
 * Resolves hosts now and holds the answers against the last recorded ones and the zone files. Nothing is asked before a person
 * agreed: that nobody did is said. Throws IncidentError `cancelled` only.
 */
export async function hostFindings(tools: HostTools, request: HostRequest): Promise<HostSight> {
  const all = [...new Set(request.hosts)].filter((host) => !isNoName(host));
  const hosts = all.slice(0, mostHosts);
  if (hosts.length === 0) return { findings: [], unseen: [], records: request.records };
  try {
    tools.require(hosts);
  } catch (error) {
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return { findings: [], unseen: [sentence(error.message, error.hint)], records: request.records };
  }
  const answers = await Promise.all(hosts.map((host) => answerFor(tools, host, request)));
  const records = new Map(request.records.map((record) => [record.host, record]));
  const findings: ConfigurationFinding[] = [];
  const unseen = all.length > mostHosts ? [`Only ${mostHosts} of ${all.length} host names were resolved.`] : [];
  for (const answer of answers) {
    if (typeof answer === 'string') unseen.push(answer);
    else if (answer.kind === 'failed') tellFailure(answer, records.get(answer.host), { findings, unseen });
    else {
      findings.push(...compared(answer, records.get(answer.host), request));
      records.set(answer.host, withAnswer(answer, records.get(answer.host), request.now));
    }
  }
  return { findings, unseen, records: [...records.values()] };
}

/** Addresses, and what means this machine: there is nothing to look up. */
function isNoName(host: string): boolean {
  return /^[\d.]+$|:|^(?:[\w-]+\.)*localhost\.?$/i.test(host);
}

/** The answer, or a sentence that says why there is none. */
async function answerFor(
  tools: HostTools,
  host: string,
  { signal, outsideEnd }: Pick<HostRequest, 'signal' | 'outsideEnd'>,
): Promise<HostAnswer | string> {
  const ends = [signal, outsideEnd].filter((end) => end !== undefined);
  try {
    return await tools.resolve(host, AbortSignal.any(ends));
  } catch (error) {
    // Whatever an aborted question throws: it was the end that ended it.
    if (outsideEnd?.aborted === true && signal?.aborted !== true) {
      return `${plainLine(host, 253)} was not resolved before the time of this check was over: look again.`;
    }
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return sentence(error.message, error.hint);
  }
}

function tellFailure(
  { host, failure }: Extract<HostAnswer, { kind: 'failed' }>,
  record: HostRecord | undefined,
  { findings, unseen }: { readonly findings: ConfigurationFinding[]; readonly unseen: string[] },
): void {
  const last = record?.answers[0];
  const before = last === undefined ? '' : `; was ${seenText(last)}`;
  const text = `${plainLine(host, 253)} ${failureText(failure)}${before}`;
  if (said.includes(failure)) findings.push({ text, source: 'host', isSuspicious: true });
  else unseen.push(`${text}.`);
}

function compared(
  answer: Extract<HostAnswer, { kind: 'answered' }>,
  record: HostRecord | undefined,
  { places, since: declaredAt }: Pick<HostRequest, 'places' | 'since'>,
): readonly ConfigurationFinding[] {
  const change = hostChange(answer, record, declaredAt);
  const without = answer.without === undefined ? '' : ` (${answer.without} was not answered)`;
  const now = `${plainLine(answer.host, 253)} resolves to ${targetText(answer)}${without}`;
  const finding = (text: string, isSuspicious: boolean): ConfigurationFinding => ({
    text,
    source: 'host',
    isSuspicious,
  });
  const texts = {
    first: () => finding(`${now}; there is no earlier answer to compare with`, false),
    same: () => finding(`${now}, as before`, false),
    rotates: (different: number, since: IsoTime) =>
      finding(`${now}; its answers rotate (${different} different ones since ${formatTime(since, 'UTC')})`, false),
    changed: (before: string) => finding(`${now}, was ${before}`, true),
  };
  const own =
    change.kind === 'changed'
      ? texts.changed(seenText(change.before))
      : change.kind === 'rotates'
        ? texts.rotates(change.different, change.since)
        : texts[change.kind]();
  return [own, ...againstZones(answer, places.get(answer.host) ?? [])];
}

/** Where one of several zone files agrees (an inside and an outside view), nothing is amiss. */
function againstZones(
  answer: Extract<HostAnswer, { kind: 'answered' }>,
  places: readonly ZonePlace[],
): readonly ConfigurationFinding[] {
  const differing = places.map((place) => ({ place, difference: zoneDifference(answer, place) }));
  if (differing.some(({ difference }) => difference === undefined)) return [];
  return differing.flatMap(({ place: { path, line }, difference }) => {
    if (difference === undefined) return [];
    const where = `${plainLine(path, 120)}:${line}`;
    const text = `${plainLine(answer.host, 253)} resolves to ${plainLine(difference.live, 300)}, but ${where} says ${plainLine(difference.file, 300)}`;
    return [{ text, source: 'host' as const, isSuspicious: true, path, line }];
  });
}

function seenText({ addresses, alias, firstSeenAt }: HostRecord['answers'][number]): string {
  return `${targetText({ addresses, ...(alias === undefined ? {} : { alias }) })} (first seen ${formatTime(firstSeenAt, 'UTC')})`;
}

/** Names in answers are strangers' text as well. */
function targetText({ addresses, alias }: { readonly addresses: readonly string[]; readonly alias?: string }): string {
  return plainLine(alias === undefined ? listed(addresses) : `${listed(addresses)} by ${alias}`, 300);
}

function sentence(message: string, hint: string | undefined): string {
  return [message, hint].filter(Boolean).join(' ');
}
