import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/connect/http.ts';
import { isHttpError } from '../../../src/connect/httpError.ts';
import { retryAfterOf } from '../../../src/connect/httpFailures.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { freePort, serveHttp, serveSocket, serveTls } from '../../support/builders/httpServer.ts';

const servers: TestServer[] = [];
const http = createHttp({ timeoutMs: 5_000, maxBytes: 10_000 });

async function kept(server: Promise<TestServer>): Promise<TestServer> {
  servers.push(await server);
  return server;
}

const answering = (status: number, headers: Record<string, string> = {}, body: string | Buffer = '') =>
  kept(serveHttp((_request, response) => response.writeHead(status, headers).end(body)));

async function failureOf(url: string, request: object = {}, ask = http.request) {
  const error: unknown = await ask({ url, ...request }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isHttpError(error)) throw new Error(`no HttpError: ${String(error)}`);
  return error;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe('an answer', () => {
  it('comes with status, lower-case headers and text; what was asked for is sent, and nothing of this machine', async () => {
    const server = await answering(200, { 'X-Version': '1.9.0' }, 'grün');
    const answer = await http.request({ url: `${server.url}/v?a=b`, headers: { 'x-a': 'b' } });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-version': '1.9.0' }, body: 'grün' });
    expect(server.requests[0]).toMatchObject({
      method: 'GET',
      url: '/v?a=b',
      headers: { 'x-a': 'b', 'user-agent': 'Mayday' },
    });
  });

  it('is unpacked, and JSON is parsed', async () => {
    const server = await answering(200, { 'content-encoding': 'gzip' }, gzipSync('{"commit":"3f2a9c1"}'));
    expect((await http.json({ url: server.url })).value).toEqual({ commit: '3f2a9c1' });
    expect(server.requests[0]?.headers.accept).toBe('application/json');
  });

  it('a body is sent as it is', async () => {
    let received = '';
    const server = await kept(
      serveHttp((request, response) => {
        request.on('data', (chunk: Buffer) => (received += chunk.toString()));
        request.on('end', () => response.writeHead(201).end());
      }),
    );
    const body = '{"a": 1}';
    const answer = await http.request({
      url: server.url,
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, received]).toEqual([201, body]);
  });

  it('a proxy of the environment is not asked', async () => {
    const server = await answering(200, {}, 'direct');
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = `http://127.0.0.1:${await freePort()}`;
    try {
      expect((await http.request({ url: server.url })).body).toBe('direct');
    } finally {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    }
  });
});

describe('a status that is no answer', () => {
  it.each([
    [401, 'unauthorized', 'asks who is there (401).'],
    [403, 'forbidden', 'refused (403).'],
    [404, 'notFound', 'has nothing under that address (404).'],
    [429, 'rateLimited', 'was asked too often (429).'],
    [500, 'serverError', 'failed by itself (500).'],
    [503, 'serverError', 'failed by itself (503).'],
    [418, 'otherStatus', 'answered with status 418.'],
    [304, 'otherStatus', 'answered with status 304.'],
  ])('%i is %s', async (status, failure, text) => {
    const { url } = await answering(status);
    const error = await failureOf(`${url}/v?token=abc`);
    expect(error).toMatchObject({ reason: 'outside', failure, status, message: `${url}/v?… ${text}` });
  });

  it('429 tells when to ask again', async () => {
    const { url } = await answering(429, { 'retry-after': '90' });
    const error = await failureOf(url);
    expect(error.retryAfterMs).toBe(90_000);
    expect(error.message).toContain('may be asked again in 1 min');
  });

  it.each([
    ['5', 5_000],
    [' 7 ', 7_000],
    ['Mon, 23 Nov 2026 06:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 05:00:00 GMT', 0],
    ['99999999', 86_400_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('Retry-After %j is %j ms', (value, ms) => {
    expect(retryAfterOf(value, Date.parse('2026-11-23T06:00:00Z'))).toBe(ms);
  });
});

describe('no answer', () => {
  it('nothing listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    expect(await failureOf(url)).toMatchObject({
      failure: 'connectionRefused',
      message: `${url} refused the connection: nothing listens there.`,
    });
  });

  it('no error holds what was sent to prove who asks, however deep one looks', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const { url: silent } = await kept(serveSocket(() => undefined));
    const credentials = { authorization: 'Bearer s3cr3t-t0k3n' };
    for (const error of [
      await failureOf(url, { credentials }),
      await failureOf(silent, { credentials, timeoutMs: 100 }),
    ]) {
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('s3cr3t');
    }
  });

  it('a host that is not known', async () => {
    expect(await failureOf('http://nowhere.invalid/')).toMatchObject({
      failure: 'hostNotFound',
      message: 'The host name of http://nowhere.invalid/ was not found (DNS).',
    });
  });

  it.each([
    ['self-signed', undefined],
    ['expired', { from: '20200101', to: '20200102' }],
  ])('a certificate that is %s: nothing was asked', async (_what, days) => {
    let asked = 0;
    const { url } = await kept(serveTls((_request, response) => response.end(String(asked++)), days));
    const error = await failureOf(`${url.replace('127.0.0.1', 'localhost')}/`);
    expect(error.failure).toBe('tls');
    expect(error.message).toMatch(
      /^The encrypted connection \(TLS\) to https:\/\/localhost:\d+\/ was not accepted \(\w+\)\.$/,
    );
    expect(asked).toBe(0);
  });

  it('https where http is spoken', async () => {
    const { port } = await answering(200);
    expect(await failureOf(`https://127.0.0.1:${port}/`)).toMatchObject({ failure: 'tls' });
  });

  it('what is no HTTP', async () => {
    const { url } = await kept(serveSocket((socket) => socket.end('220 mail.example ESMTP\r\n')));
    expect(await failureOf(url)).toMatchObject({ failure: 'noHttp' });
  });

  it('a connection that is closed at once', async () => {
    const { url } = await kept(serveSocket((socket) => socket.once('data', () => socket.destroy())));
    expect(await failureOf(url)).toMatchObject({ failure: 'connectionLost' });
  });

  it('a connection that was kept, and whose server is gone: it is asked anew, and is gone', async () => {
    const server = await answering(200, {}, 'here');
    expect((await http.request({ url: server.url })).body).toBe('here');
    servers.pop();
    await server.close();
    expect(await failureOf(server.url)).toMatchObject({ failure: 'connectionRefused' });
  });

  it('a server that says nothing', async () => {
    const { url } = await kept(serveSocket(() => undefined));
    expect(await failureOf(url, { timeoutMs: 200 })).toMatchObject({
      failure: 'timeout',
      message: `${url}/ did not answer within 0.2 s.`,
    });
  });

  it('a server that sends a byte now and then, for ever', async () => {
    const timers: NodeJS.Timeout[] = [];
    const { url } = await kept(
      serveHttp((_request, response) => {
        response.writeHead(200);
        timers.push(setInterval(() => response.write('x'), 20));
      }),
    );
    expect(await failureOf(url, { timeoutMs: 300 })).toMatchObject({ failure: 'timeout' });
    timers.forEach(clearInterval);
  });

  it('cancelled before and while it runs', async () => {
    const { url } = await kept(serveSocket(() => undefined));
    await expect(http.request({ url, signal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'cancelled' });
    await expect(http.request({ url, signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
      reason: 'cancelled',
    });
  });
});

describe('an answer that is not taken', () => {
  it.each([
    ['as it is', {}, 'x'.repeat(20_000)],
    ['unpacked', { 'content-encoding': 'gzip' }, gzipSync('x'.repeat(50_000_000))],
  ])('larger than allowed, %s', async (_how, headers, body) => {
    const { url } = await answering(200, headers, body);
    expect(await failureOf(url)).toMatchObject({
      failure: 'tooLarge',
      message: `The answer of ${url}/ is larger than 10000 bytes, and is not read.`,
    });
  });

  it.each([
    ['', 'an empty answer'],
    ['<!doctype html><title>Log in</title>', 'a page of HTML'],
    ['{"a":', 'no JSON'],
  ])('%j is no JSON', async (body, what) => {
    const { url } = await answering(200, {}, body);
    expect(await failureOf(url, {}, http.json)).toMatchObject({
      failure: 'malformed',
      message: `${url}/ gave ${what} where JSON was expected.`,
    });
  });

  it.each(['ftp://127.0.0.1/', 'file:///etc/passwd', 'data:text/plain,x', 'https://me:secret@127.0.0.1/'])(
    '%s is not asked, and not shown',
    async (url) => {
      const error = await failureOf(url);
      expect(error.failure).toBe('badAddress');
      expect(error.message).not.toContain('secret');
    },
  );
});

describe('a redirect', () => {
  it('is followed within its origin', async () => {
    const server = await kept(
      serveHttp((request, response) => {
        if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
        else response.end('b');
      }),
    );
    expect((await http.request({ url: `${server.url}/a` })).body).toBe('b');
  });

  it('elsewhere is refused, and that place hears nothing', async () => {
    const elsewhere = await answering(200, {}, 'elsewhere');
    const { url } = await answering(301, { location: `${elsewhere.url}/x?y=z` });
    expect(await failureOf(url)).toMatchObject({
      failure: 'redirect',
      message: `${url}/ redirects to ${elsewhere.url}/x?…, which nobody confirmed.`,
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it.each(['file:///etc/passwd', 'http://me:secret@127.0.0.1/', 'http://'])('to %s is refused', async (location) => {
    const { url } = await answering(302, { location });
    expect((await failureOf(url)).failure).toBe('redirect');
  });

  it('is not followed with credentials, not even within its origin', async () => {
    const server = await answering(302, { location: '/b' });
    expect((await failureOf(server.url, { credentials: { authorization: 'Bearer x' } })).failure).toBe('redirect');
    expect(server.requests).toHaveLength(1);
  });

  it('in a circle ends', async () => {
    const server = await answering(302, { location: '/again' });
    expect((await failureOf(server.url)).failure).toBe('redirect');
    expect(server.requests).toHaveLength(4);
  });
});
