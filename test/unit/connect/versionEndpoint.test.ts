import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/connect/http.ts';
import { createVersionEndpoint } from '../../../src/connect/versionEndpoint.ts';
import type { TestServer } from '../../support/builders/httpServer.ts';
import { serveHttp } from '../../support/builders/httpServer.ts';

let server: TestServer | undefined;
const secrets = { get: (name: string) => Promise.resolve(name === 'SHOP_TOKEN' ? 's3cr3t' : undefined) };
const endpoint = createVersionEndpoint(createHttp(), secrets);
const signal = new AbortController().signal;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('a version endpoint', () => {
  it('is asked with the secrets in their places', async () => {
    server = await serveHttp((_request, response) => response.end('{"commit":"3f2a9c1"}'));
    const headers = { Authorization: 'Bearer secret:SHOP_TOKEN', 'x-plain': 'no secret here' };
    const answer = await endpoint.ask({ url: `${server.url}/version`, headers }, signal);
    expect(answer.body).toBe('{"commit":"3f2a9c1"}');
    expect(server.requests[0]?.headers).toMatchObject({ authorization: 'Bearer s3cr3t', 'x-plain': 'no secret here' });
  });

  it('a secret that nobody set is said to be missing, and nothing is asked', async () => {
    server = await serveHttp((_request, response) => response.end());
    const asked = endpoint.ask({ url: server.url, headers: { a: 'secret:OTHER_TOKEN' } }, signal);
    await expect(asked).rejects.toMatchObject({
      ...{ reason: 'notFound', message: 'The secret OTHER_TOKEN is not set on this machine.' },
      hint: 'Run "Incident: Set Secret…", or set the environment variable of that name.',
    });
    expect(server.requests).toEqual([]);
  });

  it('a secret is not sent over plain http to another machine', async () => {
    const asked = endpoint.ask({ url: 'http://shop.example/', headers: { a: 'secret:SHOP_TOKEN' } }, signal);
    await expect(asked).rejects.toMatchObject({
      ...{ reason: 'refused', message: 'The secret SHOP_TOKEN is not sent to shop.example over plain http.' },
    });
  });

  it('headers are not sent along with a redirect', async () => {
    server = await serveHttp((_request, response) => response.writeHead(302, { location: '/other' }).end());
    const asked = endpoint.ask({ url: server.url, headers: { a: 'secret:SHOP_TOKEN' } }, signal);
    await expect(asked).rejects.toMatchObject({ failure: 'redirect' });
    expect(server.requests).toHaveLength(1);
  });
});
