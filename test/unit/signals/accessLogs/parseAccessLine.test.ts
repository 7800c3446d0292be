import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAccessLine } from '../../../../src/signals/accessLogs/parseAccessLine.ts';

const at = Date.parse('2026-11-23T06:01:02.000Z');
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const request = (entry: object) => ({ kind: 'request', entry: { atMs: at, ...entry } });
const json = (value: object) => JSON.stringify(value);

describe('common and combined', () => {
  it.each<[string, string, object]>([
    [
      'common',
      '203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "GET /cart?id=7 HTTP/1.1" 200 512',
      request({ path: '/cart?id=7', status: 200, client: '203.0.113.7' }),
    ],
    [
      'combined, in another zone',
      `198.51.100.4 - ada [23/Nov/2026:07:01:02 +0100] "POST /checkout HTTP/2.0" 503 0 "https://shop.example.org/" "${browser}"`,
      request({ path: '/checkout', status: 503, client: '198.51.100.4', userAgent: browser }),
    ],
    [
      'IPv6, west of Greenwich',
      '2001:db8:1:2::9 - - [23/Nov/2026:01:31:02 -0430] "GET / HTTP/1.1" 304 - "-" "curl/8.5.0"',
      request({ path: '/', status: 304, client: '2001:db8:1:2::9', userAgent: 'curl/8.5.0' }),
    ],
    [
      'quotes in quotes, as Apache writes them',
      String.raw`203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "GET /search?q=\"tent\" HTTP/1.1" 200 5 "-" "a \"quoted\" agent"`,
      request({
        path: String.raw`/search?q=\"tent\"`,
        status: 200,
        client: '203.0.113.7',
        userAgent: 'a "quoted" agent',
      }),
    ],
    [
      'quotes in quotes, as nginx writes them',
      String.raw`203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "GET / HTTP/1.1" 200 5 "-" "a \x22quoted\x22 agent"`,
      request({ path: '/', status: 200, client: '203.0.113.7', userAgent: 'a "quoted" agent' }),
    ],
    [
      'no HTTP at all',
      String.raw`203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "\x16\x03\x01\x02" 400 166 "-" "-"`,
      request({ status: 400, client: '203.0.113.7' }),
    ],
    [
      'no request',
      '203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "-" 408 - "-" "-"',
      request({ status: 408, client: '203.0.113.7' }),
    ],
    [
      'more behind it, as teams add',
      '203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8.5.0" rt=0.003 "10.0.0.1:80"',
      request({ path: '/a', status: 200, client: '203.0.113.7', userAgent: 'curl/8.5.0' }),
    ],
    [
      'with the virtual host before it',
      'shop.example.org:443 203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8.5.0"',
      request({ path: '/a', status: 200, client: '203.0.113.7', userAgent: 'curl/8.5.0' }),
    ],
    [
      'a host name, and a user with a space',
      'DSL-7.isp.example.org - Ada Lovelace [23/Nov/2026:06:01:02 +0000] "GET /a HTTP/1.1" 200 5',
      request({ path: '/a', status: 200, client: 'dsl-7.isp.example.org' }),
    ],
    [
      'with the end of line of Windows',
      '203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "GET / HTTP/1.0" 200 5\r',
      request({ path: '/', status: 200, client: '203.0.113.7' }),
    ],
  ])('%s', (_, line, expected) => {
    expect(parseAccessLine(line)).toEqual(expected);
  });
});

describe('JSON', () => {
  it.each<[string, object, object]>([
    [
      'Caddy',
      {
        ...{
          level: 'info',
          ts: 1795413662.0,
          logger: 'http.log.access',
          msg: 'handled request',
          duration: 0.0009,
          size: 10,
        },
        request: {
          remote_ip: '10.0.0.1',
          client_ip: '203.0.113.7',
          proto: 'HTTP/2.0',
          method: 'GET',
          uri: '/cart?id=1',
          headers: { 'User-Agent': ['curl/8.5.0'] },
        },
        status: 200,
      },
      { path: '/cart?id=1', status: 200, client: '203.0.113.7', userAgent: 'curl/8.5.0' },
    ],
    [
      'Traefik',
      {
        ...{ ClientAddr: '203.0.113.7:50212', ClientHost: '203.0.113.7', DownstreamStatus: 502, Duration: 1200345 },
        ...{
          RequestMethod: 'GET',
          RequestPath: '/api/v1/orders',
          'request_User-Agent': 'okhttp/5.0',
          StartUTC: '2026-11-23T06:01:02.000000000Z',
        },
        ...{ level: 'info', msg: '', time: '2026-11-23T06:01:02Z' },
      },
      { path: '/api/v1/orders', status: 502, client: '203.0.113.7', userAgent: 'okhttp/5.0' },
    ],
    [
      'Envoy',
      {
        ...{ start_time: '2026-11-23T06:01:02.000Z', method: 'GET', path: '/status', response_code: 200, duration: 5 },
        ...{
          user_agent: 'Go-http-client/2.0',
          downstream_remote_address: '[2001:db8::7]:41022',
          authority: 'shop.example.org',
        },
      },
      { path: '/status', status: 200, client: '2001:db8::7', userAgent: 'Go-http-client/2.0' },
    ],
    [
      'Envoy that answered nothing',
      { start_time: '2026-11-23T06:01:02.000Z', method: 'GET', path: '/slow', response_code: 0 },
      { path: '/slow' },
    ],
    [
      'nginx, with its variables by their names',
      {
        time_local: '23/Nov/2026:06:01:02 +0000',
        remote_addr: '203.0.113.7',
        request: 'GET /a?b=1 HTTP/1.1',
        status: '404',
        http_user_agent: '-',
      },
      { path: '/a?b=1', status: 404, client: '203.0.113.7' },
    ],
    [
      'nginx, with milliseconds as a text',
      { msec: '1795413662.000', request_uri: '/a', request_method: 'GET', status: '200' },
      { path: '/a', status: 200 },
    ],
    [
      'pino-http',
      {
        level: 30,
        time: 1795413662000,
        req: { method: 'GET', url: '/a', headers: { 'user-agent': 'curl/8.5.0' }, remoteAddress: '::ffff:203.0.113.7' },
        res: { statusCode: 201 },
        responseTime: 3,
      },
      { path: '/a', status: 201, client: '::ffff:203.0.113.7', userAgent: 'curl/8.5.0' },
    ],
    [
      'Elastic Common Schema, with dots in names',
      {
        '@timestamp': '2026-11-23T06:01:02.000Z',
        'http.request.method': 'GET',
        'url.path': '/a',
        'http.response.status_code': 200,
        'client.ip': '203.0.113.7',
        'user_agent.original': 'x',
      },
      { path: '/a', status: 200, client: '203.0.113.7', userAgent: 'x' },
    ],
    [
      'Elastic Common Schema, nested',
      {
        '@timestamp': '2026-11-23T06:01:02.000Z',
        http: { request: { method: 'GET' }, response: { status_code: 200 } },
        url: { path: '/a' },
        client: { ip: '203.0.113.7' },
        user_agent: { original: 'x' },
      },
      { path: '/a', status: 200, client: '203.0.113.7', userAgent: 'x' },
    ],
    [
      'a load balancer of Google',
      {
        timestamp: '2026-11-23T06:01:02.000000Z',
        httpRequest: {
          requestMethod: 'GET',
          requestUrl: 'https://shop.example.org/a',
          status: 200,
          userAgent: 'x',
          remoteIp: '203.0.113.7',
        },
      },
      { path: 'https://shop.example.org/a', status: 200, client: '203.0.113.7', userAgent: 'x' },
    ],
    [
      'the drill’s own log',
      {
        ts: '2026-11-23T06:01:02.000Z',
        level: 'info',
        service: 'checkout',
        msg: 'request',
        correlationId: 'x',
        method: 'GET',
        route: '/cart',
        status: 200,
        durationMs: 3.1,
        userAgent: 'shopper',
      },
      { path: '/cart', status: 200, userAgent: 'shopper' },
    ],
    ['microseconds since 1970', { ts: 1795413662000000, path: '/a', status: 200 }, { path: '/a', status: 200 }],
  ])('%s', (_, fields, entry) => {
    expect(parseAccessLine(json(fields))).toEqual(request(entry));
  });

  it.each<[string, string, 'other' | 'unreadable']>([
    [
      'something else that a service says',
      json({ ts: '2026-11-23T06:01:02.000Z', level: 'info', msg: 'listening' }),
      'other',
    ],
    ['a status that is none of HTTP', json({ ts: '2026-11-23T06:01:02.000Z', path: '/a', status: 'ok' }), 'other'],
    ['a time without a zone', json({ time: '2026-11-23T06:01:02', path: '/a', status: 200 }), 'unreadable'],
    ['no time', json({ path: '/a', status: 200 }), 'unreadable'],
    ['half an object', '{"ts":"2026-11-23T06:01:02.000Z","path":"/a","sta', 'unreadable'],
    ['no JSON', '{not json at all}', 'unreadable'],
    ['nested without end', `{"a":${'['.repeat(30_000)}`, 'unreadable'],
    ['fields of the prototype', '{"__proto__":{"status":200,"path":"/a","ts":1795413662}}', 'other'],
    ['an empty line', '', 'unreadable'],
    ['a day that is none', '203.0.113.7 - - [23/Nix/2026:06:01:02 +0000] "GET / HTTP/1.0" 200 5', 'unreadable'],
    ['logfmt', 'time=2026-11-23T06:01:02Z method=GET path=/ status=200', 'unreadable'],
    ['Markdown', '[click](command:evil) - - [x] "GET / HTTP/1.0" 200 5', 'unreadable'],
    [
      'a quote that never ends',
      `203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "GET ${'\\'.repeat(50_001)}`,
      'unreadable',
    ],
    [
      'a line of 1 MB',
      `203.0.113.7 - - [23/Nov/2026:06:01:02 +0000] "GET /${'a'.repeat(1024 * 1024)} HTTP/1.1" 200 5`,
      'unreadable',
    ],
  ])('%s', (_, line, kind) => {
    expect(parseAccessLine(line)).toEqual({ kind });
  });

  it('reads any line, and never throws', () => {
    const part = fc.constantFrom(
      '"',
      '\\',
      '[',
      ']',
      ' ',
      '-',
      '{',
      '}',
      'GET /',
      '\u0000',
      '23/Nov/2026:06:01:02 +0000',
      '200',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part, { maxLength: 40 }).map((parts) => parts.join('')),
          fc.json(),
        ),
        (line) => {
          expect(['request', 'other', 'unreadable']).toContain(parseAccessLine(line).kind);
        },
      ),
    );
  });
});
