import type { Ulid } from '../../incident/ids.ts';
import type { Decide, IncidentHandle, IncidentStore } from '../../incident/incidentStore.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import type { AttachedAlert, IncidentState } from '../../incident/state.ts';
import { attachedIn, attachTo } from './alertRecord.ts';
import type { AlertSight, ListedAlert } from './alertSight.ts';

export interface FollowAlertsTools {
  readonly store: Pick<IncidentStore, 'list' | 'open'>;
  /** True for the one window of the machine that may do it. */
  claim(key: string): Promise<boolean>;
}

/** An attached alert that ended, and since when it was not told any more. */
export interface EndedAlert {
  readonly alert: AttachedAlert;
  readonly at: IsoTime;
}

/** A window that could not write what it claimed must not keep it from the record for ever. */
const claimedForMs = 600_000;

/**
 * So long an alert has to be missing before it has ended. An Alertmanager that was restarted tells of none until Prometheus sends
 * them again: at the first evaluation more than a minute after the last time (`--rules.alert.resend-delay`), which is the second
 * where rules are evaluated every minute, as by default. Half a minute lies between two looks.
 */
export const missingForMs = 150_000;

/**
 * Makes what records in open incidents which of their alerts ended, and which fire again. An alert has ended when no look of
 * `missingForMs` saw it: its end is the first of them. Only sources that answered, and told all they have, are believed. Of
 * several windows one records it. Throws the first error of an incident after all others were recorded.
 */
export function createAlertFollower({ store, claim }: FollowAlertsTools): (sight: AlertSight) => Promise<void> {
  const missingSince = new Map<Ulid, IsoTime>();
  const follow = async (handle: IncidentHandle, sight: AlertSight): Promise<void> => {
    const mayRecord = (what: string, { event }: AttachedAlert): Promise<boolean> => {
      const round = Math.floor(epochMsOf(sight.at) / claimedForMs);
      return claim([what, handle.id, event, String(round)].join('/'));
    };
    for (const { alert, at } of endedAlerts(handle.state, sight, missingSince)) {
      if (await mayRecord('alert.resolved', alert)) await handle.record(decideResolved(alert, at));
    }
    for (const { alert, told } of returnedAlerts(handle.state, sight)) {
      if (await mayRecord('alert.attached', alert)) await attachTo(handle, told);
    }
  };
  return async (sight) => {
    const following = store
      .list()
      .filter(({ open }) => open)
      .map(async ({ id }) => follow(await store.open(id), sight));
    // A record that cannot be written must not keep the others from theirs.
    await Promise.allSettled(following);
    await Promise.all(following);
  };
}

/** The attached alerts that ended. Keeps in `missingSince` when each of them was first not told. */
export function endedAlerts(
  { alerts, closed }: Pick<IncidentState, 'alerts' | 'closed'>,
  sight: AlertSight,
  missingSince: Map<Ulid, IsoTime>,
): readonly EndedAlert[] {
  return alerts.flatMap((alert) => {
    if (closed !== undefined || alert.resolvedAt !== undefined || !isMissing(alert, sight)) {
      missingSince.delete(alert.event);
      return [];
    }
    const at = missingSince.get(alert.event) ?? sight.at;
    missingSince.set(alert.event, at);
    return epochMsOf(sight.at) - epochMsOf(at) >= missingForMs ? [{ alert, at }] : [];
  });
}

function isMissing({ at, source, fingerprint }: AttachedAlert, sight: AlertSight): boolean {
  // What was attached after the look began was seen by another look.
  if (at >= sight.at) return false;
  const told = toldBy(source, sight);
  return told?.left === 0 && !told.alerts.has(fingerprint);
}

/** The attached alerts that had ended and are told again. */
function returnedAlerts(
  state: Pick<IncidentState, 'alerts' | 'closed'>,
  sight: AlertSight,
): readonly { readonly alert: AttachedAlert; readonly told: ListedAlert }[] {
  if (state.closed !== undefined) return [];
  return state.alerts.flatMap((alert) => {
    const told = toldBy(alert.source, sight)?.alerts.get(alert.fingerprint);
    // A pending one may never fire.
    if (told === undefined || told.status === 'pending' || attachedIn(state, told) !== undefined) return [];
    return alert.resolvedAt !== undefined && alert.resolvedAt < sight.at ? [{ alert, told }] : [];
  });
}

function toldBy(
  source: string,
  { sources }: AlertSight,
): Extract<AlertSight['sources'][number]['told'], { readonly kind: 'answered' }> | undefined {
  const told = sources.find(({ shown }) => shown === source)?.told;
  return told?.kind === 'answered' ? told : undefined;
}

function decideResolved({ source, fingerprint, name, event }: AttachedAlert, at: IsoTime): Decide {
  return ({ alerts }) => {
    const isOpen = alerts.some((alert) => alert.event === event && alert.resolvedAt === undefined);
    return isOpen ? [{ type: 'alert.resolved', at, data: { source, fingerprint, name } }] : [];
  };
}
