import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dnsZone, dnsZonesAt } from '../../../../src/changes/configuration/formats/dnsZone.ts';
import { originOfPath, readZoneFile } from '../../../../src/changes/configuration/readers/zoneFile.ts';
import { expectFit } from '../../../support/builders/expectFit.ts';
import { toldDifferences } from '../../../support/builders/toldDifferences.ts';

const soa = (serial: number) => `@   IN SOA ns1.example.org. hostmaster.example.org. (
        ${serial} ; serial
        3600       ; refresh
        15m        ; retry
        2w         ; expire
        300 )      ; negative answers
`;
const records = `    IN NS  ns1
    IN NS  ns2.example.org.
@   IN MX  10 mail
@      TXT "v=spf1 include:_spf.example.net -all"
@      CAA 0 issue "ca.example.net"

; the shop
api 300 IN A 10.0.0.4
www     CNAME api
_sip._tcp 1h IN SRV 10 60 5060 sip.example.org.
app     A 10.0.1.1
        A 10.0.1.2
v6   IN 60 AAAA 2001:DB8::1
`;
const zone = `$ORIGIN example.org.\n$TTL 3600\n${soa(2026112301)}${records}`;
/** The next version of the zone: its serial raised, as it should be. */
const next = (from: string, to: string) => {
  if (!zone.includes(from)) throw new Error(`not in the zone: ${from}`);
  return zone.replace(from, to).replace('2026112301', '2026112302');
};

const cases: readonly (readonly [
  title: string,
  before: string | undefined,
  after: string | undefined,
  told: readonly string[],
])[] = [
  ['the same', zone, zone, []],
  ['only the serial', zone, next('@', '@'), []],
  [
    'address and ttl',
    zone,
    next('api 300 IN A 10.0.0.4', 'api 30 IN A 10.0.0.9'),
    ['A api.example.org 10.0.0.4 → 10.0.0.9, ttl 300 → 30'],
  ],
  ['the address alone', zone, next('10.0.0.4', '10.0.0.9'), ['A api.example.org 10.0.0.4 → 10.0.0.9']],
  [
    'the ttl alone, class and ttl swapped',
    zone,
    next('api 300 IN A', 'api IN 60 A'),
    ['A api.example.org ttl 300 → 60'],
  ],
  [
    'absolute instead of relative, other case, comment, unit',
    zone,
    next('api 300 IN A 10.0.0.4', 'API.example.org. 5m A 10.0.0.4 ; moved here'),
    [],
  ],
  [
    'another order',
    zone,
    next(
      records,
      `${records.split('; the shop\n')[1] ?? ''}${records.split('; the shop\n')[0]?.replace('    IN NS  ns1', '@   IN NS  ns1') ?? ''}`,
    ),
    [],
  ],
  ['one line for the SOA', zone, next(soa(2026112301), '@ SOA ns1 hostmaster 2026112301 1h 900 14d 5m\n'), []],
  ['one of several addresses', zone, next('A 10.0.1.2', 'A 10.0.1.3'), ['A app.example.org 10.0.1.2 → 10.0.1.3']],
  [
    'an address more',
    zone,
    next('        A 10.0.1.2\n', '        A 10.0.1.2\n        A 10.0.1.3\n'),
    ['A app.example.org added: 10.0.1.3 (beside 2 others)'],
  ],
  [
    'an address less',
    zone,
    next('        A 10.0.1.2\n', ''),
    ['A app.example.org removed (was 10.0.1.2) (beside 1 other)'],
  ],
  ['a record more', zone, next('; the shop\n', 'pay 60 A 10.0.0.7\n'), ['A pay.example.org added: 10.0.0.7, ttl 60']],
  ['a record gone', zone, next('www     CNAME api\n', ''), ['CNAME www.example.org removed (was api.example.org)']],
  [
    'another target, the dot forgotten',
    zone,
    next('CNAME api', 'CNAME api.example.org'),
    ['CNAME www.example.org api.example.org → api.example.org.example.org'],
  ],
  ['mail', zone, next('10 mail', '20 mail'), ['MX example.org 10 mail.example.org → 20 mail.example.org']],
  [
    'text, in two parts',
    zone,
    next('"v=spf1 include:_spf.example.net -all"', '"v=spf1 " "~all"'),
    ['TXT example.org "v=spf1 include:_spf.example.net -all" → "v=spf1 ~all"'],
  ],
  [
    'text, only parted differently',
    zone,
    next('"v=spf1 include:_spf.example.net -all"', '("v=spf1 include:_spf"\n  ".example.net -all")'),
    [],
  ],
  [
    'a service',
    zone,
    next('60 5060', '60 5061'),
    ['SRV _sip._tcp.example.org 10 60 5060 sip.example.org → 10 60 5061 sip.example.org'],
  ],
  [
    'a name server gone',
    zone,
    next('    IN NS  ns2.example.org.\n', ''),
    ['NS example.org removed (was ns2.example.org) (beside 1 other)'],
  ],
  [
    'who may issue',
    zone,
    next('ca.example.net', 'ca.example.com'),
    ['CAA example.org 0 issue "ca.example.net" → 0 issue "ca.example.com"'],
  ],
  ['the default ttl', zone, next('$TTL 3600', '$TTL 60'), ['$TTL: 3600 → 60 (for records without their own)']],
  [
    'times of the SOA',
    zone,
    next('3600       ; refresh', '60         ; refresh'),
    ['SOA example.org refresh: 3600 → 60'],
  ],
  [
    'the serial not raised',
    zone,
    zone.replace('10.0.0.4', '10.0.0.9'),
    ['A api.example.org 10.0.0.4 → 10.0.0.9', 'SOA serial stays 2026112301: secondary servers keep the old zone'],
  ],
  [
    'the serial lowered',
    zone,
    zone.replace('10.0.0.4', '10.0.0.9').replace('2026112301', '20261124'),
    [
      'A api.example.org 10.0.0.4 → 10.0.0.9',
      'SOA serial falls from 2026112301 to 20261124: secondary servers keep the old zone',
    ],
  ],
  [
    '$GENERATE',
    zone,
    next('; the shop\n', '$GENERATE 1-20 host-$ A 10.0.2.$\n'),
    ['$GENERATE added: 1-20 host-$ A 10.0.2.$'],
  ],
  ['another $ORIGIN for what follows', 'a.example.org. A 10.0.0.1\n', '$ORIGIN example.org.\na A 10.0.0.1\n', []],
  ['a new file', undefined, 'api 60 IN A 10.0.0.1\n', ['A api.example.net added: 10.0.0.1, ttl 60']],
  ['a file gone', 'api 60 IN A 10.0.0.1\n', undefined, ['A api.example.net removed (was 10.0.0.1)']],
  ['an open parenthesis', zone, zone.replace('300 )', '300'), ['line 3: a parenthesis does not close']],
  ['an open quote', zone, 'a TXT "x\nb A 10.0.0.1', ['line 1: a quote does not end']],
  ['no type', zone, 'api IN AX 10.0.0.1', ['line 1: no record type AX']],
  ['no name', zone, '  IN A 10.0.0.1', ['line 1: a record without a name']],
  ['YAML', zone, 'zones:\n  - name: x\n', ['line 1: a name alone']],
];

describe('dnsZone', () => {
  it.each(cases)('%s', (_title, before, after, told) => {
    expect(toldDifferences(dnsZone, before, after, { path: 'dns/db.example.net' })).toEqual(told);
  });

  it.each([
    ['zones/example.org.zone', undefined, true],
    ['dns/db.example.org', zone, true],
    ['dns/example.org', zone, true],
    ['zones/example.org', zone, true],
    ['bind/db.10.0.0', '4 IN PTR api.example.org.\n', true],
    ['ops/db.example.org', 'api 60 in a 10.0.0.4\n', true],
    ['src/db.ts', '// Users stand\nin a 10 minute table, not in a\n cname table.\n', false],
    ['zones/readme.txt', 'Zones in NS order of their names\n', false],
    ['src/db.ts', 'export const db = 1;', false],
    ['data/users.db', 'SQLite format 3', false],
    ['docs/dns.md', zone, false],
  ])('fits %s', (path, text, fits) => {
    expectFit(dnsZone, path, text, fits);
  });

  it('fits the files that a team names', () => {
    expect(dnsZonesAt(['infra/names/*']).fits('infra/names/shop', undefined)).toBe(true);
    expect(dnsZonesAt([]).fits('infra/names/shop', undefined)).toBe(false);
  });

  it('reads or refuses whatever is in the file', () => {
    const parts = fc.constantFrom('a', ' ', '\n', '(', ')', '"', ';', '\\', 'IN', 'A', '10.0.0.1', '$TTL', '@', '\t');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (text) => {
        toldDifferences(dnsZone, zone, text.join(' '));
      }),
    );
    toldDifferences(dnsZone, zone, `a TXT ${'"x" '.repeat(100_000)}`);
    toldDifferences(dnsZone, zone, `a TXT ${'\\'.repeat(200_000)}`);
    expect(readZoneFile('('.repeat(1000) + ')'.repeat(1000)).records).toEqual([]);
  }, 30_000);
});

describe('originOfPath', () => {
  it.each([
    ['dns/db.example.org', 'example.org'],
    ['zones/shop.example.org.zone', 'shop.example.org'],
    ['example.org', 'example.org'],
    ['zones/internal.zone', undefined],
    ['db.10.0.0', undefined],
  ])('%s: %s', (path, origin) => {
    expect(originOfPath(path)).toBe(origin);
  });
});
