import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { viewIds } from '../../contributions.ts';
import type { AlertGroup } from '../../respond/alerts/alertGroups.ts';
import { redactedLine } from '../../safety/redactedLine.ts';
import { isPrompting, onDidStopPrompting } from '../platform/prompts.ts';
import { ask } from '../platform/request.ts';
import { showWarning } from '../platform/messages.ts';

/** Tells of alerts that began to fire, without taking the focus, and not while a person is at our prompts. */
export function tellOfAlerts(group: AlertGroup): void {
  if (!isPrompting()) {
    void show(group);
    return;
  }
  const waiting = onDidStopPrompting(() => {
    waiting.dispose();
    void show(group);
  });
}

async function show({ name, severity, alerts }: AlertGroup): Promise<void> {
  const [first] = alerts;
  const level = severity ?? vscode.l10n.t('Severity unknown');
  const title = redactedLine(name, 80);
  const what =
    alerts.length === 1
      ? vscode.l10n.t('{0}: {1} fires', level, title)
      : vscode.l10n.t('{0}: {1} fires ({2} alerts)', level, title, alerts.length);
  const summary = redactedLine(first.summary, 120);
  const declare = vscode.l10n.t('Declare…');
  const look = vscode.l10n.t('Show');
  const text = summary === '' ? what : `${what}. ${summary}`;
  const chosen = await showWarning(text, declare, look);
  if (chosen === declare) {
    const command: CommandId = 'mayday.declareFromAlert';
    await vscode.commands.executeCommand(command, ask({ alert: first.id }));
  }
  if (chosen === look) await vscode.commands.executeCommand(`${viewIds.alerts}.focus`);
}
