import { isIncidentError } from '../incident/incidentError.ts';
import { reasonOf } from './observeAll.ts';

/** A part of a look that may be missing: `why` is a part of a sentence. */
export type LookPart<T> =
  { readonly kind: 'told'; readonly value: T } | { readonly kind: 'missing'; readonly why: string };

export interface PartLimits {
  /** Aborts when the whole look ends: its time is over, or a person cancels it. */
  readonly signal: AbortSignal;
  /** Aborts when the time for this part is over. */
  readonly enough: AbortSignal;
  /** What is said of a part that took longer. */
  readonly late: string;
}

/** Of a look's time: what is only compared with, or drawn, must not make late what was seen. */
const comparisonShare = 0.7;

/** The limits of what a look at `shown` can do without; its time begins now. */
export function comparisonLimits(shown: string, limitMs: number, signal: AbortSignal): PartLimits {
  return { signal, enough: AbortSignal.timeout(comparisonShare * limitMs), late: `${shown} took too long` };
}

/**
 * Lets a part of a look fail or be late by itself, so that the rest is told all the same. Throws when `signal` aborts, and what
 * nobody foresaw.
 */
export async function lookPart<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { signal, enough, late }: PartLimits,
): Promise<LookPart<T>> {
  const isOver = whenAborted(enough);
  try {
    enough.throwIfAborted();
    return { kind: 'told', value: await Promise.race([work(AbortSignal.any([signal, enough])), isOver.reached]) };
  } catch (error) {
    if (signal.aborted) throw error;
    // Whatever an aborted request throws: it was this limit that ended it.
    if (enough.aborted) return { kind: 'missing', why: late };
    if (!isIncidentError(error) || error.reason === 'cancelled') throw error;
    return { kind: 'missing', why: reasonOf(error).replace(/\.$/, '') };
  } finally {
    isOver.dispose();
  }
}

/** The value of a part; undefined where it is missing. */
export function toldOf<T>(part: LookPart<T>): T | undefined {
  return part.kind === 'told' ? part.value : undefined;
}

/** Why a part is missing; undefined where it is told. */
export function missingOf(part: LookPart<unknown>): string | undefined {
  return part.kind === 'missing' ? part.why : undefined;
}

/** `reached` rejects when the signal aborts: not every reader listens to one. */
function whenAborted(signal: AbortSignal): { readonly reached: Promise<never>; dispose(): void } {
  let abort = (): void => undefined;
  const reached = new Promise<never>((_, reject) => {
    abort = () => {
      reject(new Error('The time for it is over.'));
    };
    signal.addEventListener('abort', abort, { once: true });
  });
  // Where the work was not begun nobody listens to it.
  reached.catch(() => undefined);
  return {
    reached,
    dispose: () => {
      signal.removeEventListener('abort', abort);
    },
  };
}
