import * as vscode from 'vscode';
import type { EditorServices } from '../editorServices.ts';
import { revisionUri } from './revisionFiles.ts';
import { showInformation } from '../platform/messages.ts';

/** Opens what changed between two commits in VS Code's multi-diff editor, under `title`. */
export async function openChanges(
  services: EditorServices,
  title: string,
  range: { readonly repository: string; readonly from?: string; readonly to: string },
  signal?: AbortSignal,
): Promise<void> {
  const { repository } = range;
  const { left, right, paths, count } = await services.changedPaths(repository, range, signal);
  if (paths.length === 0) {
    void showInformation(vscode.l10n.t('{0} changes no file.', title));
    return;
  }
  const sides = paths.map(({ left: before, right: after }) => {
    const leftUri =
      before === undefined || left === undefined
        ? undefined
        : revisionUri({ repository, revision: left, path: before });
    const rightUri = after === undefined ? undefined : revisionUri({ repository, revision: right, path: after });
    const label = vscode.Uri.joinPath(vscode.Uri.file(repository), after ?? before ?? '');
    // Every triple has length 3: VS Code takes a missing side for an added or deleted file.
    return [label, leftUri, rightUri] as const;
  });
  const shown =
    count > paths.length ? vscode.l10n.t('{0} (the first {1} of {2} files)', title, paths.length, count) : title;
  await vscode.commands.executeCommand('vscode.changes', shown, sides);
}
