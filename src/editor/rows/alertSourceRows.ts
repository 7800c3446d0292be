import { formatTime } from '../../documents/timeText.ts';
import type { AlertSight, SourceSight } from '../../respond/alerts/alertSight.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import type { Row } from './row.ts';

/** What could not be seen, and why; and that nothing fires where everything was seen. None when nothing is configured. */
export function alertSourceRows({ alerts, sources, at }: AlertSight, zone: string): readonly Row[] {
  const waiting = sources.filter(({ told }) => told.kind === 'failed' && told.unconfirmed);
  const failed = sources.flatMap((source) => failedRow(source, zone));
  const answered = sources.filter(({ told }) => told.kind === 'answered');
  return [
    ...(waiting.length === 0 ? [] : [confirmRow(waiting)]),
    ...failed,
    ...sources.flatMap(askingRow),
    ...sources.flatMap(leftRow),
    ...(alerts.length > 0 || answered.length === 0
      ? []
      : [nothingRow(answered, answered.length < sources.length, formatTime(at, zone))]),
  ];
}

function confirmRow(waiting: readonly SourceSight[]): Row {
  const count = waiting.length;
  const label = count === 1 ? '1 address waits to be confirmed' : `${String(count)} addresses wait to be confirmed`;
  const names = waiting.map(({ shown }) => redactedLine(shown)).join('\n');
  return {
    ...{ id: 'unconfirmed', label, description: 'Confirm Addresses…', icon: { id: 'shield' }, args: {} },
    tooltip: `Nothing is asked before you said so, once per workspace:\n${names}`,
    aria: `${label}: ${names.replaceAll('\n', ', ')}. Confirm them`,
    command: { id: 'mayday.confirmAddresses', args: {} },
  };
}

function failedRow({ kind, name, shown, told }: SourceSight, zone: string): readonly Row[] {
  if (told.kind !== 'failed' || told.unconfirmed) return [];
  const { reason, againAt, last } = told;
  const before =
    last === undefined
      ? 'it never answered in this window'
      : `${String(last.count)} alert${last.count === 1 ? '' : 's'} at ${formatTime(last.at, zone)} may still fire`;
  const label = `${redactedLine(shown, 120)} was not seen`;
  const words = [redactedLine(reason, 300), before];
  return [
    {
      ...{
        id: `source/${kind}/${name}`,
        label,
        description: words.join(' · '),
        context: 'alertSource+failed',
        args: {},
      },
      icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
      tooltip: [label, ...words, ...(againAt === undefined ? [] : [`Asked again ${formatTime(againAt, zone)}`])].join(
        '\n',
      ),
      aria: `${label}: ${words.join(', ')}. Try again`,
      command: { id: 'mayday.refreshAlerts', args: {} },
    },
  ];
}

function askingRow({ kind, name, shown, told }: SourceSight): readonly Row[] {
  if (told.kind !== 'asking') return [];
  return [{ id: `asking/${kind}/${name}`, label: `Asking ${redactedLine(shown, 120)}…`, icon: { id: 'sync' } }];
}

function leftRow({ kind, name, shown, told }: SourceSight): readonly Row[] {
  if (told.kind !== 'answered' || told.left === 0) return [];
  const label = `${String(told.left)} more of ${redactedLine(shown, 120)}`;
  const description = 'not listed: there are so many, or they have not the form of an alert';
  return [{ id: `left/${kind}/${name}`, label, description, icon: { id: 'ellipsis' } }];
}

function nothingRow(answered: readonly SourceSight[], isPartial: boolean, at: string): Row {
  const names = answered.map(({ shown }) => redactedLine(shown, 120)).join(', ');
  return {
    ...{ id: 'nothing', label: isPartial ? 'No alert where it could be seen' : 'No alert fires' },
    description: `${names} · ${at}`,
    icon: isPartial ? { id: 'question' } : { id: 'pass', color: 'testing.iconPassed' },
  };
}
