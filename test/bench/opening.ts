import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, run } from '../support/run.mjs';
import { git } from '../support/testWorkspace.ts';
import type { Benchmark } from './benchmark.ts';
import { createBenchFolder } from './benchFolder.ts';
import { figureOf } from './figure.ts';
import { eventsPerIncident, incidentCount, writeIncidents } from './incidentsOnDisk.ts';
import type { OpeningReport } from './openWorkspace.ts';

const megabyte = 1024 * 1024;
const withoutCacheRounds = 3;
const withCacheRounds = 5;

/** From nothing to every row of the tree of a workspace with many incidents, in a fresh process each time. */
export const opening: Benchmark = {
  name: 'opening',
  run: async ({ say }) => {
    const folder = await createBenchFolder();
    const repository = join(folder.path, 'repository');
    const root = join(repository, '.git/mayday');
    const storage = join(folder.path, 'storage');
    const open = (round: number): Promise<OpeningReport> =>
      openOnce([repository, storage, root, round % 2 === 0 ? 'measured' : 'reference']);
    try {
      await git(folder.path, 'init', '--quiet', repository);
      await writeIncidents(root);
      const slow: OpeningReport[] = [];
      for (let round = 0; round < withoutCacheRounds; round++) {
        await rm(storage, { recursive: true, force: true });
        slow.push(await open(round));
      }
      const fast: OpeningReport[] = [];
      for (let round = 0; round < withCacheRounds; round++) fast.push(await open(round));
      say(`${incidentCount} incidents × ${eventsPerIncident} events of 3 writers in ${folder.description}`);
      say('reference: listing and stat of every log; without the cache, reading every log');
      const times = {
        unit: 'ms',
        values: fast.map(({ openMs }) => openMs),
        references: fast.map(({ statMs }) => statMs),
      };
      return [
        figureOf({ name: 'opening 1,000 incidents', ...times, goal: { of: 'value', atMost: 1_000 } }),
        figureOf({
          name: 'opening 1,000 incidents, no summary cache yet',
          unit: 'ms',
          values: slow.map(({ openMs }) => openMs),
          references: slow.map(({ readMs }) => readMs),
        }),
        figureOf({
          name: 'memory for 1,000 incidents',
          unit: 'MB',
          values: fast.map(({ heapBytes }) => heapBytes / megabyte),
        }),
        figureOf({
          name: 'memory for 1,000 incidents, no summary cache yet',
          unit: 'MB',
          values: slow.map(({ heapBytes }) => heapBytes / megabyte),
        }),
      ];
    } finally {
      await folder.remove();
    }
  },
};

async function openOnce(args: readonly string[]): Promise<OpeningReport> {
  const script = join(projectRoot, 'test/bench/openWorkspace.ts');
  const { code, output } = await run(process.execPath, ['--expose-gc', script, ...args], { quiet: true });
  if (code !== 0) throw new Error(`The process that opens the workspace failed:\n${output}`);
  const report = JSON.parse(output.trim().split('\n').at(-1) ?? '') as OpeningReport;
  if (report.rows !== incidentCount) throw new Error(`${report.rows} rows are shown for ${incidentCount} incidents`);
  return report;
}
