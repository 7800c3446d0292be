import { type Counts, topOf } from './counts.ts';

/** One value's share of all requests in two times. Shares are ratios from 0 to 1. */
export interface Shift {
  readonly value: string;
  readonly before: number;
  readonly now: number;
  /** Requests with it, now. */
  readonly requests: number;
  /** How many times the earlier share; infinite for what was not there. */
  readonly times: number;
}

/** Of more values only those with the most requests in either time are compared: no share of others is worth a word. */
const mostCompared = 1000;
const mostNamed = 100;

/** The shares of the values of both times, those that changed most first. */
export function shiftsOf(before: Counts, now: Counts): readonly Shift[] {
  const values = new Set([...valuesOf(before), ...valuesOf(now)]);
  const shifts = [...values].map((value): Shift => {
    const [earlier, later] = [shareOf(before, value), shareOf(now, value)];
    const times = later === earlier ? 1 : later / earlier;
    return { value, before: earlier, now: later, requests: now.counts.get(value) ?? 0, times };
  });
  return shifts.sort((a, b) => changeOf(b) - changeOf(a) || b.now - a.now);
}

function valuesOf(counts: Counts): Iterable<string> {
  if (counts.counts.size <= mostCompared) return counts.counts.keys();
  return topOf(counts, mostNamed).map(([value]) => value);
}

/** By how much of all requests a share changed, up or down. */
export function changeOf({ before, now }: Shift): number {
  return Math.abs(now - before);
}

function shareOf({ total, counts }: Counts, value: string): number {
  return total === 0 ? 0 : (counts.get(value) ?? 0) / total;
}
