import { IncidentError, isIncidentError } from '../incident/incidentError.ts';
import type { IsoTime } from '../incident/isoTime.ts';
import { observation, type Observation } from './observation.ts';

/** One thing to look at, beside others. */
export interface ObservationTask {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly source: string;
  /** An IncidentError that it throws is what was seen: *unknown*, with the reason. */
  observe(signal: AbortSignal): Promise<readonly Observation[]>;
}

export interface ObservationLimits {
  readonly now: () => IsoTime;
  /** All together; what is not done by then is *unknown* and says so. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** Ten seconds: nobody waits longer for a look. */
export const defaultLimitMs = 10_000;

/**
 * Looks at everything at once. What one fails at is its own observation; the others go on. Resolves within the limit,
 * in the order of the tasks. Throws IncidentError `cancelled` at once when `signal` aborts, and what nobody foresaw.
 */
export async function observeAll(
  tasks: readonly ObservationTask[],
  { now, limitMs, signal }: ObservationLimits,
): Promise<readonly Observation[]> {
  if (signal.aborted) throw cancelled();
  const tooLong = new AbortController();
  const both = AbortSignal.any([signal, tooLong.signal]);
  const end = startLimit(signal, limitMs, tooLong);
  try {
    const seen = await Promise.all(
      tasks.map((task) =>
        Promise.race([
          observed(task, both, signal, now, limitMs),
          end.reached.then(() => [late(task, now(), limitMs)]),
        ]),
      ),
    );
    return seen.flat();
  } finally {
    end.dispose();
  }
}

async function observed(
  task: ObservationTask,
  both: AbortSignal,
  signal: AbortSignal,
  now: () => IsoTime,
  limitMs: number,
): Promise<readonly Observation[]> {
  try {
    return await task.observe(both);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    // Whatever an aborted request throws: it was the limit that ended it.
    if (both.aborted) return [late(task, now(), limitMs)];
    if (!isIncidentError(error)) throw error;
    return [unseen(task, now(), reasonOf(error))];
  }
}

/** Why something failed and what to do about it, for an observation that could not be made. */
export function reasonOf({ message, hint }: IncidentError): string {
  return [message, hint].filter(Boolean).join(' ');
}

/** An observation that could not be made, and why. */
export function unseen(
  { id, subject, name, source }: Pick<ObservationTask, 'id' | 'subject' | 'name' | 'source'>,
  at: IsoTime,
  reason: string,
): Observation {
  return observation({
    id,
    subject,
    name,
    source,
    at,
    verdict: 'unknown',
    text: `is unknown: ${reason.replace(/\.$/, '')}`,
  });
}

function late(task: ObservationTask, at: IsoTime, limitMs: number): Observation {
  return unseen(task, at, lateText(limitMs));
}

/** Why something is not known that took longer than its limit. */
export function lateText(limitMs: number): string {
  return `it was not done within ${String(Math.round(limitMs / 10) / 100)} s`;
}

/** `reached` resolves at the limit, and rejects when the signal aborts. */
function startLimit(
  signal: AbortSignal,
  limitMs: number,
  tooLong: AbortController,
): { readonly reached: Promise<void>; dispose(): void } {
  let dispose = (): void => undefined;
  const reached = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      tooLong.abort();
      resolve();
    }, limitMs);
    const abort = (): void => {
      reject(cancelled());
    };
    signal.addEventListener('abort', abort, { once: true });
    dispose = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  // With no task under way nobody else listens to it.
  reached.catch(() => undefined);
  return {
    reached,
    dispose: () => {
      dispose();
    },
  };
}

function cancelled(): IncidentError {
  return new IncidentError('cancelled', 'Looking at the signals was cancelled.');
}
