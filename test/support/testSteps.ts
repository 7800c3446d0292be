import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { installedProgram, projectRoot, run, toolEnvironment } from './run.mjs';
import type { TestTotals } from './testTotals.ts';
import { installVscode } from './vscodeInstall.ts';

export interface StepOptions {
  /** Selects tests by name, in suites. */
  readonly grep?: string;
  /** Show the output as it comes, and not only that of a step that failed. */
  readonly verbose: boolean;
}

export interface StepResult {
  readonly totals: TestTotals;
  readonly output: string;
}

/** One line of `npm test`. */
export interface TestStep {
  readonly name: string;
  /** Steps that must have succeeded before; named alone, a step brings them along. */
  readonly needs: readonly string[];
  /** It is begun at once and runs beside others: it uses one processor, or waits for the network. */
  readonly early?: boolean;
  readonly run: (options: StepOptions) => Promise<StepResult>;
}

/** The steps of `npm test` in their order. A static check counts as one test. */
export const testSteps: readonly TestStep[] = [
  { ...check('types', ['tsc', '-p', '.']), early: true },
  { ...check('lint', ['eslint', '.']), early: true },
  { ...check('format', ['prettier', '--check', '.']), early: true },
  check('build', ['node', 'esbuild.js', '--production', '--tests']),
  suite('unit', ['--dir', 'test/unit']),
  check('vsix', ['node', 'test/support/package.ts', '--built'], ['build']),
  ...optionalSuite('package', ['vsix']),
  { name: 'vscode', needs: [], early: true, run: installHosts },
  ...optionalSuite('faults', ['build', 'vscode']),
  integration('integration', 'latest'),
  integration('integration-oldest', 'oldest'),
  suite('e2e', ['--config', 'test/e2e/vitest.config.mjs'], ['build', 'vscode']),
];

function check(name: string, [program = '', ...args]: readonly string[], needs: readonly string[] = []): TestStep {
  return {
    name,
    needs,
    run: async ({ verbose }) => {
      const { code, output } = await run(installedProgram(program), args, { quiet: !verbose, env: plainEnvironment() });
      return { totals: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, output };
    },
  };
}

function optionalSuite(name: string, needs: readonly string[]): TestStep[] {
  const folder = join(projectRoot, 'test', name);
  const has =
    existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => String(file).endsWith('.test.ts'));
  return has ? [suite(name, ['--dir', `test/${name}`, '--retry=1'], needs)] : [];
}

function suite(name: string, args: readonly string[], needs: readonly string[] = []): TestStep {
  return {
    name,
    needs,
    run: async ({ grep, verbose }) => {
      const results = await freshResults(name);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
      const filter = grep ? ['-t', grep, '--passWithNoTests'] : [];
      // A busy machine is slow and not wrong.
      const options = ['run', '--testTimeout=60000', ...args, ...reporters, ...filter];
      const { code, output } = await run(installedProgram('vitest'), options, {
        quiet: !verbose,
        env: plainEnvironment(),
      });
      return { totals: atLeastOneFailed(await readVitestTotals(results), code), output };
    },
  };
}

function integration(name: string, release: 'latest' | 'oldest'): TestStep {
  return {
    name,
    needs: ['build', 'vscode'],
    run: async ({ grep, verbose }) => {
      const results = await freshResults(name);
      const args = ['test/support/runIntegrationMain.ts', release, results, ...(grep ? [grep] : [])];
      const { code, output } = await run(process.execPath, args, { quiet: !verbose, env: plainEnvironment() });
      return { totals: atLeastOneFailed(await readTotals(results), code), output };
    },
  };
}

/** Everything the later steps would otherwise fetch while their tests wait. It is no test, so that it counts only when it fails. */
async function installHosts(): Promise<StepResult> {
  await Promise.all([installVscode('latest'), installVscode('oldest'), findChromium()]);
  return { totals: { passed: 0, failed: 0, skipped: 0 }, output: '' };
}

/** Colours are for a terminal. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return process.stdout.isTTY ? toolEnvironment() : { ...toolEnvironment(), NO_COLOR: '1' };
}

async function freshResults(name: string): Promise<string> {
  const file = join(projectRoot, 'out/results', `${name}.json`);
  await mkdir(join(projectRoot, 'out/results'), { recursive: true });
  await rm(file, { force: true });
  return file;
}

async function readTotals(file: string): Promise<TestTotals> {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
  return JSON.parse(await readFile(file, 'utf8')) as TestTotals;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** A file that could not be loaded counts as one failed test. */
async function readVitestTotals(file: string): Promise<TestTotals> {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(await readFile(file, 'utf8')) as VitestReport;
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A suite may also fail outside of its tests. */
function atLeastOneFailed(totals: TestTotals, code: number): TestTotals {
  return code === 0 ? totals : { ...totals, failed: Math.max(1, totals.failed) };
}
