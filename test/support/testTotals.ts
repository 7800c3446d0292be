/** How many tests of a suite ended how. */
export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function addTotals(one: TestTotals, other: TestTotals): TestTotals {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/**
 * What a suite in an extension host tells the process that launched it, through a console that it shares with VS Code and
 * all extensions: a line to show, or at the end its totals.
 */
export type SuiteMessage =
  { readonly kind: 'line'; readonly text: string } | { readonly kind: 'totals'; readonly totals: TestTotals };

const mark = 'mayday-tests ';

export function formatMessage(message: SuiteMessage): string {
  return mark + JSON.stringify(message);
}

/** The message in a line of a console; `undefined` in a line of anyone else. */
export function parseMessage(line: string): SuiteMessage | undefined {
  return line.startsWith(mark) ? (JSON.parse(line.slice(mark.length)) as SuiteMessage) : undefined;
}
