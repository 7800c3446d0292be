import { afterEach, describe, expect, it } from 'vitest';
import { readCertificate } from '../../../src/connect/tlsCertificate.ts';
import { connectTcp } from '../../../src/connect/tcpProbe.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { freePort, serveHttp, serveSocket, serveTls } from '../../support/builders/httpServer.ts';

const servers: TestServer[] = [];
const limits = (timeoutMs = 5000, signal = new AbortController().signal) => ({ timeoutMs, signal });

async function kept(server: Promise<TestServer>): Promise<TestServer> {
  servers.push(await server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe('the certificate of an address', () => {
  it('tells from when to when it is good, and nothing is asked of the server', async () => {
    let asked = 0;
    const days = { from: '20260101', to: '20261210' };
    const { url } = await kept(serveTls((_request, response) => response.end(String(asked++)), days));
    expect(await readCertificate(new URL(url), limits())).toEqual({
      ...{ kind: 'read', validFrom: '2026-01-01T00:00:00.000Z', validTo: '2026-12-10T00:00:00.000Z' },
    });
    expect(asked).toBe(0);
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['nothing listens', async () => `https://127.0.0.1:${String(await freePort())}`, /ECONNREFUSED/],
    ['no TLS', async () => (await kept(serveHttp((_q, r) => r.end()))).url.replace('http:', 'https:'), /./],
    ['silence', async () => (await kept(serveSocket(() => undefined))).url, /^no answer within 0.2 s$/],
    ['closed at once', async () => (await kept(serveSocket((socket) => socket.destroy()))).url, /./],
  ])('is not read, and why: %s', async (_what, start, reason) => {
    const sight = await readCertificate(new URL(await start()), limits(200));
    expect(sight).toMatchObject({ kind: 'unread', reason: expect.stringMatching(reason) as unknown });
  });
});

describe('a TCP connection', () => {
  it('is made and closed, and nothing is sent', async () => {
    let received = 0;
    let ended: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (ended = resolve));
    const { port } = await kept(
      serveSocket((socket) => {
        socket.on('data', ({ length }) => (received += length));
        socket.on('close', ended);
      }),
    );
    expect(await connectTcp({ host: '127.0.0.1', port }, limits())).toMatchObject({ kind: 'connected' });
    await closed;
    expect(received).toBe(0);
  });

  it.each<[string, string]>([
    ['127.0.0.1', 'connectionRefused'],
    ['nowhere.invalid', 'hostNotFound'],
  ])('to %s fails with %s', async (host, failure) => {
    expect(await connectTcp({ host, port: await freePort() }, limits())).toMatchObject({ kind: 'failed', failure });
  });
});

describe.each([
  [
    'the certificate',
    (port: number, signal: AbortSignal) => readCertificate(new URL(`https://127.0.0.1:${port}`), limits(5000, signal)),
  ],
  [
    'a connection',
    (port: number, signal: AbortSignal) => connectTcp({ host: '127.0.0.1', port }, limits(5000, signal)),
  ],
])('%s', (_what, ask) => {
  it('is not asked for when it is too late', async () => {
    let connections = 0;
    const { port } = await kept(serveSocket(() => connections++));
    await expect(ask(port, AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
    expect(connections).toBe(0);
  });
});

it('reading a certificate is cancelled at once', async () => {
  const ending = new AbortController();
  const { url } = await kept(
    serveSocket(() => {
      ending.abort();
    }),
  );
  await expect(readCertificate(new URL(url), limits(60_000, ending.signal))).rejects.toMatchObject({
    reason: 'cancelled',
  });
});
