import type { Verdict } from '../../incident/words.ts';

/** From where on a number is noticed; absent: never. */
export interface Limits {
  readonly suspicious?: number;
  readonly bad?: number;
}

/** For what is worse the more there is: the limit itself counts. */
export function verdictAbove(value: number, { suspicious = Infinity, bad = Infinity }: Limits): Verdict {
  if (value >= bad) return 'bad';
  return value >= suspicious ? 'suspicious' : 'ok';
}

/** For what is worse the less is left: only what is below the limit counts. */
export function verdictBelow(value: number, { suspicious = -Infinity, bad = -Infinity }: Limits): Verdict {
  if (value < bad) return 'bad';
  return value < suspicious ? 'suspicious' : 'ok';
}

/** A jump is suspicious where no limit says more. */
export function orJump(verdict: Verdict, isJump: boolean): Verdict {
  return verdict === 'ok' && isJump ? 'suspicious' : verdict;
}

/** A share that more than doubled since before impact, by 30 points at least, and is half of the whole now. */
export function isShareJump(now: number, before: number | undefined): boolean {
  return before !== undefined && now >= 0.5 && now - before >= 0.3 && now >= 2 * before;
}

/** An amount of at least `least` that is three times what it was before impact. */
export function isAmountJump(now: number, before: number | undefined, least: number): boolean {
  return before !== undefined && now >= least && now >= 3 * before;
}
