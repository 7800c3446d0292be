import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import type { DraftMessage } from '../app.ts';
import { ask } from '../platform/request.ts';

/** *Copy* and *I Posted It* above the first line of a message that waits to be posted. */
export function createDraftLenses(
  drafts: () => readonly DraftMessage[],
): vscode.CodeLensProvider & { refresh(): void } {
  const changed = new vscode.EventEmitter<void>();
  return {
    onDidChangeCodeLenses: changed.event,
    refresh: () => {
      changed.fire();
    },
    provideCodeLenses(document) {
      const draft = drafts().find(({ path }) => path === document.uri.fsPath);
      if (draft === undefined) return [];
      const top = new vscode.Range(0, 0, 0, 0);
      const known = ask({ incident: draft.incident, update: draft.update });
      const lens = (title: string, command: CommandId): vscode.CodeLens =>
        new vscode.CodeLens(top, { title, command, arguments: [known] });
      return [
        lens(vscode.l10n.t('$(copy) Copy'), 'mayday.copyUpdate'),
        lens(vscode.l10n.t('$(pass) I Posted It'), 'mayday.sendUpdate'),
        lens(vscode.l10n.t('$(discard) Discard'), 'mayday.discardUpdate'),
      ];
    },
  };
}
