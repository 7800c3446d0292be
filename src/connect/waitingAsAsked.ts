import { isoTimeOf } from '../incident/isoTime.ts';
import { HttpError, isHttpError } from './httpError.ts';

/** A server that is asked too often may name a long time; a person who looks again wants to know how it is now. */
const longestWaitMs = 15 * 60_000;

/**
 * For the questions to one server: once it refused one as too many and said for how long (429 with Retry-After), the next
 * ones fail without being sent until that is over, at most a quarter of an hour. `address` as it may be shown.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function waitingAsAsked(address: string): <T>(ask: () => Promise<T>) => Promise<T> {
  let until = 0;
  return async (ask) => {
    const leftMs = until - Date.now();
    if (leftMs > 0) throw askedToWait(address, until, leftMs);
    try {
      return await ask();
    } catch (error) {
      if (isHttpError(error, 'rateLimited')) {
        until = Math.max(until, Date.now() + Math.min(error.retryAfterMs ?? 0, longestWaitMs));
      }
      throw error;
    }
  };
}

function askedToWait(address: string, until: number, retryAfterMs: number): HttpError {
  const time = isoTimeOf(until).slice(11, 19);
  return new HttpError(
    'rateLimited',
    `${address} is not asked again before ${time} UTC: it was asked too often (429).`,
    {
      status: 429,
      retryAfterMs,
    },
  );
}
