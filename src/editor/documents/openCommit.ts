import * as vscode from 'vscode';
import { IncidentError } from '../../incident/incidentError.ts';
import type { EditorServices } from '../editorServices.ts';
import type { PlacedChanges, PlacedRepository } from '../../investigate/window/placeRepositories.ts';
import { plainLine } from '../../safety/plainLine.ts';
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

/** Opens everything that the window changed, of the repository that the person picks where there are several. */
export async function openChangeWindow(services: EditorServices, changes: PlacedChanges | undefined): Promise<void> {
  const changed = (changes?.repositories ?? []).filter(({ groups }) => groups.length > 0);
  const repository = changed.length < 2 ? changed[0] : await pickRepository(changed);
  if (repository === undefined && changed.length > 1) return;
  const commits = repository?.groups.flatMap((group) => group.commits) ?? [];
  const [newest] = commits;
  const oldest = commits.at(-1);
  if (repository === undefined || newest === undefined || oldest === undefined) {
    throw new IncidentError('notFound', vscode.l10n.t('No commits are listed yet.'), {
      hint: vscode.l10n.t('Investigate lists those of the change window.'),
    });
  }
  const { base = `${oldest.id}^`, head = newest.id, directory } = repository;
  const title = vscode.l10n.t('{0} commits, {1}…{2}', commits.length, oldest.id.slice(0, 8), newest.id.slice(0, 8));
  await openChanges(services, title, { repository: directory, from: base, to: head });
}

async function pickRepository(repositories: readonly PlacedRepository[]): Promise<PlacedRepository | undefined> {
  const picks = repositories.map((repository) => ({
    label: plainLine(repository.name, 80),
    description: plainLine(repository.ref.name, 80),
    repository,
  }));
  const placeHolder = vscode.l10n.t('The changes of which repository?');
  return (await vscode.window.showQuickPick(picks, { placeHolder }))?.repository;
}
