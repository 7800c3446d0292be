import type { HostAnswer } from '../../changes/hosts/resolvesHosts.ts';
import type { HealthProbe } from '../../config/signalConfiguration.ts';
import type { IsoTime } from '../../incident/isoTime.ts';

export type HttpProbe = Extract<HealthProbe, { readonly kind: 'http' }>;
export type TcpProbe = Extract<HealthProbe, { readonly kind: 'tcp' }>;
export type DnsProbe = Extract<HealthProbe, { readonly kind: 'dns' }>;

/** How reaching something failed. */
export const probeFailures = [
  'connectionRefused',
  'hostNotFound',
  'unreachable',
  'connectionLost',
  'tls',
  'noHttp',
  'timeout',
  'tooLarge',
  'redirect',
  'unexpected',
] as const;
export type ProbeFailure = (typeof probeFailures)[number];

/** Nothing came back that could be judged. */
export interface FailedProbe {
  readonly kind: 'failed';
  readonly failure: ProbeFailure;
  /** What failed and why, a sentence; then what to do next. */
  readonly message: string;
  readonly hint?: string;
}

/** What an HTTP probe saw. The body is strangers' text. */
export type HttpSight =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      /** Of the fastest try, from the request to the last byte. */
      readonly latencyMs: number;
    }
  | FailedProbe;

export type TcpSight = { readonly kind: 'connected'; readonly latencyMs: number } | FailedProbe;

/** What a server's certificate says, whether it is trusted or not; `unread` is why that is not known, a sentence. */
export type CertificateSight =
  | { readonly kind: 'read'; readonly validFrom: IsoTime; readonly validTo: IsoTime }
  | { readonly kind: 'unread'; readonly reason: string };

/** How long one probe may take, and what ends it. */
export interface ProbeLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Reaches what mayday.yaml names; that it cannot be reached is an answer. Each throws IncidentError: `needsConfirmation`,
 * `untrusted`, `notFound` for a secret that is not set, `refused` for one that would go over plain http, `cancelled`.
 */
export interface ReadsProbes {
  /** Asks once more where the first answer came later than `withinMs`: what is slow once may be chance. */
  http(probe: HttpProbe, limits: ProbeLimits): Promise<HttpSight>;
  /** The certificate of an https address; nothing is sent to the server but the greeting of TLS. */
  certificate(probe: HttpProbe, limits: ProbeLimits): Promise<CertificateSight>;
  tcp(probe: TcpProbe, limits: ProbeLimits): Promise<TcpSight>;
  dns(probe: DnsProbe, limits: ProbeLimits): Promise<HostAnswer>;
}
