import * as vscode from 'vscode';
import { messageText } from '../../safety/messageText.ts';

/** Shows a notification: nothing in its text is a link, whoever wrote it. Resolves with the action that a person chose. */
export function showInformation(text: string, ...actions: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(messageText(text), ...actions);
}

/** The same with the sign of a warning. */
export function showWarning(text: string, ...actions: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(messageText(text), ...actions);
}

/** The same with the sign of an error. */
export function showFailure(text: string, ...actions: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(messageText(text), ...actions);
}
