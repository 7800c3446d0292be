import { Resolver } from 'node:dns/promises';
import { domainToASCII } from 'node:url';
import type { HostAnswer, HostFailure, ResolvesHosts } from '../changes/hosts/resolvesHosts.ts';
import { IncidentError } from '../incident/incidentError.ts';
import { isHostName } from '../safety/outsideNames.ts';

/** How name servers are asked. */
export interface DnsSetup {
  /** `127.0.0.1:5353`; those of this machine when absent. */
  readonly servers?: readonly string[];
  /** For one name, all tries together. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 8000;
const tryTimeoutMs = 2500;
const tries = 2;

/** Asks the name servers of this machine; neither its hosts file nor a cache of Mayday's. */
export function createDns({ servers, timeoutMs = defaultTimeoutMs }: DnsSetup = {}): ResolvesHosts {
  return {
    resolve: async (host, signal) => {
      const name = domainToASCII(host);
      if (!isHostName(host) || name === '') {
        throw new IncidentError('invalidArgument', `"${host.slice(0, 100)}" is no host name.`);
      }
      if (signal?.aborted) throw cancelled(host);
      const resolver = new Resolver({ timeout: Math.min(tryTimeoutMs, timeoutMs), tries });
      if (servers !== undefined) resolver.setServers(servers);
      const tooLong = AbortSignal.timeout(timeoutMs);
      const end = AbortSignal.any([tooLong, ...(signal ? [signal] : [])]);
      const cancel = () => {
        resolver.cancel();
      };
      end.addEventListener('abort', cancel, { once: true });
      try {
        const [four, six, alias] = await Promise.all([
          outcomeOf(resolver.resolve4(name)),
          outcomeOf(resolver.resolve6(name)),
          outcomeOf(resolver.resolveCname(name)),
        ]);
        if (signal?.aborted) throw cancelled(host);
        return answerOf(host, four, six, alias);
      } finally {
        end.removeEventListener('abort', cancel);
      }
    },
  };
}

type Outcome = { readonly found: readonly string[] } | { readonly failure: HostFailure };

/** By the codes of c-ares, see "Error codes" of node:dns. */
const failures: Readonly<Record<string, HostFailure>> = {
  ENOTFOUND: 'noSuchName',
  ENODATA: 'noAddress',
  ESERVFAIL: 'serverFailed',
  EREFUSED: 'refused',
  ENOTIMP: 'refused',
  ETIMEOUT: 'timedOut',
  ECANCELLED: 'timedOut',
  ECONNREFUSED: 'unreachable',
};

async function outcomeOf(asked: Promise<readonly string[]>): Promise<Outcome> {
  try {
    return { found: await asked };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { failure: failures[code] ?? 'unreadable' };
  }
}

function answerOf(host: string, four: Outcome, six: Outcome, alias: Outcome): HostAnswer {
  const addresses = [...foundIn(four), ...foundIn(six)].map(oneSpelling);
  if (addresses.length === 0) return { kind: 'failed', host, failure: worse(four, six) };
  const [target] = foundIn(alias);
  const missing = isMissing(four) ? ('IPv4' as const) : isMissing(six) ? ('IPv6' as const) : undefined;
  return {
    ...{ kind: 'answered', host, addresses: [...new Set(addresses)].sort() },
    ...(target === undefined ? {} : { alias: target.toLowerCase().replace(/\.$/, '') }),
    ...(missing === undefined ? {} : { without: missing }),
  };
}

function foundIn(outcome: Outcome): readonly string[] {
  return 'found' in outcome ? outcome.found : [];
}

/** That a name has no address of a family is an answer; anything else leaves it open. */
function isMissing(outcome: Outcome): boolean {
  return 'failure' in outcome && outcome.failure !== 'noAddress' && outcome.failure !== 'noSuchName';
}

/** What keeps the name from being known counts before what is known of it. */
function worse(four: Outcome, six: Outcome): HostFailure {
  const [first = 'noAddress', second = 'noAddress'] = [four, six].map((one) =>
    'failure' in one ? one.failure : 'noAddress',
  );
  const isKnown = first === 'noAddress' || (first === 'noSuchName' && second !== 'noAddress');
  return isKnown ? second : first;
}

/** An IPv6 address has many spellings. */
function oneSpelling(address: string): string {
  if (!address.includes(':') || !URL.canParse(`http://[${address}]`)) return address;
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function cancelled(host: string): IncidentError {
  return new IncidentError('cancelled', `Resolving ${host} was cancelled.`);
}
