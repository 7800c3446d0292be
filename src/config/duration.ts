const unitMinutes = { m: 1, min: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const;
type Unit = keyof typeof unitMinutes;

/** What `minutesOf` reads, for the JSON schema: `5m`, `1h 30m`, `7d`, `1 week` is not. */
export const durationPattern = /^\s*(?:\d{1,6}(?:\.\d{1,3})?\s*(?:min|m|h|d|w)\s*)+$/;

/** Ten years: more is a mistake of the pen. */
export const longestMinutes = 10 * 365 * 24 * 60;

/** A duration as people write it, in minutes: `5m`, `1h`, `2h 30m`, `7d`, `1w`. Undefined when it is none, zero or beyond ten years. */
export function minutesOf(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  let minutes = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*(min|m|h|d|w)/g)) {
    minutes += Number(amount) * unitMinutes[unit as Unit];
  }
  return minutes > 0 && minutes <= longestMinutes ? minutes : undefined;
}
