import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogFiles } from '../../../src/connect/logFiles.ts';
import { createPrometheus } from '../../../src/connect/prometheus.ts';
import { drillProcesses } from '../../../src/connect/runDrillService.ts';
import { createServiceScrapes } from '../../../src/connect/serviceScrapes.ts';
import type { Drill } from '../../../src/drill/createDrill.ts';
import type { RunningDrill } from '../../../src/drill/runningDrill.ts';
import { startDrillService } from '../../../src/drill/startDrillService.ts';
import { hourMs, isoTimeOf } from '../../../src/incident/isoTime.ts';
import { createTrafficCheck } from '../../../src/investigate/traffic/trafficCheck.ts';
import { confirmedEndpoints } from '../../support/builders/endpoints.ts';
import { justDeclared } from '../../support/builders/state.ts';
import { createTestDrill, temporaryFolder, until } from './drillFixture.ts';

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

async function look(url: string, accessLogs?: readonly string[]) {
  const clock = { now: () => isoTimeOf(Date.now()) };
  const endpoints = confirmedEndpoints();
  const check = createTrafficCheck({
    prometheusOf: (source) => createPrometheus(endpoints, source),
    scrapes: createServiceScrapes(endpoints, clock),
    logs: createLogFiles(),
  });
  const service = {
    ...{ name: 'checkout', folder: drill.directory, paths: [], hosts: [], url },
    metrics: { endpoint: { url: `${url}/metrics`, assumed: true as const } },
    ...(accessLogs === undefined ? {} : { accessLogs }),
  };
  const { observations } = await check.observe(
    {
      ...{ state: justDeclared(), now: clock.now(), clock: clock.now, limitMs: 10_000, impactStart: clock.now() },
      targets: { services: [service], statusPages: [], dataSources: { prometheus: [], alertmanager: [] } },
    },
    new AbortController().signal,
  );
  return observations;
}

describe('traffic of the drill’s service', { timeout: 60_000 }, () => {
  it('is no alarm when it has just started, and says why it is not compared', async () => {
    running = await startDrillService(drill.directory, drillProcesses);
    const observations = await look(running.url);
    expect(observations.map(({ verdict }) => verdict)).not.toContain('bad');
    expect(observations.map(({ verdict }) => verdict)).not.toContain('suspicious');
    expect(observations[0]).toMatchObject({ id: 'checkout/rate', verdict: 'unknown' });
    expect(observations[0]?.text).toContain('with nothing to compare with: it has only just started');
  });

  it('is read from its log beside what else that says, and is as in the hour before', async () => {
    const count = 2 * 3600 * 8;
    const lines = Array.from({ length: count }, (_, index) =>
      JSON.stringify({
        ...{
          ts: isoTimeOf(Date.now() - 2 * hourMs + (index * 2 * hourMs) / count),
          level: 'info',
          service: 'checkout',
        },
        ...{ msg: 'request', method: 'GET', route: ['/products', '/cart', '/checkout'][index % 3], status: 200 },
        ...{ durationMs: 2.5, userAgent: 'Fernway/5.2 (Android 16)' },
      }),
    );
    await mkdir(join(drill.directory, 'logs'), { recursive: true });
    await writeFile(join(drill.directory, 'logs', 'checkout.log'), `${lines.join('\n')}\n`);
    running = await startDrillService(drill.directory, drillProcesses);
    const { url } = running;
    await until('it has logged that it listens', async () => {
      const [rate] = await look(url, ['logs/*.log']);
      return rate?.details?.some((line) => line.includes('of JSON told of no request')) === true;
    });
    const observations = await look(url, ['logs/checkout.log*']);
    expect(observations.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'checkout/rate ok',
      'checkout/paths ok',
      'checkout/statuses ok',
      'checkout/userAgents ok',
    ]);
    // The service moves a log of 4 MB away: the other file may be the one that is written.
    expect(observations[0]?.source).toContain('logs/checkout.log');
  });
});
