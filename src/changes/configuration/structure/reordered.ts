/** What stands in a list in which order decides: `steps`, `rewrite rules`. */
export interface InOrder {
  /** The same in both versions. */
  readonly key: string;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * The first member that stands elsewhere than it did; undefined when what both lists hold stands in the same order. What came
 * or went is told by itself. Linear time.
 */
export function firstMoved<T extends InOrder>(before: readonly InOrder[], after: readonly T[]): T | undefined {
  const had = new Set(before.map(({ key }) => key));
  const held = new Set(after.map(({ key }) => key));
  const was = [...had].filter((key) => held.has(key));
  const is = [...new Map(after.toReversed().map((one) => [one.key, one])).values()].toReversed();
  return is.filter(({ key }) => had.has(key)).find(({ key }, at) => was[at] !== key);
}

/** What is told of lists that order decides: `backend web: http-request rules run in another order`. */
export function reorderedText(list: string): string {
  return `${list} run in another order`;
}
