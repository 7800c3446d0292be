import type { IsoTime } from '../../incident/isoTime.ts';
import type { Verdict } from '../../incident/words.ts';
import type { Observation } from '../observation.ts';
import { observation } from '../observation.ts';
import { fewRequests, judgeErrors, judgeLatency, judgeRate } from './judgeRed.ts';
import type { Red, RedBaseline, UnreadBaseline } from './red.ts';
import { redQuantiles } from './red.ts';
import { doubted } from './serverDoubt.ts';
import { perSecondText, percentText, secondsText } from './redText.ts';

/** How a service's requests are, and what that is compared with. */
export interface RedSight {
  readonly service: string;
  readonly now: Red;
  /** Absent: nothing is known from before. */
  readonly before?: RedBaseline;
  /** What of before could not be read: what would be compared with it is never *ok*. */
  readonly unread?: UnreadBaseline;
  /** Why nothing tells which requests failed, or how long they took; a part of a sentence. */
  readonly unseen?: { readonly errors?: string; readonly latency?: string };
  /** Why it may not be all there is, a part of a sentence: then nothing is *ok*. */
  readonly doubt?: string;
  /** How long `now` looks back. */
  readonly windowSeconds: number;
  readonly source: string;
  readonly at: IsoTime;
  /** More for whoever asks. */
  readonly details?: readonly string[];
}

/** What a sight of requests comes to: its rate, its errors, its durations. */
export function redObservations(sight: RedSight): readonly Observation[] {
  const { service, source, at, details = [], doubt, unread = {} } = sight;
  const of = (id: string, name: string, judged: Verdict, text: string, why: string | undefined) => {
    // What cannot be compared for a reason that may pass is not done with.
    const verdict = why !== undefined && (judged === 'ok' || judged === 'notApplicable') ? 'unknown' : judged;
    return observation({
      ...doubted({ id: `${service}/${id}`, subject: service, name, verdict, text, source, at }, doubt),
      ...(details.length === 0 ? {} : { details }),
    });
  };
  const { now, before, windowSeconds } = sight;
  return [
    of('rate', 'request rate', judgeRate(now, before?.perSecond, windowSeconds), rateText(sight), unread.perSecond),
    of('errors', 'error rate', judgeErrors(now, before?.errorRatio), errorsText(sight), unread.errorRatio),
    of('p99', 'latency', judgeLatency(now, before), latencyText(sight), unreadLatency(unread)),
  ];
}

/** Of those that are judged. */
function unreadLatency({ p95, p99 }: UnreadBaseline): string | undefined {
  return p99 ?? p95;
}

function rateText({ now, before, unread }: RedSight): string {
  const { perSecond, over } = now;
  if (perSecond === undefined || !Number.isFinite(perSecond)) return `is unknown: no value of it ${over}`;
  const then =
    before?.perSecond === undefined
      ? noBaseline(unread?.perSecond)
      : `; ${perSecondText(before.perSecond.median)} ${before.over}`;
  return perSecond === 0 ? `is zero: no requests ${over}${then}` : `is ${perSecondText(perSecond)} ${over}${then}`;
}

function errorsText({ now, before, unread, unseen }: RedSight): string {
  const { errorRatio, requests, over } = now;
  if (requests === 0 || Number.isNaN(errorRatio)) return `is unknown: no requests ${over}`;
  if (errorRatio === undefined && now.perSecond === undefined && requests === undefined) {
    return `is unknown: no value of it ${over}`;
  }
  if (errorRatio === undefined) return `is unknown: ${unseen?.errors ?? 'nothing tells which requests failed'}`;
  if (!Number.isFinite(errorRatio)) return `is unknown: it is told to be infinite ${over}`;
  const verdict = judgeErrors(now, before?.errorRatio);
  const counted = countText(now);
  const unreadText = unread?.errorRatio === undefined ? '' : noBaseline(unread.errorRatio);
  const then =
    before?.errorRatio === undefined ? unreadText : `; ${percentText(before.errorRatio.median)} ${before.over}`;
  const seen = `${counted}${latestText(now)}${then}${routeText(now)}`;
  const ratio = percentText(errorRatio);
  if (verdict === 'unknown' && now.isOld === true) return `is unknown for now: ${seen}, ${ratio} in all`;
  if (requests !== undefined && requests < fewRequests) {
    return verdict === 'unknown' ? `is unknown, with so few requests: ${seen}` : `is ${ratio} of few requests: ${seen}`;
  }
  return `is ${ratio}${counted === over ? ' ' : ': '}${seen}`;
}

/** `38 of 412 requests failed since it started 12 min ago`, as far as they were counted. */
function countText({ requests, failed, over }: Red): string {
  if (requests === undefined || failed === undefined) return over;
  const [all, some] = [Math.round(requests), Math.round(failed)];
  return `${some === 0 ? 'none' : String(some)} of ${String(all)} request${all === 1 ? '' : 's'} failed ${over}`;
}

function latestText({ latestErrorRatio }: Red): string {
  return latestErrorRatio === undefined ? '' : `, ${percentText(latestErrorRatio)} in the last minute`;
}

function routeText({ worst }: Red): string {
  if (worst === undefined) return '';
  const status = worst.status === undefined ? '' : ` (${worst.status})`;
  return `; route ${worst.route}: ${percentText(worst.failed / worst.requests)} fail${status}`;
}

function noBaseline(unread: string | undefined): string {
  return unread === undefined
    ? '; nothing from before to compare it with'
    : `; what was before is not known: ${unread}`;
}

/** The slowest first: `p99 is 1.2 s, p95 600 ms, p50 20 ms in the last 5 min; p99 110 ms in the hour before impact`. */
function latencyText({ now, before, unread = {}, unseen }: RedSight): string {
  const known = redQuantiles.toReversed().flatMap((name) => {
    const value = now[name];
    return value === undefined || Number.isNaN(value) ? [] : [{ name, value, then: before?.[name] }];
  });
  if (known.length === 0) {
    const none = now.requests === 0 || redQuantiles.some((name) => now[name] !== undefined);
    return `is unknown: ${none ? `no requests ${now.over}` : (unseen?.latency ?? 'nothing tells how long they take')}`;
  }
  const text = known
    .map(({ name, value }, index) => `${name}${index === 0 ? ' is' : ''} ${secondsText(value)}`)
    .join(', ');
  const then = known.flatMap((one) => (one.then === undefined ? [] : [`${one.name} ${secondsText(one.then.median)}`]));
  const few =
    now.requests !== undefined && now.requests < fewRequests ? ` of ${String(Math.round(now.requests))} requests` : '';
  const told = then.length === 0 ? '' : `; ${then.join(', ')} ${before?.over ?? ''}`;
  const why = unreadLatency(unread);
  const compared = then.length === 0 || why !== undefined ? `${told}${noBaseline(why)}` : told;
  return `${text}${few} ${now.over}${compared}`;
}
