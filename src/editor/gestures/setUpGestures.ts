import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { reportUri, showReport } from '../documents/reportDocuments.ts';
import type { Gesture } from './gesture.ts';
import { showInformation, showWarning } from '../platform/messages.ts';

/** Proposes mayday.yaml: a new file to review, or what could be taken over beside the one that is there. */
export const setUpWorkspaceGesture: Gesture = async (app) => {
  const picked = await app.pickFolder();
  if (picked.kind === 'cancelled') return undefined;
  const wanted = picked.folder === undefined ? {} : { folder: picked.folder };
  const result = await app.withProgress(vscode.l10n.t('Looking at what this repository holds…'), (signal) =>
    app.run('setUpWorkspace', wanted, signal),
  );
  if (result.written) {
    await app.openFile(result.file);
    await app.refresh();
    void offer(
      vscode.l10n.t('Proposed from what this repository holds. Review it; each line says where it comes from.'),
    );
    return result;
  }
  const proposal = reportUri(`proposed-${basename(result.file)}`, result.proposal);
  const title = vscode.l10n.t('Proposal ↔ mayday.yaml');
  await vscode.commands.executeCommand('vscode.diff', proposal, vscode.Uri.file(result.file), title);
  void showInformation(
    vscode.l10n.t('mayday.yaml stays as it is. Take over from the proposal, on the left, what is missing.'),
  );
  return result;
};

/** Tries every source of mayday.yaml, and shows what answered and what failed. */
export const testDataSourcesGesture: Gesture = async (app) => {
  await app.confirmAddresses();
  const result = await app.withProgress(vscode.l10n.t('Testing data sources…'), (signal) =>
    app.run('testDataSources', {}, signal),
  );
  const { sources, answered, failed } = result;
  await showReport('data-sources.md', result.document);
  if (sources.length === 0) {
    void offer(vscode.l10n.t('mayday.yaml names nothing that can be tried.'), 'mayday.setUpWorkspace');
  } else if (failed === 0 && answered > 0) {
    void showInformation(vscode.l10n.t('All {0} data sources that mayday.yaml names answered.', String(answered)));
  } else {
    const first = sources.find(({ outcome }) => outcome === 'failed');
    const example = first === undefined ? '' : `${first.subject} · ${first.name}: ${first.text}.`;
    void showWarning(
      vscode.l10n.t('{0} data sources answered, {1} failed. {2}', String(answered), String(failed), example),
    );
  }
  return result;
};

async function offer(text: string, command: CommandId = 'mayday.testDataSources'): Promise<void> {
  const titles: Partial<Record<CommandId, string>> = {
    'mayday.testDataSources': vscode.l10n.t('Test Data Sources'),
    'mayday.setUpWorkspace': vscode.l10n.t('Set Up This Workspace'),
  };
  const button = titles[command] ?? '';
  const chosen = await showInformation(text, button);
  if (chosen === button) await vscode.commands.executeCommand(command);
}
