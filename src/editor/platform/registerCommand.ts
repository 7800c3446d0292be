import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import type { Request } from './request.ts';
import { readRequest } from './request.ts';

/** What a command does. A person's cancelled prompt ends it with undefined. */
export type CommandHandler = (request: Request) => Promise<unknown>;

/**
 * Registers a command. Called by a script, its errors are thrown to the caller; called by a person, they are shown: what
 * failed and why, with what to do next. What Mayday did not foresee goes to the log with its stack.
 */
export function registerCommand(
  id: CommandId,
  handler: CommandHandler,
  log: () => vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (argument: unknown) => {
    const request = readRequest(argument);
    try {
      return await handler(request);
    } catch (error) {
      if (request.kind === 'script') throw error;
      // Loaded when it is needed: most starts of VS Code see no error of ours.
      const { showError } = await import('./showError.ts');
      await showError(id, error, log(), request.known);
      return undefined;
    }
  });
}
