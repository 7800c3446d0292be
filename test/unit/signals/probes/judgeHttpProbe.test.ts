import { describe, expect, it } from 'vitest';
import type { HttpExpectation } from '../../../../src/config/signalConfiguration.ts';
import { judgeHttpProbe } from '../../../../src/signals/probes/judgeHttpProbe.ts';
import type { HttpProbe, HttpSight, ProbeFailure } from '../../../../src/signals/probes/probeSight.ts';

const url = 'https://api.example.org/health/ready';
const probe = (more: Partial<HttpProbe> = {}): HttpProbe => ({ kind: 'http', url, ...more });
const answered = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): HttpSight => ({
  ...{ kind: 'answered', status, body, headers },
  latencyMs: 42.4,
});
const judged = (one: HttpProbe, sight: HttpSight) => {
  const { verdict, text } = judgeHttpProbe(one, sight, 5000);
  return [verdict, text];
};
const html = { 'content-type': 'text/html; charset=utf-8' };

describe('the status of an answer', () => {
  it.each<[number, HttpExpectation | undefined, string, string]>([
    [200, undefined, 'ok', 'answers 200 in 42 ms'],
    [204, undefined, 'ok', 'answers 204 in 42 ms'],
    [401, { status: 401 }, 'ok', 'answers 401 in 42 ms'],
    [200, { status: 204 }, 'bad', 'answers 200, not 204'],
    [304, undefined, 'bad', 'answers 304'],
    [404, undefined, 'bad', 'answers 404'],
    [500, undefined, 'bad', 'answers 500'],
    [503, { status: 200 }, 'bad', 'answers 503, not 200'],
    [
      401,
      undefined,
      'unknown',
      'is unknown: it asks who is there (401); give the headers it needs in mayday.yaml, secrets by name only',
    ],
    [
      403,
      undefined,
      'unknown',
      'is unknown: it refuses to tell (403); give the headers it needs in mayday.yaml, secrets by name only',
    ],
    [429, undefined, 'unknown', 'is unknown: it was asked too often (429)'],
  ])('%i where %j is expected is %s', (status, expect_, verdict, text) => {
    const expected = expect_ === undefined ? {} : { expect: expect_ };
    expect(judged(probe(expected), answered(status))).toEqual([verdict, text]);
  });

  it('429 says when to ask again', () => {
    expect(judged(probe(), answered(429, '', { 'retry-after': '30' }))[1]).toBe(
      'is unknown: it was asked too often (429), and may be asked again in 30 s',
    );
  });
});

describe('a path that nobody configured', () => {
  it.each<[string, HttpSight, string, string]>([
    ['is not there', answered(404), 'notApplicable', 'is not there: the service has no /health/ready'],
    ['is gone', answered(410), 'notApplicable', 'is not there: the service has no /health/ready'],
    [
      'is a page',
      answered(200, '<!DOCTYPE html><p>shop', html),
      'notApplicable',
      'is a page of HTML, no health endpoint',
    ],
    ['fails', answered(503), 'bad', 'answers 503'],
    ['is fine', answered(200, 'ok'), 'ok', 'answers 200 in 42 ms'],
  ])('%s', (_what, sight, verdict, text) => {
    expect(judged(probe({ assumed: true }), sight)).toEqual([verdict, text]);
  });
});

describe('what a failing endpoint says for itself is told shortly', () => {
  it.each<[string, unknown, string]>([
    [
      'the drill',
      { status: 'down', checks: { database: { status: 'down', error: 'timeout after 1000 ms' } } },
      'database down (timeout after 1000 ms)',
    ],
    [
      'Spring Boot Actuator',
      {
        status: 'DOWN',
        components: { db: { status: 'DOWN', details: { error: 'no connection' } }, disk: { status: 'UP' } },
      },
      'db down (no connection)',
    ],
    [
      'Spring Boot, inside another',
      {
        status: 'DOWN',
        components: { db: { status: 'DOWN', components: { orders: { status: 'DOWN' }, users: { status: 'UP' } } } },
      },
      'db orders down',
    ],
    [
      'IETF health+json',
      {
        status: 'fail',
        checks: { 'cassandra:responseTime': [{ status: 'pass' }, { status: 'fail', output: 'no node' }] },
      },
      'cassandra:responseTime fail (no node)',
    ],
    [
      'MicroProfile',
      {
        status: 'DOWN',
        checks: [
          { name: 'queue', status: 'DOWN', data: { reason: 'full' } },
          { name: 'a', status: 'UP' },
        ],
      },
      'queue down (full)',
    ],
    [
      'ASP.NET',
      {
        status: 'Unhealthy',
        entries: { sql: { status: 'Unhealthy', description: 'login failed' }, cache: { status: 'Degraded' } },
      },
      'sql unhealthy (login failed), cache degraded',
    ],
    [
      'NestJS Terminus',
      {
        status: 'error',
        info: {},
        error: { redis: { status: 'down', message: 'refused' } },
        details: { redis: { status: 'down', message: 'refused' } },
      },
      'redis down (refused)',
    ],
    ['plain words', { checks: { database: 'down', cache: 'up' } }, 'database down'],
    ['truth values', { checks: { database: false, cache: true } }, 'database failing'],
    ['many', { checks: { a: 'down', b: 'down', c: 'down', d: 'down', e: 'down' } }, 'a down, b down, c down, 2 more'],
    ['a problem', { title: 'No', detail: 'The pool is empty' }, 'The pool is empty'],
    ['an error', { error: 'out of memory' }, 'out of memory'],
    ['an error with a code', { error: { code: 'timeout', message: 'too late' } }, 'too late'],
    ['text', 'pool exhausted\nat line 3', 'pool exhausted'],
  ])('%s', (_what, body, text) => {
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    expect(judged(probe(), answered(503, sent))).toEqual(['bad', `answers 503: ${text}`]);
  });

  it.each(['', '<html>gateway</html>', '{"status":"down"}', '[1,2]', '{"checks":', '{"a":1}'])(
    'nothing of %j',
    (body) => {
      expect(judged(probe(), answered(503, body))).toEqual(['bad', 'answers 503']);
    },
  );

  it('without credentials, and on one line', () => {
    const error = 'postgres://shop:hunter2hunter2@db.example.org/shop\nrefused';
    const [, text = ''] = judged(
      probe(),
      answered(503, JSON.stringify({ checks: { database: { status: 'down', error } } })),
    );
    expect(text).toContain('database down');
    expect(text).not.toMatch(/hunter2|\n/);
  });

  it('a body of many nested parts costs little', () => {
    const sent = `${'{"checks":{"a":'.repeat(5000)}1${'}}'.repeat(5000)}`;
    expect(judged(probe(), answered(503, sent))).toEqual(['bad', 'answers 503']);
  });
});

describe('a good status with a body that says otherwise', () => {
  it.each<[unknown, HttpExpectation | undefined, string, string]>([
    [{ status: 'up' }, undefined, 'ok', 'answers 200 in 42 ms'],
    [{ status: 'UP', components: { db: { status: 'UP' } } }, undefined, 'ok', 'answers 200 in 42 ms'],
    [{ status: 'up', details: { debug: false, mode: 'offline' } }, undefined, 'ok', 'answers 200 in 42 ms'],
    [{ status: 'something' }, undefined, 'ok', 'answers 200 in 42 ms'],
    [{ status: 'down' }, undefined, 'bad', 'answers 200, but says that it fails'],
    [{ status: 'warn' }, undefined, 'suspicious', 'answers 200, but says that something is not right'],
    [
      { status: 'up', checks: { cache: { status: 'degraded' } } },
      undefined,
      'suspicious',
      'answers 200, but cache degraded',
    ],
    [{ status: 'down', checks: { db: 'down' } }, { status: 200 }, 'suspicious', 'answers 200, but db down'],
  ])('%j, expected %j, is %s', (body, wanted, verdict, text) => {
    const expected = wanted === undefined ? {} : { expect: wanted };
    expect(judged(probe(expected), answered(200, JSON.stringify(body)))).toEqual([verdict, text]);
  });
});

describe('what a good status with trouble in its body may look like', () => {
  it.each<[unknown, string, string]>([
    [{ database: 'down' }, 'suspicious', 'database down'],
    [{ status: 'ok', database: 'down' }, 'suspicious', 'database down'],
    [{ status: 'ok', database: { status: 'down', error: 'refused' } }, 'suspicious', 'database down (refused)'],
    [{ status: 'ok', billing: 'unreachable' }, 'suspicious', 'billing unreachable'],
    [{ status: 'ok', 'user-service': { healthy: false } }, 'suspicious', 'user-service failing'],
    [{ healthy: true, database: false }, 'suspicious', 'database failing'],
    [{ status: 'ok', dbConnected: false }, 'suspicious', 'dbConnected failing'],
    [{ database: true, cache: false }, 'suspicious', 'cache failing'],
    [{ status: 'success', healthy: false }, 'bad', 'says that it fails'],
    [{ isHealthy: false }, 'bad', 'says that it fails'],
    [{ success: false }, 'bad', 'says that it fails'],
    [{ result: 'failed' }, 'bad', 'says that it fails'],
    [{ ready: false }, 'bad', 'says that it fails'],
    [{ status: 'ok', details: { database: 'down', debug: false } }, 'suspicious', 'database down'],
    ['database: down', 'suspicious', 'database down'],
    ['status: ok\ndatabase = down\r\ncache: up', 'suspicious', 'database down'],
    ['status: down', 'bad', 'says that it fails'],
    ['Degraded', 'suspicious', 'says that something is not right'],
    ['Unhealthy\n', 'bad', 'says that it fails'],
    ['"DOWN"', 'bad', 'says that it fails'],
    ['not ready', 'bad', 'says that it fails'],
    [[{ name: 'db', status: 'down' }], 'suspicious', 'db down'],
    [
      [
        { service: 'a', ok: true },
        { service: 'b', ok: false },
      ],
      'suspicious',
      'b failing',
    ],
    [{ data: { status: 'down' } }, 'bad', 'says that it fails'],
    [{ status: 'success', data: { status: 'ok', redis: 'down' } }, 'suspicious', 'redis down'],
    [{ status: { database: 'down', api: 'up' } }, 'suspicious', 'database down'],
    [{ data: { checks: { queue: { status: 'fail' } } } }, 'suspicious', 'queue fail'],
    [{ status: 500 }, 'bad', 'says that it fails'],
    [{ statusCode: 503, message: 'no' }, 'bad', 'says that it fails'],
    [{ cluster_name: 'shop', status: 'red' }, 'bad', 'says that it fails'],
  ])('%j is %s', (body, verdict, what) => {
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    expect(judged(probe(), answered(200, sent))).toEqual([verdict, `answers 200, but ${what}`]);
  });

  it.each<{ readonly body: unknown }>(
    [
      { status: 'ok', debug: false, maintenance: false, readOnly: false, verbose: false },
      { status: 'ok', version: '1.2.3', commit: 'dead', uptime: 12.5, env: 'offline' },
      { status: 'ok', features: { newCheckout: false, search: { enabled: false } }, flags: ['a', 'b'] },
      { status: 'ok', features: 'unavailable', logLevel: 'error', log_level: 'warning', mode: 'offline' },
      { status: 'ok', cache: false },
      { status: 'ok', databaseReadOnly: false, dbMigrationsPending: false },
      { healthy: true, error: false, errors: false, degraded: false, maintenanceMode: 'down' },
      { healthy: true, error: null, message: 'down' },
      { status: 'UP', tier: 'critical', severity: 'minor', release: 'minor', team: 'red' },
      { status: 'ok', lastBackup: { status: 'failed' }, previousDeploy: 'failed' },
      { status: 200, message: 'down for nobody' },
      { status: 0 },
      { status: 'ok', auth: false, email: false, authenticated: false },
      { initialized: true, sealed: false, standby: true, performance_standby: false },
      { status: 'green', cluster_name: 'shop', timed_out: false, number_of_nodes: 3 },
      { version: { number: '8.1', build_snapshot: false }, tagline: 'You Know, for Search' },
      { status: 'ok', connections: { failed: 0, active: 3 }, error: 0, errors: [] },
      { success: true, data: null },
      'status: ok\nerror: none',
      { status: 404.5 },
      { code: 404 },
      { debug: false },
      { database: 'postgres', cache: 'redis', region: 'eu-west-1' },
      { database: false },
      { up: '2 h', ready: 3 },
      { status: 'ok', database: { status: 'up', pool: { waiting: 0, idle: 4, exhausted: false } } },
      { data: { items: [{ id: 1, status: 'failed' }] } },
      { status: 'success', data: { orders: [{ name: 'a', status: 'failed' }] } },
      { status: { indicator: 'none', description: 'All Systems Operational' } },
      [{ id: 7, status: 'failed' }],
      [
        { name: 'order 7', status: 'failed' },
        { name: 'order 8', status: 'shipped' },
      ],
      [],
      [1, 2],
      {},
      'Healthy',
      'status: ok\nversion: dead\nmode: offline\ndebug: false',
      'Note: the database was moved.\nIt is down the hall',
      'https://example.org/down',
      'OK',
      'pong',
      'true',
      'false',
      'Hello, the minor things are down the hall',
      '1.0.0',
      '[',
      '{"status":',
    ].map((body) => ({ body })),
  )('$body is fine', ({ body }) => {
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    expect(judged(probe(), answered(200, sent))).toEqual(['ok', 'answers 200 in 42 ms']);
  });

  it.each([`${' '.repeat(2000)}x${' '.repeat(2900)}y`, `x${' '.repeat(4900)}y`, 'a:'.repeat(2400), 'a '.repeat(2400)])(
    'text of one long line costs little',
    (sent) => {
      const start = performance.now();
      judged(probe(), answered(200, sent));
      expect(performance.now() - start).toBeLessThan(500);
    },
  );

  it('a body of very many keys costs little', () => {
    const sent = JSON.stringify(
      Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`db${String(n)}`, false])),
    );
    const start = performance.now();
    judged(probe(), answered(200, sent));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('conditions on the body', () => {
  const body = '{"checks":{"db":{"status":"up"}},"list":[{"n":1}],"a.b":true,"version":"3"}';
  it.each<[HttpExpectation, string, string]>([
    [
      { json: { 'checks.db.status': 'up', 'list[0].n': 1, 'list.0.n': 1, '$.version': 3, 'a.b': true } },
      'ok',
      'answers 200 in 42 ms',
    ],
    [{ json: { 'checks.db.status': 'down' } }, 'bad', 'answers 200, but has checks.db.status "up", not "down"'],
    [{ json: { 'checks.db': 'up' } }, 'bad', 'answers 200, but has checks.db an object, not "up"'],
    [{ json: { constructor: 'x' } }, 'bad', 'answers 200, but has constructor missing, not "x"'],
    [{ text: '"version"' }, 'ok', 'answers 200 in 42 ms'],
    [{ text: 'ready' }, 'bad', 'answers 200, but does not contain "ready"'],
    [
      { text: 'ready', json: { version: 4 } },
      'bad',
      'answers 200, but has version "3", not "4" and does not contain "ready"',
    ],
  ])('%j is %s', (expect_, verdict, text) => {
    expect(judged(probe({ expect: expect_ }), answered(200, body))).toEqual([verdict, text]);
  });

  it.each([
    ['', 'nothing'],
    ['<html>', 'a page of HTML'],
    ['up', 'something else'],
    ['{"a":', 'something else'],
  ])('%j where JSON is expected', (sent, what) => {
    expect(judged(probe({ expect: { json: { a: 1 } } }), answered(200, sent))).toEqual([
      ...['bad', `answers 200, but with ${what} where JSON is expected`],
    ]);
  });
});

it.each([
  [42, 'ok', 'answers 200 in 42 ms'],
  [43, 'ok', 'answers 200 in 42 ms'],
  [20, 'suspicious', 'answers 200 in 42 ms, slower than 20 ms'],
])('within %i ms is %s', (withinMs, verdict, text) => {
  expect(judged(probe({ withinMs }), { kind: 'answered', status: 200, body: '', headers: {}, latencyMs: 42 })).toEqual([
    verdict,
    text,
  ]);
});

describe('no answer', () => {
  const failed = (failure: ProbeFailure, message = 'It failed.'): HttpSight => ({
    kind: 'failed',
    failure,
    message,
    hint: 'Look.',
  });
  it.each<[ProbeFailure, string, string]>([
    ['connectionRefused', 'bad', 'refuses the connection: nothing listens there'],
    ['connectionLost', 'bad', 'closes the connection before it has answered'],
    ['timeout', 'bad', 'does not answer within 5 s'],
    ['noHttp', 'bad', 'answers with something that is not HTTP'],
    ['tls', 'bad', 'has an encrypted connection (TLS) that is not accepted'],
    ['hostNotFound', 'unknown', 'is unknown: It failed. Look'],
    ['unreachable', 'unknown', 'is unknown: It failed. Look'],
    ['redirect', 'unknown', 'is unknown: It failed. Look'],
    ['tooLarge', 'unknown', 'is unknown: It failed. Look'],
    ['unexpected', 'unknown', 'is unknown: It failed. Look'],
  ])('%s is %s', (failure, verdict, text) => {
    expect(judged(probe(), failed(failure))).toEqual([verdict, text]);
  });

  it.each([
    ['CERT_HAS_EXPIRED', 'bad'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'bad'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unknown'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unknown'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unknown'],
  ])('a certificate refused with %s is %s', (code, verdict) => {
    const [found, text] = judged(probe(), failed('tls', `The connection to x was not accepted (${code}).`));
    expect(found).toBe(verdict);
    expect(text).toContain(code);
  });
});
