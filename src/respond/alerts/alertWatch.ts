import type { Severity } from '../../incident/severity.ts';
import type { AlertGroup } from './alertGroups.ts';
import { alertGroups, isAtLeast } from './alertGroups.ts';
import type { AlertSight } from './alertSight.ts';

export interface AlertWatchOptions {
  /** True for the one window of the machine that may tell of it, once. */
  claim(key: string): Promise<boolean>;
  tell(group: AlertGroup): void;
}

/** Tells once of each group of alerts that begins to fire. */
export interface AlertWatch {
  /** `level` undefined: alerts are not watched. */
  see(sight: AlertSight, level: Severity | undefined): Promise<void>;
}

/**
 * A group is new when the look before did not have it; of what fired before this window was opened, one window of the machine
 * tells. What is silenced, inhibited, pending or acknowledged is not told.
 */
export function createAlertWatch({ claim, tell }: AlertWatchOptions): AlertWatch {
  let known = new Map<string, AlertGroup>();
  return {
    see: async (sight, level) => {
      const groups = alertGroups(sight.alerts).filter(({ status }) => status === 'active');
      const fresh = groups.filter(({ id }) => !known.has(id));
      // Of a source that does not answer nobody knows that its alerts ended.
      const unseen = [...known].filter(([, { alerts }]) => !hasAnswered(sight, alerts[0].toldBy));
      known = new Map([...unseen, ...groups.map((group) => [group.id, group] as const)]);
      if (level === undefined) return;
      for (const group of fresh) {
        if (isAtLeast(group, level) && (await claim(keyOf(group)))) tell(group);
      }
    },
  };
}

function hasAnswered({ sources }: AlertSight, shown: string): boolean {
  return sources.some((source) => source.shown === shown && source.told.kind === 'answered');
}

function keyOf({ id, since, alerts: [first] }: AlertGroup): string {
  return ['alert', first.toldBy, id, since ?? 'unknown'].join('/');
}
