import { describe, expect, it } from 'vitest';
import type { HostAnswer } from '../../../../src/changes/hosts/resolvesHosts.ts';
import { HttpError } from '../../../../src/connect/httpError.ts';
import { IncidentError } from '../../../../src/incident/incidentError.ts';
import { isoTimeOf } from '../../../../src/incident/isoTime.ts';
import { parseExposition } from '../../../../src/signals/metrics/exposition.ts';
import {
  impactStart,
  look,
  now,
  prometheusSource,
  scraping,
  series,
  service,
  storing,
  wellMachine,
} from './infrastructureFixture.ts';

const url = 'http://checkout.example.org/metrics';
const checkout = service('checkout', { metrics: { endpoint: { url } } });
const pool = (inUse: number, waiting: number, timeouts: number) =>
  `db_pool_size 8\ndb_pool_in_use ${String(inUse)}\ndb_pool_waiting ${String(waiting)}\ndb_pool_timeouts_total ${String(timeouts)}\n`;
const own = (earlier: string, later: string) => ({ scrapes: scraping({ [url]: [earlier, later] }) });
const failing = (error: Error) => ({ scrapes: { pair: () => Promise.reject(error), remembered: () => [] } });

describe('what a service exposes', () => {
  it.each([
    [pool(2, 0, 0), pool(2, 0, 0), 'ok: checkout database connections 2 of 8 in use'],
    [pool(8, 5, 0), pool(8, 5, 0), 'bad: checkout database connections 8 of 8 in use, 5 requests wait'],
    [
      pool(8, 0, 1),
      pool(8, 1, 4),
      'bad: checkout database connections 8 of 8 in use, 1 request waits, 3 requests timed out within 1 s',
    ],
    [
      pool(8, 0, 7),
      pool(8, 0, 7),
      'bad: checkout database connections 8 of 8 in use, 7 requests timed out since it started',
    ],
    // It restarted between the two.
    [pool(8, 0, 7), pool(1, 0, 0), 'ok: checkout database connections 1 of 8 in use'],
  ])('%o then %o', async (earlier, later, expected) => {
    expect((await look(own(earlier, later), { services: [checkout] })).lines).toEqual([expected]);
  });

  it('compares with what this window remembers from before impact', async () => {
    const older = await Promise.all(
      [-7200, -60, 60].map((seconds, index) =>
        parseExposition(pool(index + 1, 0, 0), isoTimeOf(Date.parse(impactStart) + 1000 * seconds)),
      ),
    );
    const tools = { scrapes: scraping({ [url]: [pool(7, 0, 0), pool(7, 0, 0)] }, older) };
    expect((await look(tools, { services: [checkout] })).lines).toEqual([
      'suspicious: checkout database connections 7 of 8 in use, 2 before impact',
    ]);
  });

  it('of two instances that answer in turns tells nothing of what grows between them', async () => {
    const of = (startedHoursAgo: number, timeouts: number) =>
      `${pool(8, 0, timeouts)}process_start_time_seconds ${String(Date.parse(now) / 1000 - startedHoursAgo * 3600)}\n`;
    const { lines } = await look(own(of(48, 2), of(47, 9000)), { services: [checkout] });
    expect(lines[0]).toBe('bad: checkout database connections 8 of 8 in use, 9000 requests timed out since it started');
    expect(lines).toContain(
      'unknown: checkout metrics is unknown: another instance answered than before: nothing is told of what grows between them',
    );
  });

  it('tells when it started by our clock, where its own is another', async () => {
    const text = `process_start_time_seconds ${String(Date.parse(now) / 1000 - 7200 - 60)}\n`;
    const exposed = { ...(await parseExposition(text, now)), clockAheadMs: -7_200_000 };
    const scrapes = { pair: () => Promise.resolve({ earlier: exposed, later: exposed }), remembered: () => [] };
    const { lines } = await look({ scrapes }, { services: [checkout] });
    expect(lines).toEqual(['ok: checkout process started 1 min ago, 16 min after impact began']);
  });

  it('is never ok when it could not be read whole', async () => {
    const seen = await look(own(pool(1, 0, 0), `${pool(1, 0, 0)}?? what\n`), { services: [checkout] });
    expect(seen.verdict).toBe('unknown');
    expect(seen.lines).toHaveLength(2);
    expect(seen.lines[1]).toMatch(/^unknown: checkout metrics is unknown: /);
  });

  it('is harmless, whatever labels say', async () => {
    const evil = 'x\\n[click](command:evil)\\u202e password=hunter2hunter2';
    const text = `hikaricp_connections_active{pool="${evil}"} 8\nhikaricp_connections_max{pool="${evil}"} 8\n`;
    const [line = ''] = (await look(own(text, text), { services: [checkout] })).lines;
    expect(line).not.toMatch(/hunter2|\n|\u202e/);
  });

  it.each(['notFound', 'unauthorized', 'malformed'] as const)(
    'that fails with %s is unknown where mayday.yaml names it, and nothing where it does not',
    async (failure) => {
      const tools = failing(new HttpError(failure, 'No metrics here.', { hint: 'Look elsewhere.' }));
      expect((await look(tools, { services: [checkout] })).lines).toEqual([
        'unknown: checkout metrics is unknown: No metrics here. Look elsewhere',
      ]);
      const assumed = service('checkout', { metrics: { endpoint: { url, assumed: true } } });
      const nothing = await look(tools, { services: [assumed] });
      expect(nothing.summary).toBe(
        `No metrics of CPU, memory, disk, connections and restarts are in ${url}: names of node_exporter, cAdvisor, kube-state-metrics, exporters of databases, and client libraries were looked for.`,
      );
    },
  );

  it('that nobody answers for is unknown, even where it is only assumed', async () => {
    const assumed = service('checkout', { metrics: { endpoint: { url, assumed: true } } });
    const seen = await look(failing(new HttpError('connectionRefused', 'It refused.')), { services: [assumed] });
    expect(seen.lines).toEqual(['unknown: checkout metrics is unknown: It refused']);
  });

  it('without anything recognised in it says what was looked for', async () => {
    const seen = await look(own('orders_total 3\n', 'orders_total 4\n'), { services: [checkout] });
    expect([seen.verdict, seen.observations.length]).toEqual(['unknown', 0]);
    expect(seen.summary).toContain(url);
  });
});

describe('a server that keeps metrics', () => {
  const names = [
    'up',
    'node_memory_MemAvailable_bytes',
    'node_memory_MemTotal_bytes',
    'db_pool_in_use',
    'db_pool_size',
  ];
  const both = { services: [checkout], ...prometheusSource };
  const answers = {
    'db_pool_in_use{job="checkout"}': [series({ instance: 'c1:8080' }, 8)],
    'before db_pool_in_use{job="checkout"}': [series({ instance: 'c1:8080' }, 2)],
    'db_pool_size{job="checkout"}': [series({ instance: 'c1:8080' }, 8)],
    'before db_pool_size{job="checkout"}': [series({ instance: 'c1:8080' }, 8)],
  };

  it('is asked only for what is there, at most six questions at once', async () => {
    const reader = storing(names, answers);
    let [under, most] = [0, 0];
    const counting = {
      ...reader,
      instant: async (...given: Parameters<typeof reader.instant>) => {
        most = Math.max(most, (under += 1));
        await new Promise((resolve) => setTimeout(resolve, 2));
        under -= 1;
        return reader.instant(...given);
      },
    };
    await look({ metricsFor: () => counting, ...own('', '') }, both);
    expect(reader.asked.length).toBeGreaterThan(4);
    expect(reader.asked.filter((query) => !/node_memory|db_pool|\bup\b/.test(query))).toEqual([]);
    expect(most).toBeLessThanOrEqual(6);
  });

  it.each([
    ['the service knows it worse', pool(8, 5, 0), 'bad: checkout database connections 8 of 8 in use, 5 requests wait'],
    ['both know the same', pool(8, 0, 0), 'suspicious: checkout database connections 8 of 8 in use, 2 before impact'],
    [
      'the service knows it better',
      pool(1, 0, 0),
      'suspicious: checkout database connections 8 of 8 in use, 2 before impact',
    ],
  ])('and the service itself tell a thing once: %s', async (_, text, expected) => {
    const seen = await look({ metricsFor: () => storing(names, answers), ...own(text, text) }, both);
    expect(seen.lines.filter((line) => line.includes('database'))).toEqual([expected]);
  });

  it('says what has no value any more', async () => {
    const seen = await look({ metricsFor: () => storing(names, answers) }, prometheusSource);
    expect(seen.lines).toEqual([
      'unknown: Prometheus memory is unknown: it has no value now, though it had some in the last hours',
    ]);
  });

  it('is not trusted for what it left out', async () => {
    const node = { instance: 'a:9100' };
    const reader = storing(names, {
      node_memory_MemAvailable_bytes: [series(node, 16)],
      node_memory_MemTotal_bytes: [series(node, 32)],
    });
    const warned = (warning: string) => ({
      ...reader,
      instant: async (...given: Parameters<typeof reader.instant>) => ({
        ...(await reader.instant(...given)),
        warnings: [warning],
      }),
    });
    const partial = await look({ metricsFor: () => warned('a store is away') }, prometheusSource);
    expect(partial.lines).toEqual([
      'unknown: a:9100 memory 50 % available (16 bytes of 32 bytes), but the server warns: a store is away',
    ]);
    const remark = await look({ metricsFor: () => warned('PromQL info: might not be a counter') }, prometheusSource);
    expect(remark.verdict).toBe('ok');
  });

  it.each([
    ['fails', () => Promise.reject(new HttpError('otherStatus', 'It answered 422.')), 'It answered 422'],
    ['hangs', () => new Promise<never>(() => undefined), 'Prometheus (http://prometheus.example.org) took too long'],
  ])('tells what is now where asking for before impact %s, and never as ok', async (_what, misbehave, why) => {
    const [low, well] = ['a:9100', 'b:9100'].map((instance) => ({ instance }));
    const reader = (free: number, node = low ?? {}) =>
      storing(names, {
        node_memory_MemAvailable_bytes: [series(node, free)],
        node_memory_MemTotal_bytes: [series(node, 32)],
      });
    const lookAt = (stored: ReturnType<typeof reader>) => {
      const instant: typeof stored.instant = (query, options) =>
        options.at === undefined ? stored.instant(query, options) : misbehave();
      return look({ metricsFor: () => ({ ...stored, instant }) }, prometheusSource, { limitMs: 300 });
    };
    expect((await lookAt(reader(1))).lines).toEqual([expect.stringMatching(/^bad: a:9100 memory/)]);
    expect((await lookAt(reader(16, well))).lines).toEqual([
      `unknown: b:9100 memory 50 % available (16 bytes of 32 bytes), but how it was before impact is not known: ${why}`,
    ]);
  });

  it('that fails is one thing that is unknown, and the others go on', async () => {
    const refuse = () => Promise.reject(new HttpError('connectionRefused', 'Prometheus refused the connection.'));
    const reader = storing([], {}, { names: refuse, instant: refuse });
    const seen = await look({ metricsFor: () => reader, ...own(pool(1, 0, 0), pool(1, 0, 0)) }, both);
    expect(seen.lines).toEqual([
      'ok: checkout database connections 1 of 8 in use',
      'unknown: Prometheus metrics is unknown: Prometheus refused the connection',
    ]);
    expect(seen.verdict).toBe('unknown');
  });

  it('whose queries fail is told by what is unknown then', async () => {
    const reader = storing(names, {}, { instant: () => Promise.reject(new HttpError('timeout', 'It took too long.')) });
    const seen = await look({ metricsFor: () => reader, ...own('x 1\n', 'x 1\n') }, both);
    expect(seen.lines.filter((line) => !line.startsWith('unknown: '))).toEqual([]);
    expect(seen.lines.length).toBeLessThanOrEqual(4);
  });

  it('that never answers ends with the limit; what was seen by then is told', async () => {
    const never = () => new Promise<never>(() => undefined);
    const reader = storing(names, {}, { names: never });
    const seen = await look({ metricsFor: () => reader, ...own(pool(8, 5, 0), pool(8, 5, 0)) }, both, { limitMs: 50 });
    expect(seen.verdict).toBe('bad');
    expect(seen.lines[0]).toBe('bad: checkout database connections 8 of 8 in use, 5 requests wait');
    expect(seen.lines.length).toBeLessThanOrEqual(3);
  });

  it('is left at once when that is wished', async () => {
    const controller = new AbortController();
    const reader = storing(names, {}, { names: () => new Promise<never>(() => undefined) });
    const looking = look({ metricsFor: () => reader }, prometheusSource, {}, controller.signal);
    controller.abort();
    await expect(looking).rejects.toMatchObject({ reason: 'cancelled' });
  });
});

describe('this machine', () => {
  it.each([
    ['http://127.0.0.1:8080', 3],
    ['http://localhost:8080', 3],
    ['https://checkout.example.org', 0],
  ])('is looked at where a service runs on it: %s', async (address, count) => {
    const seen = await look({}, { services: [service('checkout', { url: address })] });
    expect(seen.lines).toHaveLength(count);
  });

  const here = service('checkout', { url: 'http://127.0.0.1:8080' });

  it('is told by load, memory and the disk of each folder', async () => {
    const other = service('payments', { url: 'http://127.0.0.1:8081', folder: '/pay' });
    const seen = await look({}, { services: [here, other] });
    expect(seen.lines).toEqual([
      'ok: this machine load 0.1 per core over 5 min',
      'ok: this machine memory 50 % available (8 GB of 16 GB)',
      'ok: this machine disk of /shop 50 % free (50 GB of 100 GB)',
      'ok: this machine disk of /pay 50 % free (50 GB of 100 GB)',
    ]);
  });

  it.each([
    [{ load: 16 }, 'bad: this machine load 4 per core over 5 min'],
    [
      { memory: { availableBytes: 4, totalBytes: 100 } },
      'bad: this machine memory 4 % available (4 bytes of 100 bytes)',
    ],
    [
      { disk: { freeBytes: 14, totalBytes: 100 } },
      'suspicious: this machine disk of /shop 14 % free (14 bytes of 100 bytes)',
    ],
    [{ disk: 'ENOENT' }, 'unknown: this machine disk of /shop is unknown: ENOENT'],
    [
      { disk: { freeBytes: 0, totalBytes: 0 } },
      'unknown: this machine disk of /shop is unknown: the file system tells no size',
    ],
  ])('%o', async (reading, expected) => {
    const machine = { read: () => Promise.resolve({ ...wellMachine, ...reading }) };
    expect((await look({ machine }, { services: [here] })).lines).toContain(expected);
  });

  it('says that Windows tells no load', async () => {
    const { load: _, ...rest } = wellMachine;
    const machine = { read: () => Promise.resolve({ ...rest, system: 'Windows' }) };
    const seen = await look({ machine }, { services: [here] });
    expect(seen.lines[0]).toBe('notApplicable: this machine load is not told by Windows');
    expect(seen.verdict).toBe('ok');
  });
});

describe('host names', () => {
  const shop = service('checkout', { hosts: ['Shop.example.org', 'localhost', '10.0.0.1', '::1'] });
  const answered = { kind: 'answered', host: 'shop.example.org', addresses: ['192.0.2.1'] } as const;
  const failed = (failure: 'noSuchName' | 'serverFailed' | 'timedOut' | 'unreachable') =>
    ({ kind: 'failed', host: 'shop.example.org', failure }) as const;

  it.each<[HostAnswer, string]>([
    [answered, 'ok: checkout DNS of shop.example.org resolves to 192.0.2.1'],
    [
      { ...answered, alias: 'lb.example.net' },
      'ok: checkout DNS of shop.example.org resolves to 192.0.2.1 by lb.example.net',
    ],
    [
      { ...answered, without: 'IPv6' },
      'unknown: checkout DNS of shop.example.org resolves to 192.0.2.1 (IPv6 was not answered)',
    ],
    [failed('noSuchName'), 'bad: checkout DNS of shop.example.org does not exist (NXDOMAIN)'],
    [
      failed('serverFailed'),
      'bad: checkout DNS of shop.example.org could not be resolved: the name server failed (SERVFAIL)',
    ],
    [
      failed('unreachable'),
      'unknown: checkout DNS of shop.example.org could not be resolved: no name server could be reached',
    ],
  ])('%o', async (answer, expected) => {
    const seen = await look({ hosts: { resolve: () => Promise.resolve(answer) } }, { services: [shop] });
    expect(seen.lines).toEqual([expected]);
    expect(seen.observations[0]).toMatchObject({ topic: 'dns', id: 'checkout/dns/shop.example.org' });
  });

  it('that nobody agreed to ask are unknown', async () => {
    const error = new IncidentError('needsConfirmation', 'Nobody confirmed it.');
    const seen = await look({ hosts: { resolve: () => Promise.reject(error) } }, { services: [shop] });
    expect(seen.lines).toEqual(['unknown: checkout DNS of shop.example.org is unknown: Nobody confirmed it']);
  });
});

it('says where it would look when nothing is configured', async () => {
  const seen = await look({}, { services: [service('checkout')] });
  expect([seen.verdict, seen.summary]).toEqual([
    'unknown',
    'Nowhere to look for CPU, memory, disk, connections and restarts: mayday.yaml names no Prometheus (dataSources), and no url, metrics or hosts of a service.',
  ]);
});
