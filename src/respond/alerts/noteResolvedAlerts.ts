import type { Decide, IncidentStore } from '../../incident/incidentStore.ts';
import type { AttachedAlert, IncidentState } from '../../incident/state.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import type { AlertSight } from './alertSight.ts';

export interface NoteResolvedTools {
  readonly store: Pick<IncidentStore, 'list' | 'open'>;
  /** True for the one window of the machine that may do it. */
  claim(key: string): Promise<boolean>;
}

/** A window that could not write what it claimed must not keep it from the record for ever. */
const claimedForMs = 600_000;

/**
 * Records in open incidents which of their alerts are told no more: only of sources that answered, and told all they have. Of
 * several windows one records it. Throws the first error of an incident after all others were recorded.
 */
export async function noteResolvedAlerts({ store, claim }: NoteResolvedTools, sight: AlertSight): Promise<void> {
  const noting = store
    .list()
    .filter(({ open }) => open)
    .map(async ({ id }) => {
      const handle = await store.open(id);
      for (const alert of endedAlerts(handle.state, sight)) {
        const round = Math.floor(epochMsOf(sight.at) / claimedForMs);
        if (!(await claim(['alert.resolved', id, alert.event, String(round)].join('/')))) continue;
        await handle.record(decideResolved(alert));
      }
    });
  // A record that cannot be written must not keep the others from theirs.
  await Promise.allSettled(noting);
  await Promise.all(noting);
}

/** The attached alerts that a look did not see any more. */
export function endedAlerts(
  { alerts, closed }: Pick<IncidentState, 'alerts' | 'closed'>,
  { at, sources }: AlertSight,
): readonly AttachedAlert[] {
  if (closed !== undefined) return [];
  return alerts.filter((alert) => {
    // What was attached after the look began was seen by another look.
    if (alert.resolvedAt !== undefined || alert.at >= at) return false;
    const told = sources.find(({ shown }) => shown === alert.source)?.told;
    return told?.kind === 'answered' && told.left === 0 && !told.fingerprints.has(alert.fingerprint);
  });
}

function decideResolved({ source, fingerprint, name, event }: AttachedAlert): Decide {
  return ({ alerts }) => {
    const isOpen = alerts.some((alert) => alert.event === event && alert.resolvedAt === undefined);
    return isOpen ? [{ type: 'alert.resolved', data: { source, fingerprint, name } }] : [];
  };
}
