/**
 * Why what a server told may not be all there is, or not of now, a part of a sentence: the first of its warnings that says so.
 * Undefined when there is none; remarks about a query are no doubt.
 * @param clock what to make of a clock that is not ours: it matters where the server was asked for times of our clock.
 */
export function serverDoubt(
  warnings: readonly string[],
  { clock }: { readonly clock: 'matters' | 'harmless' },
): string | undefined {
  const harmless = clock === 'matters' ? /^PromQL info/ : /^PromQL info|^The clock of /;
  const warning = warnings.find((one) => !harmless.test(one));
  return warning === undefined ? undefined : `the server warns: ${warning.replace(/\.$/, '')}`;
}

/** What was found *ok* in spite of a doubt: nobody knows. */
export function doubted<T extends { readonly verdict: string; readonly text: string }>(
  seen: T,
  doubt: string | undefined,
): T | (Omit<T, 'verdict' | 'text'> & { readonly verdict: 'unknown'; readonly text: string }) {
  if (seen.verdict !== 'ok' || doubt === undefined) return seen;
  return { ...seen, verdict: 'unknown', text: `${seen.text}, but ${doubt}` };
}
