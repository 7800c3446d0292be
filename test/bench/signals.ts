import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gitForDrills } from '../../src/connect/importHistory.ts';
import { drillProcesses } from '../../src/connect/runDrillService.ts';
import { createDrill } from '../../src/drill/createDrill.ts';
import { startDrillService } from '../../src/drill/startDrillService.ts';
import { isoTimeOf } from '../../src/incident/isoTime.ts';
import { signalChecks } from '../../src/investigate/signalReader.ts';
import { openRecord } from '../e2e/scriptedRecord.ts';
import { projectRoot } from '../support/run.mjs';
import type { Benchmark } from './benchmark.ts';
import { createBenchFolder } from './benchFolder.ts';
import { figureOf } from './figure.ts';
import { inTurns, timed } from './inTurns.ts';

const rounds = 7;
/** Two scrapes a second apart are no longer shared by the next round. */
const betweenMs = 6_000;
/** How far apart two scrapes are at least: nothing tells a rate sooner. */
const apartMs = 1_000;

/** The checks of signals on the drill's failing service, from the call until all are on disk, and until the first is. */
export const signals: Benchmark = {
  name: 'signals',
  run: async ({ say }) => {
    const folder = await createBenchFolder();
    const directory = join(folder.path, 'checkout');
    const templatesDirectory = join(projectRoot, 'templates');
    await createDrill({ directory, templatesDirectory, now: isoTimeOf(Date.now()) }, gitForDrills());
    const drill = await startDrillService(directory, drillProcesses);
    const record = await openRecord(directory, join(folder.path, 'storage'));
    try {
      await wait(3_000);
      const { incident } = await record.run('declareIncident', { title: 'Checkout requests fail', severity: 'SEV2' });
      const look = async () => {
        const begun = performance.now();
        let first = Number.NaN;
        const following = record.onRecorded('check.completed', () => {
          if (Number.isNaN(first)) first = performance.now() - begun;
        });
        await record.run('investigate', { incident, checks: [...signalChecks] });
        following.dispose();
        return { all: performance.now() - begun, first };
      };
      const raw = async () => ({
        first: Number.NaN,
        all: await timed(async () => {
          await Promise.all(['/health/live', '/health/ready', '/metrics'].map((path) => ask(drill.url + path)));
          await wait(apartMs);
          await ask(`${drill.url}/metrics`);
        }),
      });
      await look();
      const measured = await inTurns(rounds, {
        look: async () => {
          await wait(betweenMs);
          return look();
        },
        raw,
      });
      say('reference: the same addresses asked with fetch, the metrics twice, a second apart');
      return [
        figureOf({
          name: 'checks of signals on the drill',
          unit: 'ms',
          values: measured.look.map(({ all }) => all),
          references: measured.raw.map(({ all }) => all),
          goal: { of: 'value', atMost: 2000 },
        }),
        figureOf({
          name: 'first evidence of them on disk',
          unit: 'ms',
          values: measured.look.map(({ first }) => first),
          goal: { of: 'value', atMost: 500 },
        }),
      ];
    } finally {
      await record.close();
      await drill.stop();
      await folder.remove();
    }
  },
};

async function ask(url: string): Promise<void> {
  await (await fetch(url)).text();
}
