/**
 * The quantile `q` (0 to 1) of numbers in any order, between two of them by straight line (R's type 7, what spreadsheets do).
 * Values that are no number or without an end are left out. NaN when none is left, or `q` is beyond its range.
 */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (!(q >= 0 && q <= 1) || below === undefined || above === undefined) return Number.NaN;
  const share = place - Math.floor(place);
  // Each times its share: the difference of two large numbers may be beyond what a number can hold.
  return below === above ? below : below * (1 - share) + above * share;
}

/** The middle of numbers in any order, as `quantile` has it. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
