import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MissingRequirement, run } from '../support/run.mjs';
import { createTemporaryFolder } from '../support/temporaryFolder.ts';
import { append } from './append.ts';
import type { Benchmark } from './benchmark.ts';
import type { Figure, Measured } from './figure.ts';
import { bundle } from './bundle.ts';
import { declareInput } from './declareInput.ts';
import { fold } from './fold.ts';
import { history } from './history.ts';
import { marks } from './marks.ts';
import { opening } from './opening.ts';
import { radar } from './radar.ts';
import { findings } from './findings.ts';
import { signals } from './signals.ts';
import { startup } from './startup.ts';
import { tableOf } from './table.ts';

const benchmarks: readonly Benchmark[] = [
  ...[append, fold, opening, bundle, startup, declareInput, radar, marks, history, signals, findings],
];

// Whatever was started ends with this process, and 'exit' removes what was written.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
await main();

/** Exits with 0 also when a goal is missed: that is for people to judge. With 1 when something could not be measured. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'string' }, repository: { type: 'string' }, part: { type: 'string' } },
    allowPositionals: true,
  });
  const chosen = benchmarks.filter(
    ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  if (chosen.length === 0) {
    console.error(`No benchmark has such a name. There are: ${benchmarks.map(({ name }) => name).join(', ')}`);
    process.exitCode = 1;
    return;
  }
  if (values.part !== undefined) {
    const measured: Measured[] = [];
    for (const benchmark of chosen) measured.push(...(await measure(benchmark, values.repository)));
    await writeFile(values.part, JSON.stringify(measured));
    return;
  }
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  const busy = load > cores / 2 ? ': other programs are at work, times will be too long' : '';
  console.log(`Node ${process.versions.node}, ${cores} cores, load ${load.toFixed(1)}${busy}`);
  const figures: Measured[] = [];
  for (const { name } of chosen) figures.push(...(await measureAlone(name, values.repository)));
  console.log(`\n${tableOf(figures)}\n`);
  const judged = figures.filter(({ met }) => met !== null);
  console.log(`${judged.filter(({ met }) => met).length} of ${judged.length} goals met`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures.map(toJson), null, 2)}\n`);
}

/** In a process of its own: what one leaves in memory makes the next one's programs slow to start. */
async function measureAlone(name: string, repository: string | undefined): Promise<readonly Measured[]> {
  const { path: folder, remove } = await createTemporaryFolder('mayday-bench-');
  const part = join(folder, 'figures.json');
  try {
    const given = repository === undefined ? [] : ['--repository', resolve(repository)];
    const { code } = await run(process.execPath, [import.meta.filename, name, '--part', part, ...given]);
    if (code !== 0) process.exitCode = 1;
    return existsSync(part) ? (JSON.parse(await readFile(part, 'utf8')) as readonly Measured[]) : [];
  } finally {
    await remove();
  }
}

async function measure(
  { name, run: runBenchmark }: Benchmark,
  repository: string | undefined,
): Promise<readonly Measured[]> {
  console.log(name);
  try {
    return await runBenchmark({
      ...(repository === undefined ? {} : { repository: resolve(repository) }),
      say: (text) => {
        console.log(`  ${text}`);
      },
    });
  } catch (error) {
    if (error instanceof MissingRequirement) {
      console.log(`  skipped: ${error.message}`);
      return [];
    }
    console.error(`  failed:`, error);
    process.exitCode = 1;
    return [];
  }
}

function toJson({ name, value, unit, reference, ratio, goal, met }: Measured): Figure {
  return { name, value, unit, reference, ratio, goal, met };
}
