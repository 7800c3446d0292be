import Mocha from 'mocha';
import { suites } from 'mayday:suites';
import { formatMessage, type SuiteMessage, type TestTotals } from '../support/testTotals.ts';

/**
 * Runs every test/integration/*.test.ts inside the extension host. Called by VS Code; rejects when a test failed, which gives
 * the host a non-zero exit code.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', reporter: Mocha.reporters.Base, timeout: 20_000, retries: 2 });
  const pattern = process.env['MAYDAY_TEST_GREP'];
  if (pattern) mocha.grep(new RegExp(pattern));
  // Makes describe() and it() speak to this instance, as mocha does before it loads a file by itself.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  for (const load of Object.values(suites)) await load();
  const failed = await new Promise<number>((resolve) => {
    report(mocha.run(resolve));
  });
  if (failed > 0) throw new Error(`${failed} integration tests failed.`);
}

/** Tells the launching process of each test as it ends, and at the end the totals. */
function report(runner: Mocha.Runner): void {
  const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const count = (outcome: keyof TestTotals, text: string): void => {
    totals[outcome] += 1;
    tell({ kind: 'line', text });
  };
  runner.on(EVENT_TEST_PASS, (test) => {
    count('passed', ` ✓ ${test.fullTitle()} ${test.duration ?? 0}ms`);
  });
  runner.on(EVENT_TEST_PENDING, (test) => {
    count('skipped', ` ↓ ${test.fullTitle()}`);
  });
  runner.on(EVENT_TEST_FAIL, (test, error: Error) => {
    count('failed', ` × ${test.fullTitle()}\n${error.stack ?? error.message}`);
  });
  runner.on(EVENT_RUN_END, () => {
    tell({ kind: 'totals', totals });
  });
}

function tell(message: SuiteMessage): void {
  console.log(formatMessage(message));
}
