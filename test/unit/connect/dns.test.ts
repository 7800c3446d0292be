import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDns } from '../../../src/connect/dns.ts';
import type { DnsReply, DnsServer } from '../../support/builders/dnsServer.ts';
import { startDnsServer } from '../../support/builders/dnsServer.ts';

const host = 'api.example.org';
let server: DnsServer;

beforeEach(async () => {
  server = await startDnsServer();
});

afterEach(async () => {
  await server.close();
});

const resolve = (name = host, signal?: AbortSignal, timeoutMs = 400) =>
  createDns({ servers: [server.address], timeoutMs }).resolve(name, signal);

describe('resolve', () => {
  it.each<[string, DnsReply, object]>([
    ['an address', [{ type: 'A', data: '10.0.0.4' }], { kind: 'answered', host, addresses: ['10.0.0.4'] }],
    [
      'several addresses of both families, in one order and one spelling',
      [
        { type: 'A', data: '10.0.0.9' },
        { type: 'A', data: '10.0.0.4' },
        { type: 'AAAA', data: '2001:db8::1' },
      ],
      { kind: 'answered', host, addresses: ['10.0.0.4', '10.0.0.9', '2001:db8::1'] },
    ],
    [
      'an alias',
      [
        { type: 'CNAME', data: 'LB.example.net' },
        { type: 'A', data: '10.0.0.4', name: 'LB.example.net' },
      ],
      { kind: 'answered', host, addresses: ['10.0.0.4'], alias: 'lb.example.net' },
    ],
    ['a name without an address', [], { kind: 'failed', host, failure: 'noAddress' }],
    ['no such name', { code: 3 }, { kind: 'failed', host, failure: 'noSuchName' }],
    ['a server that failed', { code: 2 }, { kind: 'failed', host, failure: 'serverFailed' }],
    ['a server that refused', { code: 5 }, { kind: 'failed', host, failure: 'refused' }],
    ['silence', 'silence', { kind: 'failed', host, failure: 'timedOut' }],
    ['noise', { bytes: Buffer.from('no answer') }, { kind: 'failed', host, failure: 'unreadable' }],
  ])('tells %s', async (_what, reply, expected) => {
    server.answers = { [host]: reply };
    expect(await resolve()).toEqual(expected);
  });

  it('asks for addresses of both families and for an alias, and for nothing else', async () => {
    server.answers = { [host]: [{ type: 'A', data: '10.0.0.4' }] };
    await resolve();
    expect([...new Set(server.questions)].sort()).toEqual([`A ${host}`, `AAAA ${host}`, `CNAME ${host}`]);
  });

  it('says that no server could be reached', async () => {
    const { address } = server;
    const gone = await startDnsServer();
    await gone.close();
    const dns = createDns({ servers: [gone.address], timeoutMs: 2000 });
    expect(await dns.resolve(host)).toMatchObject({
      kind: 'failed',
      failure: expect.stringMatching(/unreachable|timedOut/) as unknown,
    });
    expect(address).not.toBe(gone.address);
  });

  it('asks for a name of other letters in its ASCII form', async () => {
    server.answers = { 'xn--bcher-kva.example': [{ type: 'A', data: '10.0.0.4' }] };
    expect(await resolve('bücher.example')).toMatchObject({ host: 'bücher.example', addresses: ['10.0.0.4'] });
  });

  it('takes nothing but host names', async () => {
    for (const name of ['', 'a b', 'http://x', '-x.org', 'a..b', 'x'.repeat(300), 'a\nb']) {
      await expect(resolve(name)).rejects.toMatchObject({ reason: 'invalidArgument' });
    }
    expect(server.questions).toEqual([]);
  });

  it('is cancelled, before and while it asks', async () => {
    await expect(resolve(host, AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
    expect(server.questions).toEqual([]);
    server.answers = { [host]: 'silence' };
    await expect(resolve(host, AbortSignal.timeout(50), 20_000)).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
