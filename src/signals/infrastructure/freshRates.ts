/**
 * How fast a counter grows per second, of series that still have values: a rate alone goes on for minutes after the last one, and
 * tells of a dead exporter that all is well.
 */
export function rateOf(selector: string, window = '5m'): string {
  return `(rate(${selector}[${window}]) and ${selector})`;
}

/** What a counter gained, of series that still have values. */
export function increaseOf(selector: string, window = '5m'): string {
  return `(increase(${selector}[${window}]) and ${selector})`;
}
