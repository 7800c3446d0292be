import type { ResolvesHosts } from '../changes/hosts/resolvesHosts.ts';
import type { ConfirmedAddresses } from '../config/confirmedAddresses.ts';
import { endpointAddress, probeAddress } from '../config/signalAddresses.ts';
import type { HealthProbe } from '../config/signalConfiguration.ts';
import type { HttpProbe, HttpSight, ProbeFailure, ProbeLimits, ReadsProbes } from '../signals/probes/probeSight.ts';
import { probeFailures } from '../signals/probes/probeSight.ts';
import type { FetchesPages } from '../signals/statusPages/statusPageSight.ts';
import { confirmedHosts } from './confirmedHosts.ts';
import type { Endpoints } from './endpoints.ts';
import type { HttpAnswer } from './http.ts';
import type { HttpError } from './httpError.ts';
import { isHttpError } from './httpError.ts';
import { connectTcp } from './tcpProbe.ts';
import { readCertificate } from './tlsCertificate.ts';

/** What the check of dependencies reaches the outside with. */
export interface DependencyProbes {
  readonly probes: ReadsProbes;
  readonly pages: FetchesPages;
}

const probeBytes = 256 * 1024;
const pageBytes = 2 * 1024 * 1024;
/** Whoever took longer than this is slow beyond doubt, and is not asked again. */
const againWithinMs = 2000;

/** Probes and status pages behind the person's word: each address is asked only when it was confirmed. */
export function createDependencyProbes(
  endpoints: Pick<Endpoints, 'request'>,
  addresses: Pick<ConfirmedAddresses, 'require'>,
  dns: ResolvesHosts,
): DependencyProbes {
  const hosts = confirmedHosts(dns, addresses);
  const confirm = (probe: HealthProbe): void => {
    const address = probeAddress(probe);
    addresses.require(address === undefined ? [] : [address]);
  };
  return {
    probes: {
      http: (probe, limits) => askTwiceWhenSlow(probe, () => askHealth(endpoints, probe, limits)),
      certificate: async (probe, limits) => {
        confirm(probe);
        return readCertificate(new URL(probe.url), limits);
      },
      tcp: async (probe, limits) => {
        confirm(probe);
        return connectTcp(probe, limits);
      },
      dns: async ({ host }, { timeoutMs, signal }) => {
        const tooLong = AbortSignal.timeout(timeoutMs);
        const answer = await hosts.resolve(host, AbortSignal.any([signal, tooLong])).catch((error: unknown) => {
          if (tooLong.aborted && !signal.aborted) return { kind: 'failed', host, failure: 'timedOut' } as const;
          throw error;
        });
        return answer;
      },
    },
    pages: {
      fetch: async (page, path, { timeoutMs, signal }) => {
        const url = page.url.replace(/\/+$/, '');
        const address = endpointAddress(page);
        const answer = await outcomeOf(() =>
          endpoints.request(
            { url: path === '' ? page.url : url },
            {
              ...{ path, timeoutMs, signal, maxBytes: pageBytes, anyStatus: true },
              ...(address === undefined ? {} : { address }),
              headers: {
                accept: 'application/json, application/rss+xml, application/atom+xml, text/xml;q=0.9, */*;q=0.1',
              },
            },
          ),
        );
        if (answer.kind === 'failed') return answer;
        const { status, headers, body } = answer.answer;
        return { kind: 'answered', status, headers, body };
      },
    },
  };
}

async function askTwiceWhenSlow({ withinMs }: HttpProbe, ask: () => Promise<HttpSight>): Promise<HttpSight> {
  const first = await ask();
  const isSlow = first.kind === 'answered' && withinMs !== undefined && first.latencyMs > withinMs;
  if (!isSlow || first.latencyMs > againWithinMs) return first;
  const second = await ask();
  return second.kind === 'answered' && second.latencyMs > first.latencyMs ? first : second;
}

async function askHealth(
  endpoints: Pick<Endpoints, 'request'>,
  probe: HttpProbe,
  { timeoutMs, signal }: ProbeLimits,
): Promise<HttpSight> {
  let latencyMs = 0;
  // It loads with the first request, and that time is not the service's.
  await import('axios');
  const outcome = await outcomeOf(async () => {
    const start = performance.now();
    const answer = await endpoints.request(probe, {
      ...{ timeoutMs, signal, maxBytes: probeBytes, anyStatus: true },
      headers: { accept: 'application/health+json, application/json, text/plain;q=0.9, */*;q=0.5', ...uncached },
    });
    latencyMs = performance.now() - start;
    return answer;
  });
  if (outcome.kind === 'failed') return outcome;
  const { status, headers, body } = outcome.answer;
  return { kind: 'answered', status, headers, body, latencyMs };
}

/** A copy on the way says nothing of the service. */
const uncached = { 'cache-control': 'no-cache' };

type Outcome =
  | { readonly kind: 'done'; readonly answer: HttpAnswer }
  | { readonly kind: 'failed'; readonly failure: ProbeFailure; readonly message: string; readonly hint?: string };

async function outcomeOf(request: () => Promise<HttpAnswer>): Promise<Outcome> {
  try {
    return { kind: 'done', answer: await request() };
  } catch (error) {
    if (!isHttpError(error)) throw error;
    return {
      ...{ kind: 'failed', failure: probeFailureOf(error), message: error.message },
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
}

function probeFailureOf({ failure }: HttpError): ProbeFailure {
  return probeFailures.find((one) => one === failure) ?? 'unexpected';
}
