import { formatDuration, formatTime } from '../../documents/timeText.ts';
import { closeOutcomeNames, statusNames } from '../../documents/wordNames.ts';
import { mostUrgent } from '../../incident/deadlinesOf.ts';
import type { IncidentSummary } from '../../incident/incidentStore.ts';
import { epochMsOf } from '../../incident/isoTime.ts';
import type { Severity } from '../../incident/severity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { deadlineNames, standingText } from './deadlineText.ts';
import { investigationRow } from './investigationRows.ts';
import { learningRow, timelineRow } from './learningRows.ts';
import { problemRows } from './problemRows.ts';
import { responseRow } from './responseRows.ts';
import type { Row } from './row.ts';
import { contextOf } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { communicationRow, mitigationRow, verificationRow } from './workRows.ts';

/** Opaque in every theme. The level itself is always in words beside the icon. */
export const severityColors: Readonly<Record<Severity, string>> = {
  SEV1: 'problemsErrorIcon.foreground',
  SEV2: 'problemsWarningIcon.foreground',
  SEV3: 'charts.yellow',
  SEV4: 'charts.blue',
};

/** An incident with all its steps, in the order of the protocol. */
export function incidentRow(context: RowContext): Row {
  const { state, deadlines, now, zone, elsewhere } = context;
  const urgent = mostUrgent(deadlines);
  const title = plainLine(state.title, 200);
  const words = [
    ...marksOf(state, elsewhere),
    statusText(state),
    ...(urgent === undefined ? [] : [`${deadlineNames[urgent.kind].toLowerCase()} ${standingText(urgent, now)}`]),
  ];
  const declaredAt = state.declared?.at;
  const age =
    declaredAt === undefined
      ? []
      : [
          `Declared ${formatTime(declaredAt, zone)}, ${formatDuration(Math.max(0, epochMsOf(now) - epochMsOf(declaredAt)))} ago`,
        ];
  return {
    id: context.id,
    label: `${state.severity} ${title}`,
    description: words.join(' · '),
    icon: iconOf(state),
    tooltip: [
      `${state.severity} ${title}`,
      `Impact: ${state.impact === '' ? 'unknown' : state.impact}`,
      ...age,
      state.channel,
    ].join('\n'),
    aria: `Incident ${state.severity} ${title}, ${words.join(', ')}`,
    context: contextOf('incident', {
      open: state.closed === undefined,
      ended: state.status === 'resolved' || state.status === 'closed',
      working: state.status !== 'resolved' && state.status !== 'closed',
      unacknowledged: state.moments.acknowledged === undefined,
      broken: context.problems.length > 0,
    }),
    args: { incident: context.id },
    expanded: state.closed === undefined,
    children: [
      ...problemRows(context),
      responseRow(context),
      investigationRow(context),
      mitigationRow(context),
      communicationRow(context),
      verificationRow(context),
      learningRow(context),
      timelineRow(context),
    ],
  };
}

/** An incident of which only the summary is read: its steps load when it is opened. */
export function summaryRow(summary: IncidentSummary): Row {
  const title = plainLine(summary.title, 200);
  const words = [
    ...(summary.drill ? ['drill'] : []),
    ...(summary.confidential ? ['confidential'] : []),
    statusNames[summary.status],
    summary.declaredAt.slice(0, 10),
  ];
  return {
    id: summary.id,
    label: `${summary.severity} ${title}`,
    description: words.join(' · '),
    icon: { id: 'archive' },
    aria: `Incident ${summary.severity} ${title}, ${words.join(', ')}`,
    context: contextOf('incident', { open: summary.open, ended: true }),
    args: { incident: summary.id },
    children: [],
  };
}

function marksOf(state: IncidentState, elsewhere: string | undefined): readonly string[] {
  return [
    ...(state.drill ? ['drill'] : []),
    ...(state.confidential ? ['confidential'] : []),
    ...(elsewhere === undefined ? [] : [`in ${elsewhere}`]),
  ];
}

function statusText(state: IncidentState): string {
  if (state.closed === undefined || state.closed.outcome === 'completed') return statusNames[state.status];
  return `${statusNames.closed}: ${closeOutcomeNames[state.closed.outcome]}`;
}

function iconOf(state: IncidentState): { readonly id: string; readonly color?: string } {
  if (state.status === 'closed') return { id: 'archive' };
  if (state.status === 'resolved') return { id: 'pass-filled', color: 'testing.iconPassed' };
  return { id: 'flame', color: severityColors[state.severity] };
}
