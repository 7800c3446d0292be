import { formatTime } from '../../documents/timeText.ts';
import type { AlertAction, AttachedAlert } from '../../incident/state.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { Row } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';

/** The alerts that belong to an incident, and what was done where they are told. */
export function attachedAlertRows(context: RowContext): readonly Row[] {
  const { alerts, alertActions } = context.state;
  return [
    ...alerts.map((alert) => alertRow(context, alert)),
    ...alertActions.map((action) => actionRow(context, action)),
  ];
}

function alertRow(context: RowContext, { event, name, startsAt, resolvedAt, source }: AttachedAlert): Row {
  const since = startsAt === undefined ? 'fires' : `fires since ${formatTime(startsAt, context.zone)}`;
  const words = [
    plainLine(name, 120),
    resolvedAt === undefined ? since : `resolved ${formatTime(resolvedAt, context.zone)}`,
  ];
  return {
    ...{ id: rowId(context, 'alert', event), label: 'Alert', description: words.join(' · ') },
    icon: resolvedAt === undefined ? { id: 'bell-dot' } : { id: 'pass' },
    tooltip: [...words, `Told by ${plainLine(source)}`].join('\n'),
    aria: `Alert ${words.join(', ')}`,
  };
}

/** What was begun and has no end in the record may have been done, or not. */
function actionRow(context: RowContext, { action, kind, name, target, until, outcome }: AlertAction): Row {
  const label = kind === 'silence' ? 'Silence' : 'Acknowledgement';
  const became =
    outcome.kind === 'done'
      ? `done${until === undefined ? '' : `, until ${formatTime(until, context.zone)}`}`
      : outcome.kind === 'failed'
        ? `not done${outcome.note === undefined ? '' : `: ${plainLine(outcome.note)}`}`
        : `outcome unknown: look at ${plainLine(target)}`;
  const words = [plainLine(name, 120), became];
  return {
    ...{ id: rowId(context, 'alertAction', action), label, description: words.join(' · ') },
    icon: { id: outcome.kind === 'done' ? 'pass' : outcome.kind === 'failed' ? 'error' : 'question' },
    aria: `${label} of alert ${words.join(', ')}`,
  };
}
