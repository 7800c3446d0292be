import { IncidentError } from '../../incident/incidentError.ts';
import type { ReadsMetrics } from './readsMetrics.ts';

/** The same server with at most `most` questions under way: a server works out so many at a time, and others wait for it too. */
export function limitedReads(metrics: ReadsMetrics, most: number): ReadsMetrics {
  let running = 0;
  const waiting: (() => void)[] = [];
  const limited = async <T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
    if (running < most) running += 1;
    // Whoever ends hands over its place.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      if (signal.aborted) throw new IncidentError('cancelled', 'The question was cancelled before it was asked.');
      return await ask();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  return {
    name: metrics.name,
    shown: metrics.shown,
    instant: (query, options) => limited(options.signal, () => metrics.instant(query, options)),
    range: (query, options) => limited(options.signal, () => metrics.range(query, options)),
    names: (selector, signal) => limited(signal, () => metrics.names(selector, signal)),
    labelValues: (label, selector, signal) => limited(signal, () => metrics.labelValues(label, selector, signal)),
  };
}
