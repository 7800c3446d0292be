import { describe, expect, it } from 'vitest';
import type { HostAnswer, HostFailure } from '../../../../src/changes/hosts/resolvesHosts.ts';
import { judgeCertificate } from '../../../../src/signals/probes/judgeCertificate.ts';
import { judgeDnsProbe } from '../../../../src/signals/probes/judgeDnsProbe.ts';
import { judgeTcpProbe } from '../../../../src/signals/probes/judgeTcpProbe.ts';
import type { HealthProbe } from '../../../../src/config/signalConfiguration.ts';
import { probePlace } from '../../../../src/signals/probes/probePlace.ts';
import { worstVerdict } from '../../../../src/signals/probes/probeVerdict.ts';

describe('a certificate on 30 November', () => {
  it.each([
    ['2027-03-01', 'ok', 'certificate good until 2027-03-01'],
    ['2026-12-15', 'ok', 'certificate good until 2026-12-15'],
    ['2026-12-14', 'suspicious', 'its certificate expires in 13 days, on 2026-12-14'],
    ['2026-12-04', 'suspicious', 'its certificate expires in 3 days, on 2026-12-04'],
    ['2026-12-03', 'bad', 'its certificate expires in 2 days, on 2026-12-03'],
    ['2026-12-01', 'bad', 'its certificate expires within a day, on 2026-12-01'],
    ['2026-11-30', 'bad', 'its certificate expired on 2026-11-30'],
    ['2026-11-01', 'bad', 'its certificate expired on 2026-11-01'],
  ])('good until %s is %s', (day, verdict, text) => {
    const sight = { kind: 'read', validFrom: '2026-01-01T00:00:00.000Z', validTo: `${day}T00:00:00.000Z` } as const;
    expect(judgeCertificate(sight, '2026-11-30T01:00:00.000Z')).toMatchObject({ verdict, text });
  });

  it('not good yet', () => {
    const sight = { kind: 'read', validFrom: '2026-12-01T00:00:00.000Z', validTo: '2027-12-01T00:00:00.000Z' } as const;
    expect(judgeCertificate(sight, '2026-11-30T01:00:00.000Z')).toMatchObject({
      ...{ verdict: 'bad', text: 'its certificate is not good before 2026-12-01' },
    });
  });

  it('is not judged where it was not read, and that is said where all else is fine', () => {
    const certificate = judgeCertificate({ kind: 'unread', reason: 'no answer' }, '2026-11-30T01:00:00.000Z');
    expect(worstVerdict({ verdict: 'ok', text: 'answers 200' }, certificate)).toEqual({
      ...{ verdict: 'ok', text: 'answers 200; its certificate was not seen' },
      details: ["The certificate's end is not known: no answer"],
    });
    expect(worstVerdict({ verdict: 'bad', text: 'answers 500' }, certificate).text).toBe('answers 500');
  });

  it('makes a good answer worse, and says both', () => {
    const certificate = { verdict: 'suspicious', text: 'its certificate expires in 5 days' } as const;
    expect(worstVerdict({ verdict: 'ok', text: 'answers 200' }, certificate)).toEqual({
      ...{ verdict: 'suspicious', text: 'answers 200; its certificate expires in 5 days' },
    });
    expect(worstVerdict({ verdict: 'unknown', text: 'is unknown: 401' }, certificate).verdict).toBe('suspicious');
    expect(worstVerdict({ verdict: 'bad', text: 'answers 500' }, certificate).verdict).toBe('bad');
  });
});

describe('a name', () => {
  const host = 'api.example.org';
  const answer = (addresses: readonly string[], more: object = {}): HostAnswer => ({
    kind: 'answered',
    host,
    addresses,
    ...more,
  });
  const judged = (addresses: readonly string[] | undefined, found: HostAnswer) => {
    const { verdict, text } = judgeDnsProbe(
      { kind: 'dns', host, ...(addresses === undefined ? {} : { addresses }) },
      found,
    );
    return [verdict, text];
  };

  it.each<[readonly string[] | undefined, readonly string[], string, string]>([
    [undefined, ['192.0.2.1'], 'ok', 'resolves to 192.0.2.1'],
    [['192.0.2.2', '192.0.2.1'], ['192.0.2.1', '192.0.2.2'], 'ok', 'resolves to 192.0.2.1, 192.0.2.2'],
    [['2001:DB8:0::1'], ['2001:db8::1'], 'ok', 'resolves to 2001:db8::1'],
    [['192.0.2.1'], ['192.0.2.9'], 'bad', 'resolves to 192.0.2.9, not to 192.0.2.1'],
    [['192.0.2.1', '192.0.2.2'], ['192.0.2.1'], 'suspicious', 'resolves to 192.0.2.1, not to 192.0.2.1, 192.0.2.2'],
    [['192.0.2.1'], ['192.0.2.1', '192.0.2.9'], 'suspicious', 'resolves to 192.0.2.1, 192.0.2.9, not to 192.0.2.1'],
  ])('expected %j, found %j is %s', (wanted, found, verdict, text) => {
    expect(judged(wanted, answer(found))).toEqual([verdict, text]);
  });

  it('of which a family was not answered', () => {
    expect(judged(['192.0.2.1', '2001:db8::1'], answer(['192.0.2.1'], { without: 'IPv6' }))).toEqual([
      ...['unknown', 'is unknown: no answer for its IPv6 addresses'],
    ]);
  });

  it.each<[HostFailure, string]>([
    ['noSuchName', 'bad'],
    ['noAddress', 'bad'],
    ['serverFailed', 'suspicious'],
    ['refused', 'unknown'],
    ['timedOut', 'unknown'],
    ['unreachable', 'unknown'],
    ['unreadable', 'unknown'],
  ])('that fails with %s is %s', (failure, verdict) => {
    expect(judged(undefined, { kind: 'failed', host, failure })[0]).toBe(verdict);
  });
});

it.each([
  [{ kind: 'connected', latencyMs: 12 } as const, undefined, 'ok', 'takes connections, in 12 ms'],
  [{ kind: 'connected', latencyMs: 1200 } as const, 1000, 'suspicious', 'takes connections, in 1.2 s, slower than 1 s'],
  [
    { kind: 'failed', failure: 'connectionRefused', message: '' } as const,
    undefined,
    'bad',
    'refuses the connection: nothing listens there',
  ],
  [{ kind: 'failed', failure: 'timeout', message: '' } as const, undefined, 'bad', 'does not answer within 2 s'],
])('a port: %j within %j is %s', (sight, withinMs, verdict, text) => {
  const probe = {
    kind: 'tcp',
    host: 'db.example.org',
    port: 5432,
    ...(withinMs === undefined ? {} : { withinMs }),
  } as const;
  expect(judgeTcpProbe(probe, sight, 2000)).toMatchObject({ verdict, text });
});

it.each<[HealthProbe, string, string]>([
  [
    { kind: 'http', url: 'https://api.example.org/health/ready?token=abc' },
    '/health/ready',
    'https://api.example.org/health/ready?…',
  ],
  [
    { kind: 'http', url: 'https://other.example.org:8443/up' },
    'other.example.org:8443/up',
    'https://other.example.org:8443/up',
  ],
  [{ kind: 'http', url: '/health?token=abc' }, '/health', 'mayday.yaml'],
  [{ kind: 'tcp', host: '[::1]', port: 5432 }, '[::1]:5432', 'TCP connection to [::1]:5432'],
  [{ kind: 'dns', host: 'db.example.org' }, 'DNS db.example.org', 'DNS lookup of db.example.org'],
])('%j is called %s', (probe, name, source) => {
  expect(probePlace(probe, 'https://api.example.org')).toEqual({ name, source });
});
