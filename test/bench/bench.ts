import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MissingRequirement } from '../support/run.mjs';
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
    options: { json: { type: 'string' }, repository: { type: 'string' } },
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
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  const busy = load > cores / 2 ? ': other programs are at work, times will be too long' : '';
  console.log(`Node ${process.versions.node}, ${cores} cores, load ${load.toFixed(1)}${busy}`);
  const figures: Measured[] = [];
  for (const benchmark of chosen) figures.push(...(await measure(benchmark, values.repository)));
  console.log(`\n${tableOf(figures)}\n`);
  const judged = figures.filter(({ met }) => met !== null);
  console.log(`${judged.filter(({ met }) => met).length} of ${judged.length} goals met`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures.map(toJson), null, 2)}\n`);
}

async function measure({ name, run }: Benchmark, repository: string | undefined): Promise<readonly Measured[]> {
  console.log(name);
  try {
    return await run({
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
