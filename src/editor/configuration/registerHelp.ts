import * as vscode from 'vscode';
import type { ConfigurationHelp } from './configurationHelp.ts';
import { isConfigurationFile } from './isConfigurationFile.ts';

const selector: vscode.DocumentFilter = { scheme: 'file', pattern: '**/mayday.yaml' };

/** The first answer has to be drawn before all else loads. */
const usedAfterMs = 200;

/**
 * Completion, hover and quick fixes in a team's mayday.yaml. What they need loads with the first of them; `used` is told, so
 * that the file's mistakes are shown, too.
 */
export function registerConfigurationHelp(extensionUri: vscode.Uri, used: () => void): vscode.Disposable {
  let loading: Promise<ConfigurationHelp> | undefined;
  const helpFor = async ({ uri }: vscode.TextDocument): Promise<ConfigurationHelp | undefined> => {
    if (!vscode.workspace.isTrusted || !isConfigurationFile(uri)) return undefined;
    loading ??= import('./configurationHelp.ts')
      .then(({ createConfigurationHelp }) => createConfigurationHelp(extensionUri))
      .then((help) => {
        setTimeout(used, usedAfterMs);
        return help;
      })
      .catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
    return loading;
  };
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      selector,
      { provideCompletionItems: async (document, position) => (await helpFor(document))?.complete(document, position) },
      ' ',
      ':',
    ),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => (await helpFor(document))?.hover(document, position),
    }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions: async (document, range, { diagnostics }) =>
          (await helpFor(document))?.fixes(document, range, diagnostics),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}
