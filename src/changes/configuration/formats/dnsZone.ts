import picomatch from 'picomatch';
import type { ConfigurationFormat, FileVersions } from '../configurationFormat.ts';
import type { Difference } from '../difference.ts';
import type { Entry } from '../entryDifferences.ts';
import { entryDifferences } from '../entryDifferences.ts';
import type { Zone, ZoneRecord } from '../readers/zoneFile.ts';
import { originOfPath, readZoneFile } from '../readers/zoneFile.ts';

/** BIND zone files: those that path and content give away. */
export const dnsZone: ConfigurationFormat = {
  kind: 'dns',
  name: 'DNS zone',
  fits: (path, text) =>
    /\.(zone|zonefile)$/i.test(path) || (text !== undefined && mayBeZone(path) && zoneLine.test(text)),
  mayFit: mayBeZone,
  differences,
};

function mayBeZone(path: string): boolean {
  return (
    /\.(zone|zonefile|db|dns|bind)$|(^|\/)db\.[^/]{1,253}$/i.test(path) ||
    (/(^|\/)(dns|zones?|bind9?|named)\//i.test(path) && /\.(hosts|txt)$|(^|\/)[^/]{1,200}\.[a-z]{2,24}$/i.test(path))
  );
}

/** A directive, or a record with its class: `in a` alone stands in comments of programs as well. */
const zoneLine = new RegExp(
  [
    String.raw`^\$(?:ORIGIN|TTL)\s`,
    String.raw`^[\w.@*-]*[ \t]{1,40}(?:\d{1,10}[smhdw]?[ \t]{1,40})?(?:IN[ \t]{1,40})?SOA[ \t]{1,40}\S+[ \t]{1,40}\S`,
    String.raw`^[\w.@*-]*[ \t]{1,40}(?:\d{1,10}[smhdw]?[ \t]{1,40})?IN[ \t]{1,40}(?:\d{1,10}[smhdw]?[ \t]{1,40})?(?:A[ \t]{1,40}\d|AAAA[ \t]{1,40}[\da-f:]|MX[ \t]{1,40}\d|SRV[ \t]{1,40}\d|(?:NS|CNAME|PTR)[ \t]{1,40}[\w.@-]+[ \t]{0,40}(?:;|$)|TXT[ \t]{1,40}["(])`,
  ].join('|'),
  'im',
);

/** The same format for the files that a team names, as globs relative to the repository's root. */
export function dnsZonesAt(globs: readonly string[]): ConfigurationFormat {
  const isNamed = picomatch([...globs], { dot: true });
  const { kind, name } = dnsZone;
  return { kind, name, fits: (path) => globs.length > 0 && isNamed(path), differences };
}

function differences({ path, before, after }: FileVersions): readonly Difference[] {
  const was = zoneOf(before, path);
  const is = zoneOf(after, path);
  const defaultTtl = defaultTtlDifference(was, is);
  const records = [
    ...recordDifferences(was, is, defaultTtl.length > 0),
    ...entryDifferences(directives(was), directives(is)),
  ];
  const told = [...defaultTtl, ...startOfAuthority(was, is), ...records];
  return [...told, ...(told.length > 0 ? serial(was, is) : [])];
}

function zoneOf(text: string | undefined, path: string): Zone {
  return text === undefined
    ? { records: [], defaultTtl: undefined, directives: [] }
    : readZoneFile(text, originOfPath(path));
}

function defaultTtlDifference(was: Zone, is: Zone): readonly Difference[] {
  if (was.records.length === 0 || is.records.length === 0 || was.defaultTtl === is.defaultTtl) return [];
  return [
    {
      kind: 'changed',
      subject: '$TTL',
      before: ttlText(was.defaultTtl),
      after: ttlText(is.defaultTtl),
      note: 'for records without their own',
    },
  ];
}

function directives(zone: Zone): readonly Entry[] {
  return zone.directives.map(({ text, line }) => {
    const [name = '', ...rest] = text.split(' ');
    return { key: name.toUpperCase(), subject: name.toUpperCase(), value: rest.join(' '), line };
  });
}

function recordDifferences(was: Zone, is: Zone, isDefaultTtlTold: boolean): readonly Difference[] {
  const before = sets(was);
  const after = sets(is);
  const told = [...after].flatMap(([key, records]) => setDifferences(before.get(key) ?? [], records, isDefaultTtlTold));
  const gone = [...before].filter(([key]) => !after.has(key));
  return [...told, ...gone.flatMap(([, records]) => setDifferences(records, [], isDefaultTtlTold))];
}

function sets(zone: Zone): ReadonlyMap<string, readonly ZoneRecord[]> {
  const found = new Map<string, ZoneRecord[]>();
  for (const record of zone.records) {
    if (record.type === 'SOA') continue;
    const key = `${record.type} ${record.name}`;
    const set = found.get(key);
    if (set === undefined) found.set(key, [record]);
    else set.push(record);
  }
  return found;
}

/** All records of one name and type have one time to live, so that it is told once. */
function setDifferences(
  before: readonly ZoneRecord[],
  after: readonly ZoneRecord[],
  isDefaultTtlTold: boolean,
): readonly Difference[] {
  const held = new Set(after.map(({ data }) => data));
  const had = new Set(before.map(({ data }) => data));
  const gone = before.filter(({ data }) => !held.has(data));
  const come = after.filter(({ data }) => !had.has(data));
  const ttl = ttlChange(before[0], after[0], isDefaultTtlTold);
  const [first] = after;
  if (gone.length + come.length === 0 && first !== undefined)
    return ttl === undefined ? [] : [{ kind: 'told', text: `${subjectOf(first)} ${ttl}`, line: first.line }];
  const paired = come.slice(0, gone.length).map((record, at): Difference => {
    const text = `${subjectOf(record)} ${gone[at]?.data ?? ''} → ${record.data}`;
    return { kind: 'told', text: at === 0 && ttl !== undefined ? `${text}, ${ttl}` : text, line: record.line };
  });
  const others = (count: number) => (count > 0 ? { note: `beside ${count} other${count > 1 ? 's' : ''}` } : {});
  return [
    ...paired,
    ...come.slice(gone.length).map((record): Difference => ({
      kind: 'added',
      subject: subjectOf(record),
      after: withTtl(record),
      line: record.line,
      ...others(held.size - come.length),
    })),
    ...gone.slice(come.length).map((record): Difference => ({
      kind: 'removed',
      subject: subjectOf(record),
      before: record.data,
      line: record.line,
      ...others(held.size),
    })),
  ];
}

function ttlChange(
  before: ZoneRecord | undefined,
  after: ZoneRecord | undefined,
  isDefaultTtlTold: boolean,
): string | undefined {
  if (before === undefined || after === undefined || before.ttl === after.ttl) return undefined;
  if (isDefaultTtlTold && !before.hasOwnTtl && !after.hasOwnTtl) return undefined;
  return `ttl ${ttlText(before.ttl)} → ${ttlText(after.ttl)}`;
}

function subjectOf(record: ZoneRecord): string {
  return `${record.type} ${record.name}`;
}

function withTtl(record: ZoneRecord): string {
  return record.hasOwnTtl ? `${record.data}, ttl ${ttlText(record.ttl)}` : record.data;
}

function ttlText(ttl: number | undefined): string {
  return ttl === undefined ? 'none' : String(ttl);
}

const soaFields = ['primary', 'contact', 'serial', 'refresh', 'retry', 'expire', 'negative ttl'];

function startOfAuthority(was: Zone, is: Zone): readonly Difference[] {
  return entryDifferences(soaEntries(was), soaEntries(is));
}

function soaEntries(zone: Zone): readonly Entry[] {
  const record = zone.records.find(({ type }) => type === 'SOA');
  return (record?.data.split(' ') ?? []).flatMap((value, at) => {
    const field = soaFields[at] ?? `field ${at + 1}`;
    // A serial says only that something else changed.
    return record === undefined || field === 'serial'
      ? []
      : [{ key: field, subject: `SOA ${record.name} ${field}`, value, line: record.line }];
  });
}

/** Secondary servers transfer a zone only when its serial rises (RFC 1912, 2.2). */
function serial(was: Zone, is: Zone): readonly Difference[] {
  const before = serialOf(was);
  const after = serialOf(is);
  if (before === undefined || after === undefined || after.value > before.value) return [];
  const how = after.value === before.value ? `stays ${after.value}` : `falls from ${before.value} to ${after.value}`;
  return [{ kind: 'told', text: `SOA serial ${how}: secondary servers keep the old zone`, line: after.line }];
}

function serialOf(zone: Zone): { readonly value: number; readonly line: number } | undefined {
  const record = zone.records.find(({ type }) => type === 'SOA');
  const value = Number(record?.data.split(' ')[2]);
  return record === undefined || Number.isNaN(value) ? undefined : { value, line: record.line };
}
