import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPrometheus } from '../../../../src/connect/prometheus.ts';
import { drillProcesses } from '../../../../src/connect/runDrillService.ts';
import { createServiceScrapes } from '../../../../src/connect/serviceScrapes.ts';
import type { Drill } from '../../../../src/drill/createDrill.ts';
import type { RunningDrill } from '../../../../src/drill/runningDrill.ts';
import { startDrillService } from '../../../../src/drill/startDrillService.ts';
import { isoTimeOf } from '../../../../src/incident/isoTime.ts';
import type { RunningServer } from '../../../support/debianServer.ts';
import { confirmedEndpoints } from '../../../support/builders/endpoints.ts';
import { hasPrometheus, startNodeExporter, startPrometheus } from '../../../support/prometheusServers.ts';
import { createTestDrill, git, statusOf, temporaryFolder, until } from '../../drill/drillFixture.ts';
import { look, service, wellMachine } from './infrastructureFixture.ts';

const hasServers = await hasPrometheus();
const clock = { now: () => isoTimeOf(Date.now()) };
const never = new AbortController().signal;
/** An hour before: what starts now has nothing to do with it. */
const anHourAgo = () => ({ clock: () => clock.now(), impactStart: isoTimeOf(Date.now() - 3_600_000) });

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let drill: Drill;
let running: RunningDrill | undefined;
const servers: RunningServer[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
  drill = await createTestDrill(folder.path);
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await folder.remove();
});

async function startBroken(): Promise<string> {
  git(drill.directory, 'checkout', '--quiet', 'main');
  running = await startDrillService(drill.directory, drillProcesses);
  const { url } = running;
  await until('not ready', async () => (await statusOf(`${url}/health/ready`)) === 503);
  return url;
}

async function revert(url: string): Promise<void> {
  git(drill.directory, 'revert', '--no-edit', drill.badCommit);
  await until('ready again', async () => (await statusOf(`${url}/health/ready`)) === 200);
}

describe('the drill', { timeout: 90_000 }, () => {
  it('has no connections left by its own metrics alone, and is fine after the revert', async () => {
    const url = await startBroken();
    const checkout = service('checkout', {
      folder: drill.directory,
      metrics: { endpoint: { url: `${url}/metrics`, assumed: true } },
    });
    const machine = { read: () => Promise.resolve(wellMachine) };
    const seen = () =>
      look(
        { scrapes: createServiceScrapes(confirmedEndpoints(), clock), machine },
        { services: [checkout] },
        anHourAgo(),
      );

    const broken = await seen();
    expect(broken.verdict).toBe('bad');
    expect(broken.summary).toMatch(
      /^checkout database connections 8 of 8 in use(, \d+ requests? waits?)?(, \d+ requests? timed out (within \d+ s|since it started))?\./,
    );
    expect(broken.observations.find(({ verdict }) => verdict === 'bad')).toMatchObject({
      ...{ id: 'checkout/pool.db', topic: 'connections', source: `${url}/metrics` },
    });

    await revert(url);
    const healed = await seen();
    expect(healed.lines.filter((line) => !line.startsWith('ok: '))).toEqual([]);
    expect(healed.summary).toMatch(/^\d+ looked at, all fine\.$/);
    expect(healed.lines).toContainEqual(
      expect.stringMatching(/^ok: checkout process started \d+ s ago, (59 min|1 h) after impact began$/),
    );
    expect(healed.lines).toContainEqual(expect.stringMatching(/^ok: this machine memory 50 % available/));
  });

  it.skipIf(!hasServers)('is told by a real Prometheus beside a real machine, each once', async () => {
    const url = await startBroken();
    const exporter = await startNodeExporter();
    const prometheus = await startPrometheus({
      jobs: { checkout: [url.replace('http://', '')], node: [`127.0.0.1:${String(exporter.port)}`] },
    });
    servers.push(exporter, prometheus);
    const source = { name: 'Prometheus', url: prometheus.url };
    const endpoints = confirmedEndpoints();
    const reader = createPrometheus(endpoints, source);
    // A rate needs two scrapes.
    await until('two scrapes', async () => {
      const counted = await reader.instant('min(count_over_time(up[1m]))', { signal: never });
      const targets = await reader.instant('count(up == 1)', { signal: never });
      return (counted.series[0]?.points[0]?.[1] ?? 0) >= 4 && targets.series[0]?.points[0]?.[1] === 2;
    });
    const checkout = service('checkout', { metrics: { endpoint: { url: `${url}/metrics` } } });
    const seen = await look(
      { metricsFor: () => reader, scrapes: createServiceScrapes(endpoints, clock) },
      { services: [checkout], dataSources: { prometheus: [source], alertmanager: [] } },
      anHourAgo(),
    );
    expect(seen.verdict).toBe('bad');
    expect(seen.lines.filter((line) => line.includes('checkout database connections'))).toEqual([
      expect.stringMatching(/^bad: checkout database connections 8 of 8 in use/),
    ]);
    const node = `127.0.0.1:${String(exporter.port)}`;
    for (const name of ['CPU \\d', 'load \\d', 'memory \\d', 'disk /\\S* .*free']) {
      expect(seen.lines).toContainEqual(expect.stringMatching(new RegExp(`^\\w+: ${node} ${name}`)));
    }
    expect(seen.lines.filter((line) => line.startsWith('unknown'))).toEqual([]);
    expect(seen.lines).toContainEqual(expect.stringMatching(/^ok: checkout metrics endpoint answers Prometheus$/));

    await exporter.stop();
    await running?.stop();
    await until('both down', async () => {
      const down = await reader.instant('count(up == 0)', { signal: never });
      return down.series[0]?.points[0]?.[1] === 2;
    });
    const without = await look(
      { metricsFor: () => reader },
      { services: [service('checkout')], dataSources: { prometheus: [source], alertmanager: [] } },
      anHourAgo(),
    );
    expect(without.verdict).toBe('bad');
    expect(without.lines).toContainEqual('bad: checkout metrics endpoint does not answer Prometheus');
    expect(without.lines).toContainEqual(
      `unknown: ${node} exporter does not answer Prometheus, so that how it is now is unknown`,
    );
    // Rates go on for minutes after the last value: what is gone must not look well.
    expect(without.lines.filter((line) => line.startsWith('ok'))).toEqual([]);

    expect(without.lines).toContainEqual(
      expect.stringMatching(/^unknown: Prometheus .* and \d+ more are unknown: it has no value now/),
    );
  });
});
