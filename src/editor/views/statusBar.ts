import * as vscode from 'vscode';
import { formatTime } from '../../documents/timeText.ts';
import { statusNames } from '../../documents/wordNames.ts';
import type { Deadline } from '../../incident/deadline.ts';
import { mostUrgent } from '../../incident/deadlinesOf.ts';
import { escapeMarkdown } from '../../safety/escapeMarkdown.ts';
import type { CommandId } from '../../contributions.ts';
import { deadlineNames, inMinutes, standingText } from '../rows/deadlineText.ts';
import type { RowContext } from '../rows/rowContext.ts';
import { epochMsOf } from '../../incident/isoTime.ts';

/** The one item: the most urgent deadline of all open incidents, and how many are open. */
export function createStatusBar(): { update(contexts: readonly RowContext[]): void; dispose(): void } {
  const command: CommandId = 'mayday.showNextDeadline';
  let item: vscode.StatusBarItem | undefined;
  return {
    update(contexts) {
      const open = contexts.filter(({ state }) => state.closed === undefined);
      if (open.length === 0) {
        item?.dispose();
        item = undefined;
        return;
      }
      if (item === undefined) {
        item = vscode.window.createStatusBarItem('mayday.deadlines', vscode.StatusBarAlignment.Left, 1000);
        item.name = vscode.l10n.t('Incident Deadlines');
        item.command = command;
      }
      draw(item, open);
      item.show();
    },
    dispose: () => item?.dispose(),
  };
}

/** The incident whose deadline is due first, with that deadline; the worst incident where nothing is due. */
function mostUrgentOf(
  contexts: readonly RowContext[],
): { readonly context: RowContext; readonly deadline: Deadline | undefined } | undefined {
  const candidates = contexts.map((context) => ({ context, deadline: mostUrgent(context.deadlines) }));
  candidates.sort((a, b) => {
    const [first, second] = [a.deadline?.dueAt ?? '9', b.deadline?.dueAt ?? '9'];
    return first < second ? -1 : first > second ? 1 : 0;
  });
  return candidates[0];
}

function draw(item: vscode.StatusBarItem, open: readonly RowContext[]): void {
  const urgent = mostUrgentOf(open);
  if (urgent === undefined) return;
  const { context, deadline } = urgent;
  const { severity } = context.state;
  const count = open.length === 1 ? '' : ` · ${vscode.l10n.t('{0} open', open.length)}`;
  const what = deadline === undefined ? statusNames[context.state.status] : shortText(deadline, context);
  const icon =
    deadline?.standing === 'overdue' ? '$(error)' : deadline?.standing === 'dueSoon' ? '$(warning)' : '$(flame)';
  item.text = `${icon} ${severity} ${what}${count}`;
  item.backgroundColor = backgroundOf(deadline);
  item.tooltip = tooltipOf(open);
  const spoken =
    deadline === undefined ? what : `${deadlineNames[deadline.kind]} ${standingText(deadline, context.now)}`;
  item.accessibilityInformation = {
    label: vscode.l10n.t('Incident {0}, {1}, {2} open', severity, spoken, open.length),
    role: 'button',
  };
}

function shortText(deadline: Deadline, { now }: RowContext): string {
  const name = deadlineNames[deadline.kind];
  const leftMs = epochMsOf(deadline.dueAt) - epochMsOf(now);
  return leftMs >= 0
    ? vscode.l10n.t('{0} in {1}', name, inMinutes(leftMs))
    : vscode.l10n.t('{0} overdue by {1}', name, inMinutes(-leftMs));
}

function backgroundOf(deadline: Deadline | undefined): vscode.ThemeColor | undefined {
  if (deadline?.standing === 'overdue') return new vscode.ThemeColor('statusBarItem.errorBackground');
  if (deadline?.standing === 'dueSoon') return new vscode.ThemeColor('statusBarItem.warningBackground');
  return undefined;
}

function tooltipOf(open: readonly RowContext[]): vscode.MarkdownString {
  const lines = open.map((context) => {
    const { state, now, zone } = context;
    const deadline = mostUrgent(context.deadlines);
    const due =
      deadline === undefined
        ? statusNames[state.status]
        : `${deadlineNames[deadline.kind]} ${standingText(deadline, now)} (${formatTime(deadline.dueAt, zone)})`;
    return `- **${state.severity}** ${escapeMarkdown(state.title)}: ${escapeMarkdown(due)}`;
  });
  return new vscode.MarkdownString(lines.join('\n'));
}
