import { IncidentError } from '../incident/incidentError.ts';
import { epochMsOf } from '../incident/isoTime.ts';
import type { Clock } from '../incident/useCase.ts';

/** Work whose result all who ask within some time share. */
export interface SharedWork<T> {
  /** Throws IncidentError `cancelled` at once when `signal` aborts; the work ends when nobody waits for it any more. */
  get(signal: AbortSignal): Promise<T>;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly ending: AbortController;
  waiting: number;
  /** In milliseconds since 1970; undefined until it is done. */
  doneAt?: number;
}

/** A result is kept for `keptMs` after it came; a failure is not kept, so that the next one to ask tries again. */
export function createSharedWork<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { keptMs, clock }: { readonly keptMs: number; readonly clock: Clock },
): SharedWork<T> {
  let current: Flight<T> | undefined;
  const begin = (): Flight<T> => {
    const ending = new AbortController();
    const flight: Flight<T> = { result: work(ending.signal), ending, waiting: 0 };
    const forget = () => {
      if (current === flight) current = undefined;
    };
    flight.result.then(() => (flight.doneAt = epochMsOf(clock.now())), forget);
    return flight;
  };
  const isFresh = ({ doneAt }: Flight<T>) => {
    const age = doneAt === undefined ? 0 : epochMsOf(clock.now()) - doneAt;
    // A clock that was set back must not keep a result for ever.
    return age >= 0 && age <= keptMs;
  };
  return {
    get: async (signal) => {
      if (signal.aborted) throw cancelled();
      const flight = current !== undefined && isFresh(current) ? current : begin();
      current = flight;
      flight.waiting += 1;
      try {
        return await orCancelled(flight.result, signal);
      } finally {
        flight.waiting -= 1;
        if (flight.waiting === 0 && flight.doneAt === undefined) {
          if (current === flight) current = undefined;
          flight.ending.abort();
        }
      }
    },
  };
}

async function orCancelled<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      reject(cancelled());
    };
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function cancelled(): IncidentError {
  return new IncidentError('cancelled', 'Waiting for it was cancelled.');
}
