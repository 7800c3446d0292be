import { MissingRequirement } from './run.mjs';
import { testSteps, type StepOptions, type StepResult, type TestStep } from './testSteps.ts';
import { addTotals, type TestTotals } from './testTotals.ts';

// node test.ts [step…] [-t pattern]: runs all steps, or the named ones with what they need, and ends with the totals.
const args = process.argv.slice(2);
const filterAt = args.indexOf('-t');
const grep = filterAt === -1 ? undefined : args[filterAt + 1];
const names = filterAt === -1 ? args : args.slice(0, filterAt);
const unknown = names.filter((name) => !testSteps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${testSteps.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}

// Ending this process ends what it runs; see run.mjs.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

const chosen = names.length === 0 ? testSteps : withNeeds(names);
const options: StepOptions = { ...(grep ? { grep } : {}), verbose: names.length === 1 };
const broken = new Set<string>();
let totals: TestTotals = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
const begun = new Map(chosen.filter((step) => step.early).map((step) => [step, start(step)]));
for (const step of chosen) {
  const missing = step.needs.find((need) => broken.has(need));
  if (missing) {
    console.log(`skip  ${step.name.padEnd(20)} ${missing} failed`);
    broken.add(step.name);
    totals = addTotals(totals, { passed: 0, failed: 0, skipped: 1 });
    continue;
  }
  const { result, durationMs } = await (begun.get(step) ?? start(step));
  totals = addTotals(totals, result.totals);
  const failed = result.totals.failed > 0;
  if (failed) {
    broken.add(step.name);
    failures.push(...(result.failures ?? [`see ${step.name} above`]).map((failure) => `${step.name}: ${failure}`));
  }
  if (failed && !options.verbose) console.log(result.output.trimEnd());
  const { passed, failed: failing, skipped } = result.totals;
  const counts = `${passed} passed, ${failing} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  console.log(
    `${failed ? 'FAIL' : 'ok  '}  ${step.name.padEnd(20)} ${(durationMs / 1000).toFixed(1).padStart(6)} s  ${counts}`,
  );
}
process.exitCode = totals.failed > 0 ? 1 : 0;
// Whoever sees only the end of a long output is to know what to look for.
if (failures.length > 0) console.log(['', 'Failed:', ...failures.map((failure) => `  ${failure}`)].join('\n'));
console.log(
  `${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`,
);

async function start(step: TestStep): Promise<{ readonly result: StepResult; readonly durationMs: number }> {
  const startedAt = performance.now();
  let result: StepResult;
  try {
    result = await step.run(options);
  } catch (error) {
    const output =
      error instanceof MissingRequirement ? error.message : String(error instanceof Error ? error.stack : error);
    result = { totals: { passed: 0, failed: 1, skipped: 0 }, output };
    if (options.verbose) console.log(output);
  }
  return { result, durationMs: performance.now() - startedAt };
}

function withNeeds(wanted: readonly string[]): TestStep[] {
  const all = new Set<string>(wanted);
  for (const step of testSteps.toReversed()) {
    if (all.has(step.name)) for (const need of step.needs) all.add(need);
  }
  return testSteps.filter((step) => all.has(step.name));
}
