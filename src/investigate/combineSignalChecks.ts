import type { Check } from '../incident/words.ts';
import type { SignalCheck } from './signalCheck.ts';

/** One check of several that look at different things for it, all at once; where none sees anything, the first says why. */
export function combineSignalChecks(check: Check, parts: readonly SignalCheck[]): SignalCheck {
  return {
    check,
    observe: async (context, signal) => {
      const results = await Promise.all(parts.map((part) => part.observe(context, signal)));
      return {
        observations: results.flatMap(({ observations }) => observations),
        nothing: results[0]?.nothing ?? '',
        charts: results.flatMap(({ charts = [] }) => charts),
      };
    },
  };
}
