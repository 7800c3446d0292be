const unitMs = { ms: 1, s: 1000, m: 60_000 } as const;

/** A short duration as people write it, in milliseconds: `300ms`, `1.5s`, `2m`. Undefined when it is none, zero or above an hour. */
export function millisecondsOf(text: string): number | undefined {
  const [, amount, unit] = /^\s*(\d{1,7}(?:\.\d{1,3})?)\s*(ms|s|m)\s*$/.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const ms = Number(amount) * unitMs[unit as keyof typeof unitMs];
  return ms > 0 && ms <= 3_600_000 ? ms : undefined;
}
