/** A ratio in percent for people: `12 %`, `1.2 %`, `0.03 %`. */
export function percentText(ratio: number): string {
  if (!Number.isFinite(ratio)) return 'no number';
  const percent = ratio * 100;
  if (percent > 0 && percent < 0.01) return 'less than 0.01 %';
  return `${significant(percent)} %`;
}

/** Seconds for people: `1.2 s`, `110 ms`, `0.4 ms`. */
export function secondsText(seconds: number): string {
  if (!Number.isFinite(seconds)) return Number.isNaN(seconds) ? 'no number' : 'infinite';
  return seconds >= 1 ? `${significant(seconds)} s` : `${significant(seconds * 1000)} ms`;
}

/** Something per second, for people: `3.2/s`; what is less than one per second is told per minute. */
export function perSecondText(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return 'no number';
  return perSecond > 0 && perSecond < 0.1 ? `${significant(perSecond * 60)}/min` : `${significant(perSecond)}/s`;
}

/** Two digits that count, and no more than whole numbers need. */
function significant(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
