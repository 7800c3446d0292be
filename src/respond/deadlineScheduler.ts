import { deadlinesOf } from '../incident/deadlinesOf.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { epochMsOf, minuteMs } from '../incident/isoTime.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Log } from '../incident/useCase.ts';
import type { Reminder } from './reminders.ts';
import { remindersAt } from './reminders.ts';

/** A timer never sleeps longer: sleep of the machine, clock changes and hidden windows then do no harm. */
const longestSleepMs = 30_000;

export interface SchedulerOptions {
  now(): IsoTime;
  /** The open incidents as they stand. */
  incidents(): readonly { readonly id: string; readonly state: IncidentState }[];
  /** Called when a minute or a standing has changed: countdowns are drawn again. */
  onTick(): void;
  /** True when nothing may be shown just now; what is due comes at the next look. */
  isBusy(): boolean;
  /** True for the one window of the machine that may show this reminder; never twice for a key. */
  claim(key: string): Promise<boolean>;
  remind(reminder: Reminder): void;
  readonly log: Log;
}

/** The one scheduler: looks at the wall clock, and sleeps until the next deadline changes or half a minute has gone. */
export interface DeadlineScheduler {
  /** Looks now, and sleeps anew: after events, and when the computer wakes. */
  look(): void;
  dispose(): void;
}

/** Starts the scheduler; with no open incident it sleeps until `look` is called. */
export function startDeadlineScheduler(options: SchedulerOptions): DeadlineScheduler {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const claimed = new Set<string>();

  const remind = async (reminder: Reminder): Promise<void> => {
    if (claimed.has(reminder.key)) return;
    claimed.add(reminder.key);
    try {
      if (await options.claim(reminder.key)) options.remind(reminder);
    } catch (error) {
      options.log.error(`Reminder ${reminder.key} could not be claimed; it is shown all the same.`, error);
      options.remind(reminder);
    }
  };

  const look = (): void => {
    clearTimeout(timer);
    if (ended) return;
    const incidents = options.incidents();
    if (incidents.length === 0) return;
    const now = options.now();
    let sleepMs = Math.min(longestSleepMs, minuteMs - (epochMsOf(now) % minuteMs));
    for (const { id, state } of incidents) {
      const { deadlines, nextChangeAt } = deadlinesOf(state, now);
      if (nextChangeAt !== undefined) sleepMs = Math.min(sleepMs, epochMsOf(nextChangeAt) - epochMsOf(now));
      if (options.isBusy()) continue;
      for (const reminder of remindersAt(id, state, deadlines, now)) void remind(reminder);
    }
    timer = setTimeout(tick, Math.max(50, sleepMs + 5));
    timer.unref();
  };

  const tick = (): void => {
    options.onTick();
    look();
  };

  look();
  return {
    look,
    dispose: () => {
      ended = true;
      clearTimeout(timer);
    },
  };
}
