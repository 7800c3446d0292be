import type { IsoTime } from '../../incident/isoTime.ts';
import type { Severity } from '../../incident/severity.ts';
import { isWorse, severities } from '../../incident/severity.ts';
import type { AlertStatus } from '../../signals/alerts/alert.ts';
import { alertStatuses } from '../../signals/alerts/alert.ts';
import type { ListedAlert } from './alertSight.ts';

/** Alerts of one name and level from one source: what a rule makes of several instances. */
export interface AlertGroup {
  /** The same at every look: `group/alertmanager/prod/CheckoutErrors/SEV1`. */
  readonly id: string;
  readonly name: string;
  readonly severity: Severity | undefined;
  /** That of the alert that asks for somebody first. */
  readonly status: AlertStatus;
  /** When the first of them began; undefined when none says. */
  readonly since: IsoTime | undefined;
  /** At least one, the one that asks for somebody first in front. */
  readonly alerts: readonly [ListedAlert, ...ListedAlert[]];
}

/** What asks for somebody before what does not, then the worst, then the newest. An unknown level may be the worst. */
export function alertGroups(alerts: readonly ListedAlert[]): readonly AlertGroup[] {
  const groups = new Map<string, ListedAlert[]>();
  for (const alert of alerts) {
    const id = ['group', alert.kind, alert.source, alert.name, alert.level.severity ?? 'unknown'].join('/');
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [alert]);
    else group.push(alert);
  }
  return [...groups].flatMap(([id, members]) => groupOf(id, members)).sort(inOrder);
}

function groupOf(id: string, members: readonly ListedAlert[]): readonly AlertGroup[] {
  const [first, ...others] = members.toSorted(alertsInOrder);
  if (first === undefined) return [];
  const since = members.flatMap((alert) => alert.since ?? []).sort()[0];
  return [
    { id, name: first.name, severity: first.level.severity, status: first.status, since, alerts: [first, ...others] },
  ];
}

function inOrder(a: AlertGroup, b: AlertGroup): number {
  const byStatus = alertStatuses.indexOf(a.status) - alertStatuses.indexOf(b.status);
  if (byStatus !== 0) return byStatus;
  if (a.severity !== b.severity) return rank(a.severity) - rank(b.severity);
  return newestFirst(a.since, b.since) || (a.id < b.id ? -1 : 1);
}

function alertsInOrder(a: ListedAlert, b: ListedAlert): number {
  const byStatus = alertStatuses.indexOf(a.status) - alertStatuses.indexOf(b.status);
  return byStatus || newestFirst(a.since, b.since) || (a.id < b.id ? -1 : 1);
}

function newestFirst(a: IsoTime | undefined, b: IsoTime | undefined): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? 1 : -1;
}

/** Between SEV1 and SEV2: it may be anything, and something known to be a total outage comes first. */
function rank(severity: Severity | undefined): number {
  return severity === undefined ? 0.5 : severities.indexOf(severity);
}

/** True when a group is at the level or above it. Of what nobody knows the level the worse is assumed. */
export function isAtLeast(group: Pick<AlertGroup, 'severity'>, level: Severity): boolean {
  return group.severity === undefined || !isWorse(level, group.severity);
}
