import * as vscode from 'vscode';
import type { PanelWords } from './panelWords.ts';

/** The words of the panel in the language of VS Code. */
export function shownWords(): PanelWords {
  return {
    unit: vscode.l10n.t('Unit: {0}', '{0}'),
    times: vscode.l10n.t('times in UTC'),
    source: vscode.l10n.t('From {0}', '{0}'),
    showTable: vscode.l10n.t('Show as Table'),
    showChart: vscode.l10n.t('Show as Chart'),
    exportChart: vscode.l10n.t('Export to Post-mortem'),
    exportAgain: vscode.l10n.t('Export Again'),
    openDashboard: vscode.l10n.t('Open Dashboard {0}', '{0}'),
    investigate: vscode.l10n.t('Investigate'),
    marks: vscode.l10n.t('What happened meanwhile'),
    noMarks: vscode.l10n.t('Nothing of this incident happened in the time of this chart.'),
    marksOutside: vscode.l10n.t('{0} more happened outside the time of this chart.', '{0}'),
    linesLeftOut: vscode.l10n.t('{0} more lines are not drawn.', '{0}'),
    time: vscode.l10n.t('Time'),
    whatHappened: vscode.l10n.t('What happened'),
    keys: vscode.l10n.t(
      '← and → move the cursor, Page Up and Page Down by ten points, Home and End to the ends, Escape takes it away.',
    ),
    noValues: vscode.l10n.t('No values: none of the lines has one in this time.'),
    last: vscode.l10n.t('Last, {0}', '{0}'),
    at: vscode.l10n.t('At {0}', '{0}'),
  };
}
