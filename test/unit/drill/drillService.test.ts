import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRunningRevision } from '../../../src/changes/deployed/readRunningRevision.ts';
import { createConfirmedAddresses } from '../../../src/config/confirmedAddresses.ts';
import { parseConfiguration } from '../../../src/config/parseConfiguration.ts';
import { createDeployedSources } from '../../../src/connect/deployedSources.ts';
import { drillProcesses } from '../../../src/connect/runDrillService.ts';
import type { Drill } from '../../../src/drill/createDrill.ts';
import { readRunningDrill, type RunningDrill } from '../../../src/drill/runningDrill.ts';
import { startDrillService } from '../../../src/drill/startDrillService.ts';
import { noSecrets } from '../../support/builders/context.ts';
import { createTestDrill, git, statusOf, temporaryFolder, until } from './drillFixture.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let drill: Drill;
let running: RunningDrill | undefined;

beforeEach(async () => {
  folder = await temporaryFolder();
  drill = await createTestDrill(folder.path);
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await folder.remove();
});

async function start(): Promise<RunningDrill> {
  running = await startDrillService(drill.directory, drillProcesses);
  return running;
}

async function checkout(url: string): Promise<number> {
  const cart = await fetch(`${url}/cart`, { method: 'POST', body: '{"sku":"tent-2p"}' });
  const { id } = (await cart.json()) as { id: string };
  const body = JSON.stringify({ cartId: id, card: 'valid', email: 'sam@mail.example' });
  return (await fetch(`${url}/checkout`, { method: 'POST', body })).status;
}

const logLines = async (): Promise<Record<string, unknown>[]> =>
  (await readFile(join(drill.directory, 'logs', 'checkout.log'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the drill’s service', { timeout: 60_000 }, () => {
  it('is healthy before the bad commit, and stays so', async () => {
    git(drill.directory, 'checkout', '--quiet', `${drill.badCommit}^`);
    const { url } = await start();
    const seen = new Set<number>();
    for (let probe = 0; probe < 30; probe += 1) {
      seen.add(await statusOf(`${url}/health/ready`));
      seen.add(await checkout(url));
      await wait(100);
    }
    expect([...seen].sort()).toEqual([200, 201]);
    expect((await logLines()).filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('fails after the bad commit, and a revert heals it while it runs', async () => {
    git(drill.directory, 'checkout', '--quiet', drill.badCommit);
    const { url } = await start();
    await until('not ready', async () => (await statusOf(`${url}/health/ready`)) === 503);
    expect(await statusOf(`${url}/health/live`)).toBe(200);
    expect(await statusOf(`${url}/products`)).toBe(200);
    expect(await checkout(url)).toBe(503);

    git(drill.directory, 'checkout', '--quiet', 'main');
    await until('not ready on main either', async () => (await statusOf(`${url}/health/ready`)) === 503);
    git(drill.directory, 'revert', '--no-edit', drill.badCommit);
    await until(
      'orders again',
      async () => (await statusOf(`${url}/health/ready`)) === 200 && (await checkout(url)) === 201,
    );
    await wait(2_000);
    expect(await statusOf(`${url}/health/ready`)).toBe(200);
    expect(await checkout(url)).toBe(201);
  });

  it('tells which commit runs, where the configuration of the drill says, and git sees nothing of that file', async () => {
    const { url } = await start();
    const file = join(drill.directory, '.incidents', 'mayday.yaml');
    const { configuration, diagnostics } = parseConfiguration(await readFile(file, 'utf8'), 'UTC');
    expect(diagnostics).toEqual([]);
    expect(configuration?.services).toEqual([
      {
        ...{ name: 'checkout', paths: [], hosts: [], url, tags: 'v*', accessLogs: ['logs/checkout.log'] },
        version: { url: `${url}/health/live`, json: 'commit' },
        health: ['live', 'ready'].map((path) => ({ kind: 'http', url: `${url}/health/${path}`, assumed: true })),
        metrics: { endpoint: { url: `${url}/metrics`, assumed: true } },
      },
    ]);
    expect(git(drill.directory, 'status', '--porcelain')).toBe('');

    const host = { isTrusted: () => true, confirm: () => Promise.resolve(false), secrets: noSecrets };
    const clock = { now: () => '2026-03-04T14:10:00.000Z' };
    const nobody = createConfirmedAddresses(host, { read: () => [], write: () => Promise.resolve() });
    const sources = createDeployedSources({ ...host, clock }, nobody);
    const service = configuration?.services[0];
    expect(await readRunningRevision(sources, { folder: drill.directory, service })).toEqual({
      ...{ kind: 'known', source: 'service', from: `${url}/health/live (commit)` },
      ...{ version: drill.head, commit: drill.head, readAt: clock.now() },
    });
    await running?.stop();
    running = undefined;
    expect(await readRunningRevision(sources, { folder: drill.directory, service })).toMatchObject({
      ...{ kind: 'known', source: 'tag', version: 'v1.9.0' },
      missed: [`${url}/health/live refused the connection: nothing listens there.`],
    });
    const other = await start();
    expect(await readFile(file, 'utf8')).toContain(other.url);
    await writeFile(file, 'policy: {}\n');
    await other.stop();
    await start();
    expect(await readFile(file, 'utf8')).toBe('policy: {}\n');
  });

  it('tells the story in its log: correlation ids, and a trace into the changed lines', async () => {
    const { url } = await start();
    await until('an error in the log', async () => (await logLines()).some(({ err }) => err !== undefined));
    const answer = await fetch(`${url}/products`, { headers: { 'x-correlation-id': 'look-for-me-1234' } });
    expect(answer.headers.get('x-correlation-id')).toBe('look-for-me-1234');
    const isMine = ({ correlationId }: Record<string, unknown>) => correlationId === 'look-for-me-1234';
    // The service logs a request once its answer is on its way.
    await until('the request in the log', async () => (await logLines()).some(isMine));
    const lines = await logLines();
    const mine = lines.find(isMine);
    expect(mine).toMatchObject({
      level: 'info',
      route: '/products',
      status: 200,
      durationMs: expect.any(Number) as number,
    });
    const failed = lines.find(({ err }) => err !== undefined);
    expect(failed).toMatchObject({ level: 'error', route: '/checkout', status: 503 });
    const { stack } = failed?.['err'] as { stack: string };
    expect(stack).toMatch(/src\/transaction\.js:\d+:\d+/);
    expect(stack).toMatch(/src\/checkout\.js:\d+:\d+/);
  });

  it('serves metrics that Prometheus reads', async () => {
    const { url } = await start();
    const metrics = async (): Promise<string> => (await drillProcesses.get(`${url}/metrics`))?.body ?? '';
    await until('a failed checkout', async () => (await metrics()).includes('route="/checkout",status="503"'));
    const text = await metrics();
    const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const sample of samples) expect(sample).toMatch(/^[a-z_][a-z0-9_]*(\{([a-z]+="[^"]*",?)+\})? -?[\d.e+-]+$/);
    const names = new Set(samples.map((sample) => sample.split(/[{ ]/, 1)[0] ?? ''));
    for (const name of names) expect(text).toMatch(new RegExp(`# TYPE ${name.replace(/_(bucket|sum|count)$/, '')} `));
    expect([...names]).toEqual(
      expect.arrayContaining([
        'http_requests_total',
        'http_request_duration_seconds_bucket',
        'process_cpu_seconds_total',
        'process_resident_memory_bytes',
        'db_pool_in_use',
        'db_pool_size',
      ]),
    );
    expect(text).toMatch(/^db_pool_in_use 8$/m);
  });

  it('is found again while it runs, and not after it was stopped', async () => {
    expect(await readRunningDrill(drill.directory, drillProcesses)).toBeUndefined();
    const { pid, port } = await start();
    const found = await readRunningDrill(drill.directory, drillProcesses);
    expect(found).toMatchObject({ pid, port });
    expect((await startDrillService(drill.directory, drillProcesses)).pid).toBe(pid);
    await found?.stop();
    expect(drillProcesses.isAlive(pid)).toBe(false);
    expect(await statusOf(`http://127.0.0.1:${port}/health/live`)).toBe(0);
    expect(await readRunningDrill(drill.directory, drillProcesses)).toBeUndefined();
    expect(git(drill.directory, 'status', '--porcelain')).toBe('');
  });

  it('survives a cleaned work tree and a broken revision', async () => {
    const { url } = await start();
    await until('cleaned, between two lines of the log', () => {
      try {
        return git(drill.directory, 'clean', '-fdxq') === '';
      } catch {
        return false;
      }
    });
    await until('found again', async () => (await readRunningDrill(drill.directory, drillProcesses)) !== undefined);
    expect(await statusOf(`${url}/products`)).toBe(200);
    await writeFile(join(drill.directory, 'src', 'server.js'), 'nonsense');
    await until('down', async () => (await statusOf(`${url}/health/live`)) === 0);
    git(drill.directory, 'checkout', '--quiet', '--', 'src');
    await until('up again', async () => (await statusOf(`${url}/health/live`)) === 200);
  });

  it('leaves nothing running when its supervisor is killed', async () => {
    const { pid, url } = await start();
    process.kill(pid, 'SIGKILL');
    await until('the service is gone too', async () => (await statusOf(`${url}/health/live`)) === 0);
    expect(await readRunningDrill(drill.directory, drillProcesses)).toBeUndefined();
  });

  it('ends by itself when its folder is deleted', async () => {
    const { pid, url } = await start();
    await rm(drill.directory, { recursive: true, force: true, maxRetries: 5 });
    await until('the service is gone', async () => (await statusOf(`${url}/health/live`)) === 0);
    await until('the supervisor is gone', () => !drillProcesses.isAlive(pid));
  });

  it('says so when it cannot start, and leaves nothing running', async () => {
    await writeFile(join(drill.directory, 'scripts', 'dev.js'), 'process.exit(3);\n');
    await expect(startDrillService(drill.directory, drillProcesses)).rejects.toMatchObject({ reason: 'outside' });
    expect(await readRunningDrill(drill.directory, drillProcesses)).toBeUndefined();
  });
});
