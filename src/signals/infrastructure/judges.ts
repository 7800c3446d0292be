import { amountText, bytesText, counted, percentText } from './amounts.ts';
import { isAmountJump, isShareJump, type Limits, orJump, verdictAbove, verdictBelow } from './limits.ts';
import type { JudgedReading, Reading } from './resource.ts';

type Judge = (reading: Reading) => JudgedReading | undefined;

/** `, 34 % before impact`; nothing where it is not known. */
export function beforeText(before: string | undefined): string {
  return before === undefined ? '' : `, ${before} before impact`;
}

/** The parts `used` and `size`, told as amounts and a share: `8 of 10, 80 % in use`; nothing to judge where there is no size. */
export function shareInUse(limits: Limits): Judge {
  return judgeShare(
    limits,
    ({ used = 0, size = 0 }, share) => `${amountText(used)} of ${amountText(size)}, ${share} in use`,
  );
}

/** The same of bytes: `80 % in use (8 GB of 10 GB)`. */
export function bytesInUse(
  limits: Limits,
  { words = 'in use', fullBeforeIsFine = false }: { readonly words?: string; readonly fullBeforeIsFine?: boolean } = {},
): Judge {
  const judge = (own: Limits) =>
    judgeShare(own, ({ used = 0, size = 0 }, share) => `${share} ${words} (${bytesText(used)} of ${bytesText(size)})`);
  return (reading) => {
    const earlier = reading.before === undefined ? undefined : shareOf(reading.before);
    const wasFull = earlier !== undefined && verdictAbove(earlier, limits) !== 'ok';
    return judge(fullBeforeIsFine && wasFull ? {} : limits)(reading);
  };
}

/** The same of what is too much to be counted: `80 % in use`. */
export function partInUse(limits: Limits): Judge {
  return judgeShare(limits, (_, share) => `${share} in use`);
}

function judgeShare(limits: Limits, tell: (values: Reading['values'], share: string) => string): Judge {
  return ({ values, before }) => {
    const share = shareOf(values);
    if (share === undefined) return undefined;
    const earlier = before === undefined ? undefined : shareOf(before);
    return {
      verdict: orJump(verdictAbove(share, limits), isShareJump(share, earlier)),
      text: `${tell(values, percentText(share))}${beforeText(earlier === undefined ? undefined : percentText(earlier))}`,
      rank: share,
    };
  };
}

/** The part `share` of a whole. */
export function wholeShare(limits: Limits, words = 'in use'): Judge {
  return ({ values: { share }, before }) => {
    if (share === undefined) return undefined;
    const earlier = before?.['share'];
    return {
      verdict: orJump(verdictAbove(share, limits), isShareJump(share, earlier)),
      text: `${percentText(share)} ${words}${beforeText(earlier === undefined ? undefined : percentText(earlier))}`,
      rank: share,
    };
  };
}

/** The parts `left` and `size`, told as what is left of it. */
export function shareLeft(limits: Limits, words: string, show: (amount: number) => string): Judge {
  return ({ values, before }) => {
    const share = leftOf(values);
    if (share === undefined) return undefined;
    const earlier = before === undefined ? undefined : leftOf(before);
    const isJump = isShareJump(1 - share, earlier === undefined ? undefined : 1 - earlier);
    const amounts = `${show(values['left'] ?? 0)} of ${show(values['size'] ?? 0)}`;
    return {
      verdict: orJump(verdictBelow(share, limits), isJump),
      text: `${percentText(share)} ${words} (${amounts})${beforeText(earlier === undefined ? undefined : percentText(earlier))}`,
      rank: 1 - share,
    };
  };
}

/** The part `level` against limits; three times what it was before impact, and `least` at least, is suspicious. */
export function level(
  limits: Limits,
  tell: (value: number, lately: string) => string,
  { least = Infinity, show = amountText }: { readonly least?: number; readonly show?: (value: number) => string } = {},
): Judge {
  return ({ values: { level: value }, before, lately }) => {
    if (value === undefined) return undefined;
    const earlier = before?.['level'];
    return {
      verdict: orJump(verdictAbove(value, limits), isAmountJump(value, earlier, least)),
      text: `${tell(value, lately)}${beforeText(earlier === undefined ? undefined : show(earlier))}`,
      rank: value,
    };
  };
}

/** The parts `up` and `all`: suspicious when some are not, bad when none is. `2 of 3 are ready, 3 before impact`. */
export function someUp(one: string, many: string): Judge {
  return ({ values: { up = 0, all = 0 }, before }) => {
    if (!(all > 0)) return undefined;
    const earlier = before?.['up'];
    const was = earlier === up ? undefined : earlier;
    return {
      verdict: up <= 0 ? 'bad' : up < all ? 'suspicious' : 'ok',
      text: `${amountText(up)} of ${counted(all, one, many)}${beforeText(was === undefined ? undefined : amountText(was))}`,
      rank: 1 - up / all,
    };
  };
}

/** The part `trouble`, of which any is wrong; what is fine needs no numbers from before. */
export function anyTrouble(
  verdict: 'suspicious' | 'bad',
  tell: (count: number, reading: Reading) => string,
  fine: string,
): Judge {
  return (reading) => {
    const count = reading.values['trouble'] ?? 0;
    if (count < 0.5) return { verdict: 'ok', text: fine, rank: 0 };
    return { verdict, text: tell(count, reading), rank: count };
  };
}

function shareOf({ used, size }: Reading['values']): number | undefined {
  return used === undefined || size === undefined || !(size > 0) ? undefined : used / size;
}

function leftOf({ left, size }: Reading['values']): number | undefined {
  return left === undefined || size === undefined || !(size > 0) ? undefined : left / size;
}
