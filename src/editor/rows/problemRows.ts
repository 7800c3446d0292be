import { formatTime } from '../../documents/timeText.ts';
import type { LogProblem } from '../../incident/incidentStore.ts';
import type { RecordProblem } from '../../incident/state.ts';
import { plainLine } from '../../safety/plainLine.ts';
import type { Row } from './row.ts';
import type { RowContext } from './rowContext.ts';
import { rowId } from './rowContext.ts';

/** What is wrong with the record itself, one row a problem; none while all is well. */
export function problemRows(context: RowContext): readonly Row[] {
  const texts = [
    ...context.problems.map((problem) => logProblemText(problem, context.zone)),
    ...context.state.problems.map(recordProblemText),
  ];
  if (texts.length === 0) return [];
  return [
    {
      id: rowId(context, 'problems'),
      label: 'Record',
      description: `${String(texts.length)} problem${texts.length === 1 ? '' : 's'}; nothing was deleted`,
      icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
      context: 'problems',
      args: { incident: context.id },
      children: texts.map((text, index) => ({
        id: rowId(context, 'problem', String(index)),
        label: plainLine(text, 300),
        tooltip: text,
        icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
      })),
    },
  ];
}

function logProblemText(problem: LogProblem, zone: string): string {
  const place = `${problem.file.replace(/^.*[\\/]/, '')}:${String(problem.line)}`;
  switch (problem.kind) {
    case 'torn':
      return `Unfinished last line in ${place}: written by a window that was killed. Its bytes are kept, it does not count.`;
    case 'damaged':
      return `Unreadable line in ${place}: ${problem.reason}. It is kept and does not count.`;
    case 'altered':
      return `Altered: ${place} is not what its writer wrote (${problem.reason}).`;
    case 'future':
      return `A time in the future in ${place}: ${formatTime(problem.at, zone)}. A clock was wrong; correct the entry.`;
  }
}

function recordProblemText(problem: RecordProblem): string {
  switch (problem.kind) {
    case 'conflictingContents':
      return `Altered: two different entries have the id ${problem.event}; one is shown.`;
    case 'severalIncidents':
      return `This folder also holds entries of another incident (${problem.incident}).`;
    case 'notDeclared':
      return 'The declaration is missing: severity, title and policy are defaults.';
  }
}
