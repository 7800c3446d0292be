import type { Verdict } from '../../incident/words.ts';
import type { Red, RedBaseline, Spread } from './red.ts';

/** Of fewer requests a ratio says little: one that fails of ten is ten percent. */
export const fewRequests = 20;
/** One of twenty is felt by everybody who does more than one thing; common alert rules page there. */
const badErrors = 0.05;
/** Below one percent clients that retry hide it, and objectives of three nines have some days to spare. */
const someErrors = 0.01;
/** So many times as before is no day like others, even where few fail. */
const badErrorsTimes = 10;
const someErrorsTimes = 3;
/** Of few requests most failed: that is no chance any more, and yet no number. */
const mostFailed = 0.5;
const leastFailed = 3;

/** Three times as slow, and so much that a person feels it. */
const badSlower = { times: 3, seconds: 0.1 };
const someSlower = { times: 1.5, seconds: 0.05 };
/** A scaled MAD is the standard deviation of normal noise: what is within three of them is noise. */
const noise = 3 * 1.4826;

/** A twentieth of the usual requests is as good as none. */
const nearlyNone = 0.05;

/** Whether failures are as they should be. `unknown` when nothing tells, or when there were too few requests to say *ok*. */
export function judgeErrors({ errorRatio, requests, isOld = false }: Red, before?: Spread): Verdict {
  if (errorRatio === undefined || !Number.isFinite(errorRatio)) return 'unknown';
  const verdict = errorVerdict(errorRatio, before);
  if (isOld) return verdict === 'bad' ? 'suspicious' : 'unknown';
  if (requests === undefined || requests >= fewRequests) return verdict;
  const isMost = errorRatio >= mostFailed && errorRatio * requests >= leastFailed;
  return isMost ? 'suspicious' : 'unknown';
}

function errorVerdict(ratio: number, before: Spread | undefined): Verdict {
  if (ratio >= badErrors) return 'bad';
  if (ratio < someErrors) return 'ok';
  if (before === undefined) return 'suspicious';
  if (ratio >= badErrorsTimes * before.median) return 'bad';
  return ratio >= someErrorsTimes * before.median ? 'suspicious' : 'ok';
}

/**
 * Whether p95 and p99 are as they were. A number alone is neither right nor wrong: `notApplicable` without anything from before.
 * `unknown` when nothing tells, or when there were too few requests to say *ok*.
 */
export function judgeLatency(now: Red, before?: RedBaseline): Verdict {
  const pairs = (['p95', 'p99'] as const).flatMap((name) => {
    const value = now[name];
    return value === undefined || Number.isNaN(value) ? [] : [{ value, spread: before?.[name] }];
  });
  if (pairs.length === 0) return 'unknown';
  const verdicts = pairs.flatMap(({ value, spread }) => (spread === undefined ? [] : [latencyVerdict(value, spread)]));
  if (verdicts.length === 0) return pairs.every(({ value }) => Number.isFinite(value)) ? 'notApplicable' : 'unknown';
  const worst = (['bad', 'suspicious', 'ok'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'ok';
  if (now.requests === undefined || now.requests >= fewRequests) return worst;
  return worst === 'ok' ? 'unknown' : 'suspicious';
}

function latencyVerdict(seconds: number, { median, mad }: Spread): Verdict {
  const isSlower = ({ times, seconds: more }: typeof badSlower) =>
    seconds >= times * median && seconds - median >= more && seconds > median + noise * mad;
  if (isSlower(badSlower)) return 'bad';
  return isSlower(someSlower) ? 'suspicious' : 'ok';
}

/**
 * Whether requests still come: `bad` where nearly none do and there were enough before. More or fewer than before is what the check
 * of traffic looks at. `notApplicable` without anything from before.
 */
export function judgeRate(
  { perSecond, isOld = false }: Red,
  before: Spread | undefined,
  windowSeconds: number,
): Verdict {
  if (perSecond === undefined || !Number.isFinite(perSecond)) return 'unknown';
  if (before === undefined) return perSecond === 0 ? 'unknown' : 'notApplicable';
  if (isOld) return 'notApplicable';
  if (before.median * windowSeconds < fewRequests) return perSecond > 0 ? 'ok' : 'unknown';
  return perSecond <= nearlyNone * before.median ? 'bad' : 'ok';
}
