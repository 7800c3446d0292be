import * as vscode from 'vscode';

/** Registers what package.json contributes and returns; everything heavy loads on first use. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('mayday.showLog', () => {
      void vscode.window.showInformationMessage('Mayday');
    }),
  );
}
