import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Ulid } from '../incident/ids.ts';
import { epochMsOf } from '../incident/isoTime.ts';
import type { Clock } from '../incident/useCase.ts';

/** Makes ULIDs of the clock's time that always ascend, also when the clock is set back. */
export function createUlidSource(clock: Clock): () => Ulid {
  const next = monotonicFactory(createRandom());
  return () => next(epochMsOf(clock.now()));
}

/** Numbers from 0 up to 1. The package asks the system for each of the 16 characters, which costs more than the rest of a record. */
function createRandom(): () => number {
  const bytes = new Uint8Array(256);
  let used = bytes.length;
  return () => {
    if (used === bytes.length) {
      randomFillSync(bytes);
      used = 0;
    }
    return (bytes[used++] ?? 0) / 256;
  };
}
