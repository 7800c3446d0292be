import type { Verdict } from '../../incident/words.ts';
import type { BurnAlert } from './burnAlerts.ts';

/** What is known of one window. */
export type WindowBurn =
  | { readonly kind: 'seen'; readonly burn: number }
  /** There is data for about so much of it, and the burn is that of this part. */
  | { readonly kind: 'partial'; readonly burn: number; readonly coveredMinutes: number }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What the windows come to. */
export interface BurnJudgement {
  readonly verdict: Extract<Verdict, 'ok' | 'suspicious' | 'bad' | 'unknown'>;
  /** The first alert that fires, in the order they were given: the fastest first. */
  readonly firing?: BurnAlert;
}

/**
 * Bad when a page fires, suspicious when a ticket does. Never *ok* when a window was not seen whole; a window seen in part may
 * fire, as it would in Prometheus: what was seen burns.
 */
export function judgeBurn(
  alerts: readonly BurnAlert[],
  windowOf: (minutes: number) => WindowBurn | undefined,
): BurnJudgement {
  const burns = (minutes: number, factor: number): boolean => {
    const window = windowOf(minutes);
    return window !== undefined && window.kind !== 'unknown' && window.burn >= factor;
  };
  const fires = ({ longMinutes, shortMinutes, factor }: BurnAlert) =>
    burns(longMinutes, factor) && burns(shortMinutes, factor);
  const firing =
    alerts.find((alert) => alert.kind === 'page' && fires(alert)) ??
    alerts.find((alert) => alert.kind === 'ticket' && fires(alert));
  if (firing !== undefined) return { verdict: firing.kind === 'page' ? 'bad' : 'suspicious', firing };
  const isSeen = alerts
    .flatMap(({ longMinutes, shortMinutes }) => [longMinutes, shortMinutes])
    .every((minutes) => windowOf(minutes)?.kind === 'seen');
  return { verdict: isSeen && alerts.length > 0 ? 'ok' : 'unknown' };
}
