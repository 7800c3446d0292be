import * as vscode from 'vscode';
import type { EditorServices } from '../editorServices.ts';
import { revisionUri } from './revisionFiles.ts';
import { plainLine } from '../../safety/plainLine.ts';
import { showInformation } from '../platform/messages.ts';

/** Opens what changed between two commits in VS Code's multi-diff editor, under `title`. */
export async function openChanges(
  services: EditorServices,
  title: string,
  range: { readonly repository: string; readonly from?: string; readonly to: string },
  signal?: AbortSignal,
): Promise<void> {
  const { repository } = range;
  const { left, right, paths, submodules, count } = await services.changedPaths(repository, range, signal);
  if (paths.length === 0) {
    void showInformation(nothingToShow(title, submodules));
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

function nothingToShow(title: string, submodules: readonly string[]): string {
  const [first, ...others] = submodules.map((path) => plainLine(path, 80));
  if (first === undefined) return vscode.l10n.t('{0} changes no file.', title);
  return others.length === 0
    ? vscode.l10n.t('{0} only moves submodule {1}.', title, first)
    : vscode.l10n.t('{0} only moves submodule {1} and {2} more.', title, first, others.length);
}
