import type { Log } from '../../incident/useCase.ts';
import { isIncidentError } from '../../incident/incidentError.ts';
import { alertRefreshMs } from './alertReader.ts';

export interface AlertPollerOptions {
  /** Somebody looks, an incident is open, or alerts are watched. */
  isWanted(): boolean;
  /** Looks once; pauses between looks at a source that fails are its affair. */
  look(signal: AbortSignal): Promise<void>;
  readonly log: Log;
}

/** Looks at alerts every half minute for as long as that is wanted. */
export interface AlertPoller {
  /** To be called when it may have become wanted: looks at once unless it did within the last half minute; `anew` all the same. */
  wake(options?: { readonly anew?: boolean }): void;
  dispose(): void;
}

export function startAlertPoller({ isWanted, look, log }: AlertPollerOptions): AlertPoller {
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let nextAt = 0;

  const run = async (): Promise<void> => {
    looking = true;
    nextAt = Date.now() + alertRefreshMs;
    try {
      await look(ended.signal);
    } catch (error) {
      if (!isIncidentError(error, 'cancelled')) log.error('The alerts could not be looked at.', error);
    } finally {
      looking = false;
      schedule();
    }
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (ended.signal.aborted || looking || !isWanted()) return;
    timer = setTimeout(() => void run(), Math.max(0, Math.min(alertRefreshMs, nextAt - Date.now())));
    timer.unref();
  };

  schedule();
  return {
    wake: ({ anew = false } = {}) => {
      if (anew) nextAt = 0;
      schedule();
    },
    dispose: () => {
      ended.abort();
      clearTimeout(timer);
    },
  };
}
