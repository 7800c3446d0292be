import { createHash } from 'node:crypto';
import { isLoopback, webAddressOf } from '../safety/webAddress.ts';
import { secretNames } from './secretReferences.ts';
import type {
  GithubDeployments,
  KubernetesDeployment,
  ServiceConfiguration,
  VersionEndpoint,
} from './serviceConfiguration.ts';
import { redactedLine } from '../safety/redactedLine.ts';

/** Something outside this machine that the configuration names, as a person is asked about it. */
export interface OutsideAddress {
  readonly kind: 'version' | 'kubernetes' | 'github' | 'host' | 'endpoint' | 'tcp';
  /** The same for the same address with the same secrets: whatever differs must be confirmed anew. */
  readonly key: string;
  /** The exact target, `https://shop.example/version`; a credential in it is not shown. */
  readonly text: string;
}

/** The address of a version; undefined when it is on this machine, where no word is needed. */
export function versionAddress({ url, headers = {} }: VersionEndpoint): OutsideAddress | undefined {
  const target = webAddressOf(url);
  if (target !== undefined && isLoopback(target)) return undefined;
  return outsideAddress('version', withSecretNames(target?.href ?? url, secretsIn(headers)));
}

/** The cluster behind a context of kubectl. */
export function kubernetesAddress({ context, namespace }: KubernetesDeployment): OutsideAddress {
  return outsideAddress('kubernetes', `kubectl, context ${context}, namespace ${namespace}`);
}

/** GitHub's API; `base` where tests have theirs. */
export function githubAddress({ repository }: GithubDeployments, base = 'https://api.github.com'): OutsideAddress {
  return outsideAddress(
    'github',
    `${base}/repos/${repository}/deployments, with your GitHub account if you are signed in`,
  );
}

/** A host name, looked up with the name servers of this machine; undefined for one that means this machine. */
export function hostAddress(host: string): OutsideAddress | undefined {
  const name = host.toLowerCase();
  return /^localhost\.?$/.test(name) ? undefined : outsideAddress('host', `DNS lookup of ${name}`);
}

/** Everything that asking what these services run, and where their hosts are, would ask, each once. */
export function addressesOf(services: readonly ServiceConfiguration[]): readonly OutsideAddress[] {
  const found = services.flatMap(({ version, kubernetes, github, hosts }) => [
    ...hosts.map(hostAddress),
    version === undefined ? undefined : versionAddress(version),
    kubernetes === undefined ? undefined : kubernetesAddress(kubernetes),
    github === undefined ? undefined : githubAddress(github),
  ]);
  return [...new Map(found.flatMap((one) => (one === undefined ? [] : [[one.key, one] as const]))).values()];
}

/** The secrets that headers refer to, in the order of the alphabet. */
export function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set(Object.values(headers).flatMap(secretNames))].sort();
}

/** An address with the names of the secrets that go with a request. */
export function withSecretNames(address: string, names: readonly string[]): string {
  if (names.length === 0) return address;
  return `${address}, sending the secret${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
}

/** `exact` names the target in full: whatever differs there must be confirmed anew. */
export function outsideAddress(kind: OutsideAddress['kind'], exact: string): OutsideAddress {
  const key = createHash('sha256').update(`${kind} ${exact}`).digest('hex').slice(0, 32);
  return { kind, key, text: redactedLine(exact, 500) };
}
