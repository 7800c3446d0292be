import { plainLine } from '../../safety/plainLine.ts';
import { actionRow } from './learningRows.ts';
import type { Row } from './row.ts';
import type { RowContext } from './rowContext.ts';

/** The open action items of all incidents, the earliest due first, each with the incident it comes from. */
export function actionItemRows(contexts: readonly RowContext[]): readonly Row[] {
  const open = contexts.flatMap((context) => {
    const items = context.state.actions.filter(({ outcome }) => outcome.kind === 'open');
    return items.map((action) => ({ action, context }));
  });
  open.sort((a, b) => (a.action.dueOn < b.action.dueOn ? -1 : a.action.dueOn > b.action.dueOn ? 1 : 0));
  return open.map(({ action, context }) => {
    const row = actionRow(context, action);
    return { ...row, description: `${row.description ?? ''} · ${plainLine(context.state.title, 80)}` };
  });
}
