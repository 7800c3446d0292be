import { isIncidentError, messageOf } from '../incident/incidentError.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../incident/isoTime.ts';
import type { Log } from '../incident/useCase.ts';
import type { Check } from '../incident/words.ts';

/** The checks that look at signals: what they see changes by itself. */
export const watchedChecks: readonly Check[] = ['dependencies', 'infrastructure', 'traffic', 'logs', 'metrics'];

export interface ContinuousOptions {
  now(): IsoTime;
  /** False once nobody works on it any more: watching ends then. */
  isOpen(incident: IncidentId): Promise<boolean>;
  /** True for the one window of the machine that may look this time, beside the first time of each; never twice for a key. */
  claim(key: string): Promise<boolean>;
  /** Looks again, without a word where nothing changed. */
  run(incident: IncidentId, signal: AbortSignal): Promise<unknown>;
  /** Another incident is watched, or one no longer. */
  onChange(): void;
  readonly log: Log;
  /** From the end of one look to the beginning of the next; 30 s when absent. */
  readonly everyMs?: number;
}

/** Looks at the signals of incidents again and again, as long as a person wants it. */
export interface ContinuousChecks {
  isWatching(incident: IncidentId): boolean;
  /** Begins with a look at once, or ends one that is under way. True when it is watched now. */
  toggle(incident: IncidentId): boolean;
  dispose(): void;
}

interface Watch {
  readonly incident: IncidentId;
  /** Milliseconds since 1970. */
  nextAt: number;
  delayMs: number;
  failures: number;
  /** It has not looked yet. */
  isFirst: boolean;
  running: AbortController | undefined;
}

const defaultEveryMs = 30_000;
/** A timer never sleeps longer: sleep of the machine and clock changes then do no harm. */
const longestSleepMs = 30_000;
const longestDelayMs = 5 * minuteMs;

/** Never two looks of one incident at once; while looks fail, twice as long between them, up to five minutes. */
export function createContinuousChecks(options: ContinuousOptions): ContinuousChecks {
  const { everyMs = defaultEveryMs } = options;
  const watches = new Map<IncidentId, Watch>();
  let timer: NodeJS.Timeout | undefined;
  const nowMs = (): number => epochMsOf(options.now());

  const stop = (watch: Watch): void => {
    if (watches.get(watch.incident) !== watch) return;
    watches.delete(watch.incident);
    watch.running?.abort();
    look();
    options.onChange();
  };

  const runOnce = async (watch: Watch, ending: AbortController): Promise<void> => {
    const { incident } = watch;
    try {
      if (!(await options.isOpen(incident))) {
        stop(watch);
        return;
      }
      if (ending.signal.aborted) return;
      const turn = String(Math.floor(nowMs() / everyMs));
      const isMine = await options.claim(`watch ${incident} ${turn}`);
      // A person waits for the first one.
      if (isMine || watch.isFirst) await options.run(incident, ending.signal);
      watch.isFirst = false;
      watch.failures = 0;
    } catch (error) {
      if (ending.signal.aborted) return;
      if (isIncidentError(error, 'notFound')) {
        stop(watch);
        return;
      }
      watch.failures += 1;
      options.log.warn(`The signals of ${incident} could not be looked at again: ${messageOf(error)}`);
    } finally {
      watch.running = undefined;
      watch.delayMs = Math.min(everyMs * 2 ** watch.failures, Math.max(everyMs, longestDelayMs));
      watch.nextAt = nowMs() + watch.delayMs;
      look();
    }
  };

  const look = (): void => {
    clearTimeout(timer);
    const now = nowMs();
    const idle = () => [...watches.values()].filter(({ running }) => running === undefined);
    for (const watch of idle()) {
      // A clock that was set back must not keep it waiting.
      if (now < watch.nextAt && watch.nextAt - now <= watch.delayMs) continue;
      watch.running = new AbortController();
      void runOnce(watch, watch.running);
    }
    // What runs looks again when it is done.
    const waiting = idle().map(({ nextAt }) => nextAt - now);
    if (waiting.length === 0) return;
    timer = setTimeout(look, Math.max(50, Math.min(longestSleepMs, ...waiting)));
    timer.unref();
  };

  return {
    isWatching: (incident) => watches.has(incident),
    toggle: (incident) => {
      const known = watches.get(incident);
      if (known !== undefined) {
        stop(known);
        return false;
      }
      const begun = { nextAt: nowMs(), delayMs: everyMs, failures: 0, isFirst: true, running: undefined };
      watches.set(incident, { incident, ...begun });
      look();
      options.onChange();
      return true;
    },
    dispose: () => {
      clearTimeout(timer);
      const ended = [...watches.values()];
      watches.clear();
      for (const { running } of ended) running?.abort();
    },
  };
}
