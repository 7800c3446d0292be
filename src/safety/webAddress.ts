/**
 * The address of a text that may be requested: http or https, no user name or password in it. Undefined for any other.
 */
export function webAddressOf(text: string): URL | undefined {
  if (text.length > 2000 || /[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && url.username === '' && url.password === '' && url.hostname !== '' ? url : undefined;
}

/** True when a request to it stays on this machine: `localhost`, 127.0.0.0/8 or ::1, however they are written. A name below `localhost` may be asked of name servers, and is none. */
export function isLoopback({ hostname }: URL): boolean {
  // The parser of URLs has brought `127.1` and `0x7f000001` into their usual form.
  return hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname) || /^localhost\.?$/.test(hostname);
}

/** An address as it may be shown and recorded: without query and fragment, where keys and tokens are put. */
export function shownAddress(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
}
