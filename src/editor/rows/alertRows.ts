import { formatTime } from '../../documents/timeText.ts';
import type { IncidentId } from '../../incident/ids.ts';
import type { IsoTime } from '../../incident/isoTime.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { AlertGroup } from '../../respond/alerts/alertGroups.ts';
import { alertGroups } from '../../respond/alerts/alertGroups.ts';
import { attachedIn } from '../../respond/alerts/alertRecord.ts';
import type { AlertSight, ListedAlert } from '../../respond/alerts/alertSight.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { AlertStatus } from '../../signals/alerts/alert.ts';
import { alertDetailRows } from './alertDetailRows.ts';
import { alertSourceRows } from './alertSourceRows.ts';
import { severityColors } from './incidentRow.ts';
import type { Row } from './row.ts';
import { contextOf } from './row.ts';

/** What the rows of the Alerts view are made from. */
export interface AlertRowContext {
  readonly sight: AlertSight;
  /** IANA name of the zone shown beside UTC. */
  readonly zone: string;
  /** The rows that somebody opened: only their details are made. */
  readonly opened: ReadonlySet<string>;
  /** The open incidents, to say which an alert belongs to. */
  readonly incidents: readonly { readonly id: IncidentId; readonly state: IncidentState }[];
}

const statusNames: Readonly<Record<AlertStatus, string>> = {
  active: 'active',
  acknowledged: 'acknowledged',
  pending: 'pending: its rule waits',
  silenced: 'silenced',
  inhibited: 'inhibited by another alert',
};
const statusIcons: Readonly<Record<AlertStatus, string>> = {
  active: 'bell-dot',
  acknowledged: 'check',
  pending: 'watch',
  silenced: 'bell-slash',
  inhibited: 'circle-slash',
};

interface Drawing extends AlertRowContext {
  timeText(time: IsoTime): string;
}

/** Times for people, each minute once: alerts come in floods, and a zone's time costs more than all else of a row. */
function timeTexts(zone: string): Drawing['timeText'] {
  const known = new Map<string, string>();
  return (time) => {
    const minute = time.slice(0, 16);
    const text = known.get(minute) ?? formatTime(time, zone);
    known.set(minute, text);
    return text;
  };
}

/** First what could not be seen, then what fires: by rule where that is several alerts, what asks for somebody first in front. */
export function alertRows(context: AlertRowContext): readonly Row[] {
  const groups = alertGroups(context.sight.alerts);
  const drawing = { ...context, timeText: timeTexts(context.zone) };
  return [...alertSourceRows(context.sight, context.zone), ...groups.map((group) => groupRow(drawing, group))];
}

function groupRow(context: Drawing, group: AlertGroup): Row {
  const { alerts } = group;
  const [first] = alerts;
  if (alerts.length === 1) return alertRow(context, first);
  const active = alerts.filter(({ status }) => status === 'active').length;
  const count =
    active === alerts.length || active === 0
      ? `${String(alerts.length)} alerts`
      : `${String(alerts.length)} alerts, ${String(active)} active`;
  const words = [count, ...wordsOf(first, group.since, context)];
  return {
    ...lookOf(first, words),
    id: group.id,
    aria: ariaOf(first, words),
    context: contextOf('alert', { group: true, ...actsOf(first) }),
    args: { alert: first.id, labels: commonLabels(alerts) },
    children: alerts.map((alert) => alertRow(context, alert, true)),
  };
}

function alertRow(context: Drawing, alert: ListedAlert, isMember = false): Row {
  const belongsTo = context.incidents.find(({ state }) => attachedIn(state, alert) !== undefined);
  const words = [
    ...(isMember ? distinguishingLabels(alert) : []),
    ...wordsOf(alert, alert.since, context),
    ...(belongsTo === undefined ? [] : [`in ${belongsTo.state.severity} ${redactedLine(belongsTo.state.title, 60)}`]),
  ];
  return {
    ...lookOf(alert, words),
    id: alert.id,
    aria: ariaOf(alert, words),
    context: contextOf('alert', {
      ...actsOf(alert),
      linked: [alert.runbook, alert.link, alert.dashboard].some((link) => link !== undefined),
      attached: belongsTo !== undefined,
    }),
    args: { alert: alert.id },
    children: context.opened.has(alert.id) ? alertDetailRows(alert, belongsTo?.id) : [],
  };
}

function lookOf(alert: ListedAlert, words: readonly string[]): Pick<Row, 'label' | 'description' | 'tooltip' | 'icon'> {
  const label = `${alert.level.severity ?? 'SEV?'} ${alert.words.name}`;
  const color = alert.status === 'active' ? (alert.level.severity ?? 'SEV1') : undefined;
  const { description } = alert.words;
  return {
    label,
    description: words.join(' · '),
    tooltip: [label, ...words, ...(description === '' ? [] : [description]), `Told by ${alert.toldBy}`].join('\n'),
    icon: { id: statusIcons[alert.status], ...(color === undefined ? {} : { color: severityColors[color] }) },
  };
}

/** The level in words: the policy's, and what the source calls it. */
function ariaOf({ words: { name }, level }: ListedAlert, words: readonly string[]): string {
  return `Alert ${name}, severity ${level.severity ?? 'unknown'}, ${words.join(', ')}`;
}

function wordsOf(alert: ListedAlert, since: IsoTime | undefined, { timeText }: Drawing): readonly string[] {
  const { summary } = alert.words;
  const { text, severity } = alert.level;
  return [
    ...(alert.status === 'active' ? [] : [statusNames[alert.status]]),
    since === undefined ? 'since when is not told' : `since ${timeText(since)}`,
    ...(severity === undefined
      ? [text === undefined ? 'severity not told' : `severity “${redactedLine(text, 40)}”`]
      : []),
    ...(summary === '' ? [] : [summary]),
  ];
}

/** What most setups tell instances apart by. */
function distinguishingLabels({ labels }: ListedAlert): readonly string[] {
  const names = ['instance', 'pod', 'host', 'node', 'job'].filter((name) => Object.hasOwn(labels, name));
  return names.slice(0, 1).map((name) => redactedLine(labels[name] ?? '', 80));
}

function actsOf({ kind, status }: ListedAlert): { readonly silenceable: boolean; readonly acknowledgeable: boolean } {
  return {
    silenceable: kind === 'alertmanager' && status !== 'silenced',
    acknowledgeable: kind === 'pagerduty' && status === 'active',
  };
}

/** The names of the labels that all of them have with one value: what a silence of the group matches. */
function commonLabels([first, ...others]: AlertGroup['alerts']): readonly string[] {
  return Object.keys(first.labels).filter((name) => others.every(({ labels }) => labels[name] === first.labels[name]));
}
