/** An expression with `$window` where a window's length goes, or why none can be made of it: the rest of a sentence. */
export type WindowedQuery =
  { readonly kind: 'query'; readonly query: string } | { readonly kind: 'problem'; readonly problem: string };

const placeholder = /\$window\b|\{\{\s*\.window\s*\}\}/g;
const name = String.raw`[a-zA-Z_:][\w:]*`;
const text = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const matcher = String.raw`[a-zA-Z_]\w*\s*(?:=~|!~|!=|=)\s*(?:${text})`;
const matchers = String.raw`\{\s*(?:${matcher}(?:\s*,\s*${matcher})*\s*,?\s*)?\}`;
const selector = String.raw`(?:${name}\s*(?:${matchers})?|${matchers})`;
const labels = String.raw`\(\s*[\w\s,]*\)`;
const plain = new RegExp(String.raw`^\s*(${selector})\s*$`);
const summed = new RegExp(
  String.raw`^\s*sum\s*(?:(?:by|without)\s*${labels}\s*)?\(\s*(${selector})\s*\)\s*(?:(?:by|without)\s*${labels})?\s*$`,
);
/** A string, a comment, or the range behind a selector. */
const piece = new RegExp(String.raw`${text}|\x60[^\x60]*\x60|#[^\n]*|\[([^\]]*)\]`, 'g');
const longest = 4000;

/**
 * Makes PromQL ready for windows of any length, in this order: `$window` (or Sloth's `{{.window}}`) is where the length goes; a
 * selector alone, or the sum of one, becomes its `rate` (`sum_over_time` for what is no counter), because the ratio of two rates over a
 * window is the ratio of two increases; an expression with ranges of its own gets `$window` for each of them. A subquery has two
 * lengths, and an expression without any range means a moment: neither is guessed at.
 */
export function windowedQuery(
  query: string,
  { isCounter = true }: { readonly isCounter?: boolean } = {},
): WindowedQuery {
  if (query.length > longest) return { kind: 'problem', problem: `is longer than ${String(longest)} characters` };
  const marked = query.replace(placeholder, '$$window');
  if (marked.includes('$window')) return { kind: 'query', query: marked };
  const alone = plain.exec(query)?.[1] ?? summed.exec(query)?.[1];
  if (alone !== undefined) {
    return { kind: 'query', query: `sum(${isCounter ? 'rate' : 'sum_over_time'}(${alone.trim()}[$window]))` };
  }
  const ranges = [...query.matchAll(piece)].flatMap(([, range]) => (range === undefined ? [] : [range]));
  if (ranges.length === 0) {
    return { kind: 'problem', problem: 'has no range: write [$window] where the length of a window goes' };
  }
  if (ranges.some((range) => range.includes(':'))) {
    return { kind: 'problem', problem: 'has a subquery: write $window where the length of a window goes' };
  }
  return {
    kind: 'query',
    query: query.replace(piece, (found, range: string | undefined) => (range === undefined ? found : '[$window]')),
  };
}

/** The expression for a window of so many minutes. */
export function queryOver(query: string, minutes: number): string {
  return query.replaceAll('$window', durationOf(minutes));
}

/** `5m`, `1h`, `3d`, as PromQL writes it. */
export function durationOf(minutes: number): string {
  const whole = Math.max(1, Math.round(minutes));
  if (whole % 1440 === 0) return `${String(whole / 1440)}d`;
  return whole % 60 === 0 ? `${String(whole / 60)}h` : `${String(whole)}m`;
}
