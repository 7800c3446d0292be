import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { findChromium } from './chromium.ts';
import { hasPrometheus } from './prometheusServers.ts';
import { installedProgram, projectRoot, run, toolEnvironment } from './run.mjs';
import { addTotals, type TestTotals } from './testTotals.ts';
import { installVscode, type VscodeRelease } from './vscodeInstall.ts';

export interface StepOptions {
  /** Selects tests by name, in suites. */
  readonly grep?: string;
  /** Show the output as it comes, and not only that of a step that failed. */
  readonly verbose: boolean;
}

export interface StepResult {
  readonly totals: TestTotals;
  readonly output: string;
  /** The tests that failed, each by its name and the first line of why; told once more at the very end. */
  readonly failures?: readonly string[];
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
  { ...check('types-of-page', ['tsc', '-p', 'media/chart']), early: true },
  { ...check('lint', ['eslint', '.']), early: true },
  { ...check('format', ['prettier', '--check', '.']), early: true },
  check('build', ['node', 'esbuild.js', '--production', '--tests']),
  { name: 'servers', needs: [], early: true, run: installServers },
  suite('unit', ['--dir', 'test/unit', '--maxWorkers=100%'], [], { again: true }),
  check('vsix', ['node', 'test/support/package.ts', '--built'], ['build']),
  ...optionalSuite('package', ['vsix']),
  { name: 'vscode', needs: [], early: true, run: installHosts },
  ...optionalSuite('faults', ['build', 'vscode']),
  integration('integration', 'latest'),
  integration('integration-oldest', 'oldest'),
  suite('e2e', ['--config', 'test/e2e/vitest.config.mjs'], ['build', 'vscode'], { again: true }),
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

/**
 * A suite of vitest. With `again`, the files in which a test failed are run once more, in new windows, and what they come to then
 * counts: a browser and a VS Code on a machine that others use too are now and then slower than anybody waits. Both are shown.
 */
function suite(
  name: string,
  args: readonly string[],
  needs: readonly string[] = [],
  { again = false }: { readonly again?: boolean } = {},
): TestStep {
  return {
    name,
    needs,
    run: async ({ grep, verbose }) => {
      const filter = grep ? ['-t', grep, '--passWithNoTests'] : [];
      const first = await runVitest(name, [...args, ...filter], verbose);
      const failed = first.files.filter(isFailed).map((file) => file.name);
      if (!again || failed.length === 0) return first;
      tellAgain(name, first.failures);
      const second = await runVitest(`${name}-again`, [...args, ...filter, ...failed], verbose);
      const totals = addTotals(totalsOf(first.files.filter((file) => !isFailed(file))), second.totals);
      return { totals, output: `${first.output}\n\nAgain:\n\n${second.output}`, failures: second.failures };
    },
  };
}

interface VitestRun extends StepResult {
  readonly files: readonly VitestFile[];
  readonly failures: readonly string[];
}

async function runVitest(name: string, args: readonly string[], verbose: boolean): Promise<VitestRun> {
  const results = await freshResults(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  // A busy machine is slow and not wrong.
  const options = ['run', '--testTimeout=120000', ...args, ...reporters];
  const { code, output } = await run(installedProgram('vitest'), options, { quiet: !verbose, env: plainEnvironment() });
  const files = await readVitestFiles(results);
  return { files, totals: atLeastOneFailed(totalsOf(files), code), output, failures: files.flatMap(failuresOf) };
}

/** In an extension host, and like {@link suite} once more in a new one where a test failed. */
function integration(name: string, release: 'latest' | 'oldest'): TestStep {
  return {
    name,
    needs: ['build', 'vscode'],
    run: async ({ grep, verbose }) => {
      const first = await runHost(name, release, grep, verbose);
      if (first.totals.failed === 0) return first;
      tellAgain(name, first.failures);
      const second = await runHost(`${name}-again`, release, grep, verbose);
      return { ...second, output: `${first.output}\n\nAgain:\n\n${second.output}` };
    },
  };
}

async function runHost(
  name: string,
  release: VscodeRelease,
  grep: string | undefined,
  verbose: boolean,
): Promise<StepResult & { readonly failures: readonly string[] }> {
  const results = await freshResults(name);
  const args = ['test/support/runIntegrationMain.ts', release, results, ...(grep ? [grep] : [])];
  const { code, output } = await run(process.execPath, args, { quiet: !verbose, env: plainEnvironment() });
  const failures = [...output.matchAll(/^ × (.*)\n(.*)/gm)].map(([, test = '', why = '']) => `${test}: ${why}`);
  return { totals: atLeastOneFailed(await readTotals(results), code), output, failures };
}

function tellAgain(name: string, failures: readonly string[]): void {
  console.log([`${name}: running again where tests failed:`, ...failures.map((failure) => `  ${failure}`)].join('\n'));
}

/** Everything the later steps would otherwise fetch while their tests wait. It is no test, so that it counts only when it fails. */
async function installHosts(): Promise<StepResult> {
  await Promise.all([installVscode('latest'), installVscode('oldest'), findChromium()]);
  return { totals: { passed: 0, failed: 0, skipped: 0 }, output: '' };
}

/** Prometheus and its like, before suites that run side by side would install them at the same time. Where they cannot be had, it says so. */
async function installServers(): Promise<StepResult> {
  await hasPrometheus();
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

interface VitestFile {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages?: readonly string[];
  }[];
}

async function readVitestFiles(file: string): Promise<readonly VitestFile[]> {
  if (!existsSync(file)) return [];
  return (JSON.parse(await readFile(file, 'utf8')) as { readonly testResults: readonly VitestFile[] }).testResults;
}

function isFailed({ status, assertionResults }: VitestFile): boolean {
  return status === 'failed' || assertionResults.some((test) => test.status === 'failed');
}

function failuresOf({ name, status, message = '', assertionResults }: VitestFile): readonly string[] {
  const file = relative(projectRoot, name);
  if (status === 'failed' && assertionResults.length === 0) return [`${file}: ${firstLine(message)}`];
  return assertionResults
    .filter((test) => test.status === 'failed')
    .map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${firstLine(failureMessages?.[0] ?? '')}`);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** A file that could not be loaded counts as one failed test. */
function totalsOf(files: readonly VitestFile[]): TestTotals {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failed = tests.filter(({ status }) => status === 'failed').length;
  const unloaded = files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  return { passed, failed: failed + unloaded.length, skipped: tests.length - passed - failed };
}

/** A suite may also fail outside of its tests. */
function atLeastOneFailed(totals: TestTotals, code: number): TestTotals {
  return code === 0 ? totals : { ...totals, failed: Math.max(1, totals.failed) };
}
