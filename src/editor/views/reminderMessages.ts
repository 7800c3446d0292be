import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { DeadlineKind } from '../../incident/words.ts';
import type { Reminder } from '../../respond/reminders.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { ask } from '../platform/request.ts';
import { deadlineNames, standingText } from '../rows/deadlineText.ts';
import { showInformation, showWarning } from '../platform/messages.ts';

/** What to do about a deadline of each kind: the button of its reminder, and what a click on the status bar offers. */
export const remedies: Readonly<Record<DeadlineKind, { readonly command: CommandId; label(): string }>> = {
  respond: { command: 'mayday.acknowledge', label: () => vscode.l10n.t('Acknowledge') },
  mitigate: { command: 'mayday.runMitigation', label: () => vscode.l10n.t('Run Mitigation…') },
  communicate: { command: 'mayday.postUpdate', label: () => vscode.l10n.t('Post Update…') },
  postMortem: { command: 'mayday.writePostMortem', label: () => vscode.l10n.t('Write Post-mortem') },
  review: { command: 'mayday.recordReview', label: () => vscode.l10n.t('Record Review…') },
  actionItem: { command: 'mayday.completeActionItem', label: () => vscode.l10n.t('Mark as Done') },
};

/** Shows a reminder, without taking the focus; what a person chooses runs as a command. */
export async function showReminder(reminder: Reminder, state: IncidentState, now: string): Promise<void> {
  const { deadline, incident, stage } = reminder;
  const name = deadline.title === undefined ? deadlineNames[deadline.kind] : plainLine(deadline.title, 80);
  const text = vscode.l10n.t(
    '{0} {1}: {2} {3}',
    state.severity,
    plainLine(state.title, 80),
    name,
    standingText(deadline, now),
  );
  const remedy = remedies[deadline.kind];
  const actions = [remedy.label(), vscode.l10n.t('Snooze…')];
  const show = stage === 'soon' ? showInformation : showWarning;
  const chosen = await show(text, ...actions);
  if (chosen === undefined) return;
  const command = chosen === actions[0] ? remedy.command : ('mayday.snoozeDeadline' satisfies CommandId);
  const action = deadline.kind === 'actionItem' ? { action: deadline.id.replace('actionItem-', '') } : {};
  await vscode.commands.executeCommand(command, ask({ incident, deadline: deadline.id, ...action }));
}
