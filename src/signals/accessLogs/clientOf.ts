import { isIP, isIPv4 } from 'node:net';

/** An IP address without its port, brackets and zone, or a host name in lower case; undefined for what is neither. */
export function clientOf(text: string): string | undefined {
  const bare = withoutPort(text.trim().toLowerCase());
  if (isIP(bare) !== 0) return bare;
  return /^(?=.*[a-z])[a-z0-9.-]{1,253}$/.test(bare) ? bare : undefined;
}

/**
 * A client as it may be shown: addresses are personal data, so an IPv4 address stands for its /24 (`203.0.113.x`), an IPv6
 * address for its /48 (`2001:db8:1::/48`), and a host name for its last two labels (`*.example.org`).
 */
export function shownClient(client: string): string {
  if (isIPv4(client)) return client.replace(/\d+$/, 'x');
  if (isIP(client) === 6) return shownIPv6(client);
  const labels = client.split('.').filter((label) => label !== '');
  return labels.length <= 2 ? labels.join('.') : `*.${labels.slice(-2).join('.')}`;
}

function withoutPort(text: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]{2,60})\](?::\d{1,5})?|([^:]{1,255}):\d{1,5})$/.exec(text) ?? [];
  return (bracketed ?? plain ?? text).replace(/%[^%]*$/, '');
}

function shownIPv6(address: string): string {
  const four = /^(?:0{0,4}:){2,5}ffff:(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  if (four !== undefined) return `${four}.x`;
  // The parser of URLs writes an address in one way, the longest run of zeros as `::`.
  const [head = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = head.split(':').filter((group) => group !== '');
  return `${[...groups, '0', '0', '0']
    .slice(0, 3)
    .join(':')
    .replace(/(?::0)+$/, '')
    .replace(/^0$/, '')}::/48`;
}
