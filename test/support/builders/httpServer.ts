import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as SocketServer, Socket } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { selfSignedCertificate } from '../selfSignedCertificate.ts';

/** A server on this machine that tests ask; it remembers what it was asked. */
export interface TestServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly requests: readonly Pick<IncomingMessage, 'method' | 'url' | 'headers'>[];
  close(): Promise<void>;
}

export async function serveHttp(listener: RequestListener): Promise<TestServer> {
  const requests: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    requests.push({ headers, ...(method === undefined ? {} : { method }), ...(url === undefined ? {} : { url }) });
    listener(request, response);
  });
  return listening(server, 'http', requests, () => {
    server.closeAllConnections();
  });
}

/** With a certificate that nobody vouches for. */
export async function serveTls(listener: RequestListener, days?: { from: string; to: string }): Promise<TestServer> {
  const server = createTlsServer(selfSignedCertificate(days), listener);
  return listening(server, 'https', [], () => {
    server.closeAllConnections();
  });
}

/** For what is no HTTP at all. */
export async function serveSocket(listener: (socket: Socket) => void): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    listener(socket);
  });
  return listening(server, 'http', [], () => {
    for (const socket of sockets) socket.destroy();
  });
}

/** A port of this machine where nothing listens. */
export async function freePort(): Promise<number> {
  const { port, close } = await serveSocket(() => undefined);
  await close();
  return port;
}

async function listening(
  server: Pick<SocketServer, 'listen' | 'address' | 'close'>,
  scheme: string,
  requests: TestServer['requests'],
  disconnect: () => void,
): Promise<TestServer> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        disconnect();
      }),
  };
}
