import type { ZoneRecord } from '../configuration/readers/zoneFile.ts';
import type { HostAnswer } from './resolvesHosts.ts';

/** What a zone file of the repository says of a host. */
export interface ZonePlace {
  readonly path: string;
  /** Of its first record, counted from 1. */
  readonly line: number;
  /** Sorted; of the families that the file has records of. */
  readonly addresses: readonly string[];
  readonly families: readonly ('A' | 'AAAA')[];
  readonly alias?: string;
}

/** What the records of a file say of a host; undefined when they say nothing of its addresses. */
export function zonePlace(path: string, records: readonly ZoneRecord[], host: string): ZonePlace | undefined {
  const wanted = host.toLowerCase().replace(/\.$/, '');
  const own = records.filter(({ name, type }) => name === wanted && ['A', 'AAAA', 'CNAME'].includes(type));
  const [first] = own;
  if (first === undefined) return undefined;
  const alias = own.find(({ type }) => type === 'CNAME')?.data;
  const addresses = own.filter(({ type }) => type !== 'CNAME').map(({ data }) => oneSpelling(data));
  return {
    ...{ path, line: first.line, addresses: [...new Set(addresses)].sort() },
    families: (['A', 'AAAA'] as const).filter((family) => own.some(({ type }) => type === family)),
    ...(alias === undefined ? {} : { alias }),
  };
}

/** How an answer differs from the zone file: both sides in words; undefined where it does not. */
export function zoneDifference(
  answer: Extract<HostAnswer, { kind: 'answered' }>,
  place: ZonePlace,
): { readonly live: string; readonly file: string } | undefined {
  if (place.alias !== undefined) {
    if (answer.alias === place.alias.replace(/\.$/, '')) return undefined;
    return { live: answer.alias ?? listed(answer.addresses), file: place.alias };
  }
  const isAsked = (address: string) => place.families.includes(address.includes(':') ? 'AAAA' : 'A');
  // A family of which the file says nothing may come from elsewhere, and one that was asked for in vain is not known.
  const lost = answer.without === 'IPv4' ? 'A' : answer.without === 'IPv6' ? 'AAAA' : undefined;
  const live = answer.addresses.filter(isAsked);
  const file = place.addresses.filter((address) => (address.includes(':') ? 'AAAA' : 'A') !== lost);
  if (answer.alias === undefined && live.join() === file.join()) return undefined;
  return { live: answer.alias ?? listed(answer.addresses), file: listed(place.addresses) };
}

/** `10.0.0.4, 10.0.0.5 and 3 more` */
export function listed(addresses: readonly string[]): string {
  const shown = addresses.slice(0, 4).join(', ');
  return addresses.length > 4 ? `${shown} and ${addresses.length - 4} more` : shown;
}

function oneSpelling(address: string): string {
  if (!address.includes(':') || !URL.canParse(`http://[${address}]`)) return address;
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
