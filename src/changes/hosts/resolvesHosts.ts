/** Why a name was not resolved. */
export type HostFailure =
  /** NXDOMAIN: the name servers say that there is no such name. */
  | 'noSuchName'
  /** There is such a name, and it has no address. */
  | 'noAddress'
  /** SERVFAIL: the name server could not find out. */
  | 'serverFailed'
  /** REFUSED: the name server does not want to tell. */
  | 'refused'
  | 'timedOut'
  /** No name server could be reached. */
  | 'unreachable'
  /** What came back is no answer. */
  | 'unreadable';

/** What the name servers of this machine say of a host now. */
export type HostAnswer =
  | {
      readonly kind: 'answered';
      readonly host: string;
      /** IPv4 and IPv6, each in one spelling, sorted: the order of an answer says nothing. */
      readonly addresses: readonly string[];
      /** What the name is another name for (CNAME), in lower case. */
      readonly alias?: string;
      /** A family that was asked for in vain: its addresses may be missing. */
      readonly without?: 'IPv4' | 'IPv6';
    }
  | { readonly kind: 'failed'; readonly host: string; readonly failure: HostFailure };

/** Asks the name servers of this machine. */
export interface ResolvesHosts {
  /**
   * A, AAAA and CNAME of a host name. That it does not resolve is an answer. Throws IncidentError: `invalidArgument` for what
   * is no host name, `needsConfirmation` when nobody agreed to ask, `untrusted`, `cancelled`.
   */
  resolve(host: string, signal?: AbortSignal): Promise<HostAnswer>;
}

/** A failure in words, behind `api.example.org `. */
export function failureText(failure: HostFailure): string {
  const texts: Readonly<Record<HostFailure, string>> = {
    noSuchName: 'does not exist (NXDOMAIN)',
    noAddress: 'has no address',
    serverFailed: 'could not be resolved: the name server failed (SERVFAIL)',
    refused: 'could not be resolved: the name server refused to answer',
    timedOut: 'could not be resolved: no name server answered in time',
    unreachable: 'could not be resolved: no name server could be reached',
    unreadable: 'could not be resolved: the name server gave no readable answer',
  };
  return texts[failure];
}
