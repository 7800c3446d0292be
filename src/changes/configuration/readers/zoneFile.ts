import { UnreadableConfiguration } from '../configurationFormat.ts';
import type { ZoneLine } from './zoneTokens.ts';
import { readZoneLines } from './zoneTokens.ts';

/** One resource record of a zone. */
export interface ZoneRecord {
  /** Absolute, in lower case, without the last dot: `api.example.org`; relative where the zone's origin is not known. */
  readonly name: string;
  /** In capitals: `A`, `CNAME`. */
  readonly type: string;
  /** In seconds; undefined where the file gives none. */
  readonly ttl: number | undefined;
  /** False where the record takes the file's `$TTL` (or that of the record before it). */
  readonly hasOwnTtl: boolean;
  /** As an answer reads, one spelling per value: `10.0.0.4`, `10 mail.example.org`, `"v=spf1 -all"`. */
  readonly data: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A zone file's records, and what it says beside them. */
export interface Zone {
  readonly records: readonly ZoneRecord[];
  /** In seconds, the last `$TTL`. */
  readonly defaultTtl: number | undefined;
  /** `$INCLUDE` and `$GENERATE`, which stand for records that are not among `records`. */
  readonly directives: readonly { readonly text: string; readonly line: number }[];
}

interface Reading {
  origin: string | undefined;
  owner: string | undefined;
  defaultTtl: number | undefined;
  lastTtl: number | undefined;
}

/**
 * Reads a BIND zone file (RFC 1035, 5.1; `$TTL` of RFC 2308); `origin` is the zone's name where `$ORIGIN` does not tell it.
 * Throws UnreadableConfiguration with the line for what is no record.
 */
export function readZoneFile(text: string, origin?: string): Zone {
  const reading: Reading = {
    origin: origin?.toLowerCase(),
    owner: undefined,
    defaultTtl: undefined,
    lastTtl: undefined,
  };
  const records: ZoneRecord[] = [];
  const directives: { text: string; line: number }[] = [];
  for (const entry of readZoneLines(text)) {
    const [first = '', argument] = entry.tokens;
    switch (first.toUpperCase()) {
      case '$ORIGIN':
        reading.origin = absolute(argument ?? fail(entry, '$ORIGIN without a name'), reading.origin);
        break;
      case '$TTL':
        reading.defaultTtl = seconds(argument ?? '') ?? fail(entry, '$TTL without a time');
        break;
      case '$INCLUDE':
      case '$GENERATE':
        directives.push({ text: entry.tokens.join(' '), line: entry.line });
        break;
      default:
        records.push(readRecord(entry, reading));
    }
  }
  return { records, defaultTtl: reading.defaultTtl, directives };
}

/** The zone that a file's name tells: `db.example.org`, `example.org.zone`; undefined where it tells none. */
export function originOfPath(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const zone = name.replace(/^(db|named|pri|zone)\./, '').replace(/\.(zone|zonefile|db|dns|hosts|bind|txt)$/, '');
  return /^([a-z0-9_-]{1,63}\.){1,20}[a-z][a-z0-9-]{1,62}$/.test(zone) ? zone : undefined;
}

const classes = new Set(['IN', 'CH', 'HS', 'CS']);
const types = new Set(
  (
    'A AAAA AFSDB ALIAS ANAME APL CAA CDNSKEY CDS CERT CNAME CSYNC DHCID DLV DNAME DNSKEY DS EUI48 EUI64 HINFO HIP HTTPS IPSECKEY ' +
    'KEY KX LOC MX NAPTR NS NSEC NSEC3 NSEC3PARAM OPENPGPKEY PTR RP RRSIG SIG SMIMEA SOA SPF SRV SSHFP SVCB TKEY TLSA TSIG TXT URI ZONEMD'
  ).split(' '),
);

function readRecord(entry: ZoneLine, reading: Reading): ZoneRecord {
  const rest = [...entry.tokens];
  if (!entry.isIndented) reading.owner = absolute(rest.shift() ?? '', reading.origin);
  const name = reading.owner ?? fail(entry, 'a record without a name');
  let ttl: number | undefined;
  for (let next = rest[0]; next !== undefined; next = rest[0]) {
    if (classes.has(next.toUpperCase())) rest.shift();
    else if (ttl === undefined && seconds(next) !== undefined) ttl = seconds(rest.shift() ?? '');
    else break;
  }
  const type = (rest.shift() ?? '').toUpperCase();
  if (!types.has(type) && !/^TYPE\d{1,5}$/.test(type))
    fail(entry, type === '' ? 'a name alone' : `no record type ${type}`);
  if (rest.length === 0) fail(entry, `${type} without data`);
  if (ttl !== undefined) reading.lastTtl = ttl;
  const effective = ttl ?? reading.defaultTtl ?? reading.lastTtl;
  const data = dataOf(type, rest, reading.origin);
  return { name, type, ttl: effective, hasOwnTtl: ttl !== undefined, data, line: entry.line };
}

/** Which words of a record's data are names. */
const namesAt: Readonly<Record<string, readonly number[]>> = {
  CNAME: [0],
  NS: [0],
  PTR: [0],
  DNAME: [0],
  ALIAS: [0],
  ANAME: [0],
  MX: [1],
  SRV: [3],
  HTTPS: [1],
  SVCB: [1],
  SOA: [0, 1],
};

function dataOf(type: string, words: readonly string[], origin: string | undefined): string {
  if (type === 'TXT' || type === 'SPF') return `"${words.map(unquoted).join('')}"`;
  const names = namesAt[type] ?? [];
  const told = words.map((word, at) => (names.includes(at) ? absolute(word, origin) : word));
  if (type === 'A' || type === 'AAAA') return told.join(' ').toLowerCase();
  if (type !== 'SOA') return told.join(' ');
  return told.map((word, at) => (at < 3 ? word : String(seconds(word) ?? word))).join(' ');
}

function unquoted(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1) : word;
}

function absolute(name: string, origin: string | undefined): string {
  const lower = name.toLowerCase();
  if (lower === '@') return origin ?? '@';
  if (lower === '.') return '.';
  if (lower.endsWith('.')) return lower.slice(0, -1);
  return origin === undefined || origin === '@' || origin === '.' ? lower : `${lower}.${origin}`;
}

const unit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `300`, `1h30m`, `2D` in seconds; undefined for what is no time. */
function seconds(text: string): number | undefined {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  if (!/^(\d{1,10}[smhdw]){1,5}$/i.test(text)) return undefined;
  let sum = 0;
  for (const [, count = '', letter = ''] of text.toLowerCase().matchAll(/(\d+)([smhdw])/g))
    sum += Number(count) * (unit[letter] ?? 0);
  return sum;
}

function fail(entry: ZoneLine, why: string): never {
  throw new UnreadableConfiguration(`line ${entry.line}: ${why}`);
}
