import type { Event } from '../incident/incidentStore.ts';

/** The source of an event. A listener that throws does not keep the others from hearing. */
export interface Emitter<T> {
  readonly event: Event<T>;
  fire(value: T): void;
}

/** @param onError hears what listeners throw */
export function createEmitter<T>(onError: (error: unknown) => void): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    event: (listener) => {
      // Each subscription is its own, also of one listener twice.
      const own = (value: T): void => {
        listener(value);
      };
      listeners.add(own);
      return { dispose: () => void listeners.delete(own) };
    },
    fire: (value) => {
      for (const listener of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
