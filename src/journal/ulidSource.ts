import { monotonicFactory } from 'ulid';
import type { Ulid } from '../incident/ids.ts';
import { epochMsOf } from '../incident/isoTime.ts';
import type { Clock } from '../incident/useCase.ts';

/** Makes ULIDs of the clock's time that always ascend, also when the clock is set back. */
export function createUlidSource(clock: Clock): () => Ulid {
  const next = monotonicFactory();
  return () => next(epochMsOf(clock.now()));
}
