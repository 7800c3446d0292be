import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drillProcesses } from '../../../src/connect/runDrillService.ts';
import type { Drill } from '../../../src/drill/createDrill.ts';
import { readRunningDrill, type RunningDrill } from '../../../src/drill/runningDrill.ts';
import { startDrillService } from '../../../src/drill/startDrillService.ts';
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

  it('tells the story in its log: correlation ids, and a trace into the changed lines', async () => {
    const { url } = await start();
    await until('an error in the log', async () => (await logLines()).some(({ err }) => err !== undefined));
    const answer = await fetch(`${url}/products`, { headers: { 'x-correlation-id': 'look-for-me-1234' } });
    expect(answer.headers.get('x-correlation-id')).toBe('look-for-me-1234');
    const lines = await logLines();
    const mine = lines.find(({ correlationId }) => correlationId === 'look-for-me-1234');
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
