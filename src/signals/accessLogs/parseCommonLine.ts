import { definedFields } from '../../incident/definedFields.ts';
import type { AccessLine } from './accessEntry.ts';
import { clientOf } from './clientOf.ts';

/**
 * `host ident user [time] "request" status bytes`, and `"referer" "user agent"` behind it: Apache's `common`, `combined` and
 * `vhost_combined` (with `name:port` before it), nginx's `combined`. What teams put behind these is passed over. Quotes within
 * quotes are `\"` (Apache) or `\x22` (nginx).
 * @see https://httpd.apache.org/docs/2.4/mod/mod_log_config.html
 */
const linePattern =
  /^(?:[A-Za-z0-9.-]{1,255}:\d{1,5} )?(?!- )(\S{1,255}) \S{1,255} [^[\]"]{1,255} \[([^\]]{20,40})\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (?:\d{1,20}|-)(?: "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)")?(?= |$)/;
const requestPattern = /^[A-Z][A-Z_-]{0,29} (\S+)(?: HTTP\/\d(?:\.\d)?)?$/;
const timePattern = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line in the common or combined format; *unreadable* when it is none. */
export function parseCommonLine(line: string): AccessLine {
  const [, host, time = '', request = '', status = '', userAgent] = linePattern.exec(line) ?? [];
  const atMs = commonTime(time);
  if (host === undefined || atMs === undefined) return { kind: 'unreadable' };
  return {
    kind: 'request',
    entry: {
      atMs,
      ...definedFields({
        path: pathOfRequest(request),
        status: status === '-' ? undefined : statusOf(status),
        client: clientOf(host),
        userAgent: userAgent === undefined || userAgent === '-' ? undefined : unescaped(userAgent),
      }),
    },
  };
}

/** Milliseconds since 1970 of `23/Nov/2026:06:01:02 +0100`; undefined when it is no such time. */
export function commonTime(text: string): number | undefined {
  const [, day, month = '', year, hour, minute, second, sign, zoneHours, zoneMinutes] = timePattern.exec(text) ?? [];
  const monthIndex = months.indexOf(month);
  if (monthIndex < 0) return undefined;
  const local = Date.UTC(Number(year), monthIndex, Number(day), Number(hour), Number(minute), Number(second));
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return sign === '-' ? local + offset : local - offset;
}

/** The target of a request line, `GET /cart HTTP/1.1`; undefined for what is none, such as the first bytes of TLS. */
export function pathOfRequest(request: string): string | undefined {
  return requestPattern.exec(request)?.[1];
}

/** A status of HTTP, undefined for other numbers: Envoy writes 0 when it answered nothing. */
export function statusOf(value: string | number): number | undefined {
  const status = typeof value === 'number' ? value : /^\d{3}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\x22|\\"/g, '"') : text;
}
