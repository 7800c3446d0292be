import type { Verdict } from '../../incident/words.ts';
import { extremes } from '../statistics/extremes.ts';
import { quantile } from '../statistics/quantile.ts';
import { robustSpread, robustZScore } from '../statistics/robustZScore.ts';
import { rateText, type Seen } from './seen.ts';

/** What the rate is compared with. */
export interface Baseline {
  /** *recent* is what was a moment ago, *usual* what is at this time of other days. */
  readonly kind: 'recent' | 'usual';
  /** `in the hour before`, `at this time yesterday` */
  readonly label: string;
  /** Requests per second of slices as long as *now*; empty when there are none. */
  readonly rates: readonly number[];
  /** Why there are none, without a full stop. */
  readonly missing?: string;
  /** There may be some, which could not be read: then the rate is never *ok*. */
  readonly unread?: true;
}

/** How many requests there are, and were. */
export interface RateSight {
  /** Requests per second. */
  readonly now: number;
  /** Over how many seconds. */
  readonly seconds: number;
  readonly baselines: readonly Baseline[];
}

/** A rate counts as a spike with a robust score and a multiple of the median of at least these. */
export const spike = { score: 6, times: 2, badTimes: 5, requests: 30 } as const;
/**
 * And as a drop with a share of the median of at most these, below nearly all that was, where enough requests were to be expected:
 * of 20, chance leaves 10 or fewer in one of a hundred looks.
 */
export const drop = { share: 0.5, badShare: 0.2, quantile: 0.05, expected: 20 } as const;

type Level = 'bad' | 'suspicious';
interface Compared extends Baseline {
  readonly median: number;
  readonly up: Level | undefined;
  readonly down: Level | undefined;
  readonly isEnough: boolean;
}

/**
 * The rate now against what it was a moment ago and what it usually is. What is so at this time of other days is no spike and no
 * drop; where the other days disagree it is suspicious at most. *Unknown* when there is nothing to compare with, too
 * little, or something that could not be read.
 */
export function judgeRate({ now, seconds, baselines }: RateSight): Seen {
  const compared = baselines.filter(({ rates }) => rates.length > 0).map((one) => compare(now, seconds, one));
  const details = baselines.map(({ label, missing, rates }) => detailOf(label, missing, rates));
  if (compared.length === 0) {
    return {
      verdict: 'unknown',
      text: `are at ${rateText(now)}, with nothing to compare with${why(baselines)}`,
      details,
    };
  }
  const [up, down] = [levelOf(compared, 'up'), levelOf(compared, 'down')];
  const isEnough = compared.some((one) => one.isEnough);
  const isAllRead = baselines.every(({ unread }) => unread !== true);
  const verdict: Verdict = up ?? down ?? (isEnough && isAllRead ? 'ok' : 'unknown');
  const numbers = [...compared.map((one) => numberText(now, one)), ...missingTexts(baselines)].join(', ');
  const what = up === undefined ? (down === undefined ? asUsual(isEnough) : 'dropped') : 'spike';
  return { verdict, text: `are at ${rateText(now)}, ${what}: ${numbers}`, details };
}

function asUsual(isEnough: boolean): string {
  return isEnough ? 'neither spike nor drop' : 'too few to compare';
}

function compare(now: number, seconds: number, baseline: Baseline): Compared {
  const spread = robustSpread(baseline.rates);
  const { median } = spread;
  const isEnoughNow = now * seconds >= spike.requests;
  const isEnoughBefore = median * seconds >= drop.expected;
  const isUp = isEnoughNow && now >= spike.times * median && robustZScore(now, spread) >= spike.score;
  const isDown = isEnoughBefore && now <= drop.share * median && now <= quantile(baseline.rates, drop.quantile);
  return {
    ...baseline,
    median,
    up: isUp ? (now >= spike.badTimes * median ? 'bad' : 'suspicious') : undefined,
    down: isDown ? (now <= drop.badShare * median ? 'bad' : 'suspicious') : undefined,
    isEnough: isEnoughNow || isEnoughBefore,
  };
}

function levelOf(compared: readonly Compared[], way: 'up' | 'down'): Level | undefined {
  const recent = compared.filter(({ kind }) => kind === 'recent');
  const usual = compared.filter(({ kind }) => kind === 'usual');
  const levels = (all: readonly Compared[]) => all.flatMap((one) => one[way] ?? []);
  const [ofRecent, ofUsual] = [levels(recent), levels(usual)];
  const isNewNow = recent.length === 0 || ofRecent.length > 0;
  // It has been so for an hour: unusual only when every other day says so.
  if (!isNewNow) return usual.length > 1 && ofUsual.length === usual.length ? 'suspicious' : undefined;
  if (usual.length > 0 && ofUsual.length === 0) return undefined;
  if (ofUsual.length < usual.length) return 'suspicious';
  return [...ofRecent, ...ofUsual].includes('suspicious') ? 'suspicious' : 'bad';
}

function numberText(now: number, { label, median }: Compared): string {
  const times = now / median;
  const shown = times >= 1.5 && Number.isFinite(times) ? ` (${timesText(times)} as many)` : '';
  const share = times <= 0.67 ? ` (${(times * 100).toFixed(0)} % of it)` : '';
  return `${rateText(median)} ${label}${shown}${share}`;
}

/** `2.4 times`, `17 times` */
export function timesText(times: number): string {
  return `${times.toFixed(times >= 10 ? 0 : 1)} times`;
}

function missingTexts(baselines: readonly Baseline[]): readonly string[] {
  return baselines
    .filter(({ rates }) => rates.length === 0)
    .map(({ label, missing, unread }) =>
      unread === true ? `not read ${label}: ${missing ?? ''}` : `nothing known ${label}`,
    );
}

function why(baselines: readonly Baseline[]): string {
  const reasons = [...new Set(baselines.flatMap(({ missing }) => missing ?? []))];
  return reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
}

function detailOf(label: string, missing: string | undefined, rates: readonly number[]): string {
  if (rates.length === 0) return `Not known ${label}${missing === undefined ? '' : `: ${missing}`}`;
  const { median, mad, count } = robustSpread(rates);
  const { least, greatest } = extremes(rates);
  const range = `${rateText(least)} to ${rateText(greatest)}`;
  return `Median ${label}: ${rateText(median)}, MAD ${rateText(mad)}, ${range} in ${count} slices of time`;
}
