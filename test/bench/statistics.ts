/** The value below which this share (0 to 1) of the samples lies, between two of them where needed; NaN without any. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** `4.1–5.0`: the first and the third quartile; empty for a single sample. */
export function spreadOf(samples: readonly number[], format: (value: number) => string): string {
  if (samples.length < 2) return '';
  return `${format(quantile(samples, 0.25))}–${format(quantile(samples, 0.75))}`;
}
