import { describe, expect, it } from 'vitest';
import { readZoneFile } from '../../../../src/changes/configuration/readers/zoneFile.ts';
import type { HostRecord } from '../../../../src/changes/hosts/hostRecord.ts';
import { hostChange, withAnswer } from '../../../../src/changes/hosts/hostRecord.ts';
import type { HostAnswer } from '../../../../src/changes/hosts/resolvesHosts.ts';
import { zoneDifference, zonePlace } from '../../../../src/changes/hosts/zoneHosts.ts';

const host = 'api.example.org';
const at = (minute: number) => `2026-11-23T06:${String(minute).padStart(2, '0')}:00.000Z`;

/** `10.0.0.4,10.0.0.5`, with `alias>` before it. */
function answer(text: string): Extract<HostAnswer, { kind: 'answered' }> {
  const [addresses = '', alias] = text.split('>').reverse();
  return { kind: 'answered', host, addresses: addresses.split(','), ...(alias === undefined ? {} : { alias }) };
}

/** How each answer of a row of them stands to those before. */
function changes(answers: readonly string[]): string[] {
  let record: HostRecord | undefined;
  return answers.map((text, minute) => {
    const { kind } = hostChange(answer(text), record);
    record = withAnswer(answer(text), record, at(minute));
    return kind;
  });
}

describe('hostChange', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['nothing before', ['1'], ['first']],
    ['the same', ['1,2', '1,2', '1,2'], ['first', 'same', 'same']],
    ['another address', ['1', '2'], ['first', 'changed']],
    ['another address, and back', ['1', '2', '1', '2'], ['first', 'changed', 'rotates', 'rotates']],
    ['another address that stays', ['1', '2', '2', '2'], ['first', 'changed', 'changed', 'changed']],
    [
      'one that stays, then a return',
      ['1', '2', '2', '1', '1', '2'],
      ['first', 'changed', 'changed', 'rotates', 'rotates', 'rotates'],
    ],
    ['a third that stays', ['1', '2', '1', '3', '3'], ['first', 'changed', 'rotates', 'changed', 'changed']],
    ['one address more that stays', ['1', '1,2', '1,2'], ['first', 'changed', 'changed']],
    ['a window of a pool that stays', ['1,2', '2,3', '2,3'], ['first', 'rotates', 'rotates']],
    ['another alias that stays', ['a>1', 'b>1', 'b>1'], ['first', 'changed', 'changed']],
    ['one address more, then less', ['1', '1,2', '1'], ['first', 'changed', 'rotates']],
    ['windows of a pool', ['1,2', '2,3', '3,1', '1,2'], ['first', 'rotates', 'rotates', 'rotates']],
    ['another pool', ['1,2', '2,3', '8,9'], ['first', 'rotates', 'changed']],
    ['another alias', ['a>1', 'b>1'], ['first', 'changed']],
    ['the same alias with other addresses of its pool', ['a>1,2', 'a>2,3'], ['first', 'rotates']],
    ['an alias that came', ['1', 'a>1'], ['first', 'changed']],
  ])('%s', (_what, answers, expected) => {
    expect(changes(answers)).toEqual(expected);
  });

  it('names what was before, and since when answers rotate', () => {
    const before = withAnswer(answer('1'), undefined, at(1));
    expect(hostChange(answer('2'), before)).toEqual({
      kind: 'changed',
      before: { firstSeenAt: at(1), addresses: ['1'] },
    });
    const both = withAnswer(answer('2'), before, at(2));
    expect(hostChange(answer('1'), both)).toEqual({ kind: 'rotates', different: 2, since: at(1) });
  });
});

describe('hostChange during an incident', () => {
  const record = ['1', '2', '3'].reduce<HostRecord | undefined>(
    (before, text, minute) => withAnswer(answer(text), before, at(minute)),
    undefined,
  );

  it('tells a change against what was recorded before the incident, however often it changed since', () => {
    const before = { firstSeenAt: at(0), addresses: ['1'] };
    expect(hostChange(answer('3'), record, at(1))).toEqual({ kind: 'changed', before });
    expect(hostChange(answer('4'), record, at(1))).toEqual({ kind: 'changed', before });
    expect(hostChange(answer('3'), record)).toMatchObject({ kind: 'changed', before: { addresses: ['2'] } });
  });

  it('takes what was the newest before the incident for no change', () => {
    expect(hostChange(answer('3'), record, at(9))).toEqual({ kind: 'same' });
  });
});

describe('withAnswer', () => {
  it('keeps a known answer as it was, and no more answers than tell', () => {
    const record = withAnswer(answer('1'), undefined, at(1));
    expect(withAnswer(answer('1'), record, at(2))).toBe(record);
    let many: HostRecord | undefined;
    for (let minute = 0; minute < 20; minute += 1) many = withAnswer(answer(String(minute)), many, at(minute));
    expect(many?.answers.map(({ addresses }) => addresses[0])).toEqual([
      '19',
      '18',
      '17',
      '16',
      '15',
      '14',
      '13',
      '12',
    ]);
  });
});

const zone = readZoneFile(
  [
    '$ORIGIN example.org.',
    '$TTL 300',
    '@ IN SOA ns1 admin 1 2 3 4 5',
    'api IN A 10.0.0.9',
    'api IN A 10.0.0.4',
    'six IN AAAA 2001:DB8:0::1',
    'www IN CNAME lb.example.net.',
    'mail IN MX 10 mx',
  ].join('\n'),
);

describe('zonePlace and zoneDifference', () => {
  it.each<[string, string, object | undefined]>([
    ['api.example.org', '10.0.0.4,10.0.0.9', undefined],
    ['API.example.org', '10.0.0.4,10.0.0.9,2001:db8::5', undefined],
    ['api.example.org', '10.0.0.4', { live: '10.0.0.4', file: '10.0.0.4, 10.0.0.9' }],
    ['api.example.org', 'lb.example.net>10.0.0.4,10.0.0.9', { live: 'lb.example.net', file: '10.0.0.4, 10.0.0.9' }],
    ['six.example.org', '2001:db8::1', undefined],
    ['six.example.org', '2001:db8::2', { live: '2001:db8::2', file: '2001:db8::1' }],
    ['www.example.org', 'lb.example.net>1.1.1.1', undefined],
    ['www.example.org', '1.1.1.1', { live: '1.1.1.1', file: 'lb.example.net' }],
    ['www.example.org', 'other.example.net>1.1.1.1', { live: 'other.example.net', file: 'lb.example.net' }],
  ])('%s is %s', (name, live, expected) => {
    const place = zonePlace('dns/example.org.zone', zone.records, name);
    expect(place?.path).toBe('dns/example.org.zone');
    expect(zoneDifference(answer(live), place!)).toEqual(expected);
  });

  it('says nothing of what the file says nothing of', () => {
    expect(zonePlace('z', zone.records, 'mail.example.org')).toBeUndefined();
    expect(zonePlace('z', zone.records, 'api.example.com')).toBeUndefined();
    const both = zonePlace(
      'z',
      readZoneFile('api.example.org. IN A 1.1.1.1\napi.example.org. IN AAAA ::1').records,
      host,
    );
    expect(zoneDifference({ ...answer('1.1.1.1'), without: 'IPv6' }, both!)).toBeUndefined();
    expect(zoneDifference(answer('1.1.1.1'), both!)).toBeDefined();
  });
});
