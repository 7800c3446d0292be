import { formatDuration } from '../../documents/timeText.ts';
import { counted } from './amounts.ts';
import type { Reading, Resource } from './resource.ts';

/** So long before impact a start may have to do with it. */
const beforeImpactSeconds = 30 * 60;

/**
 * Judges the part `start`, seconds since 1970, and where it is there `restarts`, how often it changed in the last 30 min. One
 * start after impact began is what a deploy or a remedy does: it is told, and fine.
 */
export function startedLately(word: 'started' | 'booted'): Pick<Resource, 'judge' | 'why'> {
  return {
    why: 'Suspicious when it started within 30 min before impact, or twice in the last 30 min; bad from five times.',
    judge: ({ values: { start, restarts = 0 }, nowSeconds, impactSeconds }: Reading) => {
      if (start === undefined || start <= 0) return undefined;
      // The clock of the machine may be ahead.
      const age = Math.max(0, nowSeconds - start);
      const sinceImpact = start - impactSeconds;
      const isJustBefore = sinceImpact < 0 && sinceImpact >= -beforeImpactSeconds;
      const often = Math.round(restarts);
      const side = sinceImpact < 0 ? 'before' : 'after';
      const isTold = isJustBefore || sinceImpact >= 0;
      const near = isTold ? `, ${formatDuration(Math.abs(sinceImpact) * 1000)} ${side} impact began` : '';
      const times = often < 1 ? '' : `, ${counted(often, 'time', 'times')} in the last 30 min`;
      return {
        verdict: often >= 5 ? 'bad' : often >= 2 || isJustBefore ? 'suspicious' : 'ok',
        text: `${word} ${formatDuration(age * 1000)} ago${near}${times}`,
        rank: often - age / 1e9,
      };
    },
  };
}
