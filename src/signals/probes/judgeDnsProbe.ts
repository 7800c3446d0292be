import type { HostAnswer, HostFailure } from '../../changes/hosts/resolvesHosts.ts';
import { failureText } from '../../changes/hosts/resolvesHosts.ts';
import type { Verdict } from '../../incident/words.ts';
import type { DnsProbe } from './probeSight.ts';
import type { ProbeVerdict } from './probeVerdict.ts';

const failures: Readonly<Record<HostFailure, Verdict>> = {
  noSuchName: 'bad',
  noAddress: 'bad',
  serverFailed: 'suspicious',
  refused: 'unknown',
  timedOut: 'unknown',
  unreachable: 'unknown',
  unreadable: 'unknown',
};
const mostTold = 4;

/** Whether a name resolves, and to the addresses that are expected, in any order: none of them is *bad*, others than them *suspicious*. */
export function judgeDnsProbe({ addresses }: DnsProbe, answer: HostAnswer): ProbeVerdict {
  if (answer.kind === 'failed') {
    return { verdict: failures[answer.failure], text: failureText(answer.failure) };
  }
  const found = new Set(answer.addresses);
  const text = `resolves to ${list(answer.addresses)}`;
  if (addresses === undefined) return { verdict: 'ok', text, ...aliasOf(answer) };
  const wanted = new Set(addresses.map(oneSpelling));
  const missing = [...wanted].filter((one) => !found.has(one));
  const others = [...found].filter((one) => !wanted.has(one));
  if (missing.length === 0 && others.length === 0) return { verdict: 'ok', text, ...aliasOf(answer) };
  const { without } = answer;
  const isUnseen = without !== undefined && missing.some((one) => one.includes(':') === (without === 'IPv6'));
  if (isUnseen) return { verdict: 'unknown', text: `is unknown: no answer for its ${without} addresses` };
  const verdict = missing.length === wanted.size ? 'bad' : 'suspicious';
  return { verdict, text: `${text}, not to ${list([...wanted])}`, ...aliasOf(answer) };
}

function aliasOf({ alias }: Extract<HostAnswer, { readonly kind: 'answered' }>): Pick<ProbeVerdict, 'details'> {
  return alias === undefined ? {} : { details: [`It is another name for ${alias}.`] };
}

function list(addresses: readonly string[]): string {
  const rest = addresses.length - mostTold;
  return [...addresses.slice(0, mostTold), ...(rest > 0 ? [`${String(rest)} more`] : [])].join(', ');
}

/** An IPv6 address has many spellings. */
function oneSpelling(address: string): string {
  const bare = address.trim().replace(/^\[(.*)\]$/, '$1');
  if (!bare.includes(':') || !URL.canParse(`http://[${bare}]`)) return bare;
  return new URL(`http://[${bare}]`).hostname.slice(1, -1);
}
