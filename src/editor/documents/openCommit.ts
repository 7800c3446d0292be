import * as vscode from 'vscode';
import { IncidentError } from '../../incident/incidentError.ts';
import type { EditorServices } from '../editorServices.ts';
import type { CommitSummary } from '../rows/commitSummary.ts';
import { openChanges } from './openChanges.ts';

/** Opens what one commit changed. Its repository is the one it was listed from. */
export async function openCommit(
  services: EditorServices,
  commits: readonly CommitSummary[] | undefined,
  commit: string,
  repository: string | undefined,
): Promise<void> {
  const listed = commits?.find(({ id }) => id === commit);
  const where = repository ?? listed?.repository ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (where === undefined) {
    throw new IncidentError(
      'notFound',
      vscode.l10n.t('The repository of commit {0} is not open here.', commit.slice(0, 8)),
    );
  }
  const title = listed === undefined ? commit.slice(0, 8) : `${commit.slice(0, 8)} ${listed.subject}`;
  await openChanges(services, title, { repository: where, to: commit });
}

/** Opens everything that changed from before the oldest listed commit to the newest. */
export async function openChangeWindow(
  services: EditorServices,
  commits: readonly CommitSummary[] | undefined,
): Promise<void> {
  const [newest] = commits ?? [];
  const oldest = commits?.at(-1);
  if (newest === undefined || oldest === undefined) {
    throw new IncidentError('notFound', vscode.l10n.t('No commits are listed yet.'), {
      hint: vscode.l10n.t('Investigate lists those of the change window.'),
    });
  }
  const title = vscode.l10n.t(
    '{0} commits, {1}…{2}',
    commits?.length ?? 0,
    oldest.id.slice(0, 8),
    newest.id.slice(0, 8),
  );
  await openChanges(services, title, { repository: newest.repository, from: `${oldest.id}^`, to: newest.id });
}
