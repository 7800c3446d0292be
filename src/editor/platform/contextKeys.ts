import * as vscode from 'vscode';
import type { ContextValues } from '../../contributions.ts';

const current = new Map<string, unknown>();

/** Sets a context key of package.json's `when` clauses; nothing happens when it has that value already. */
export function setContext<K extends keyof ContextValues>(key: K, value: ContextValues[K]): void {
  if (current.get(key) === value) return;
  current.set(key, value);
  void vscode.commands.executeCommand('setContext', key, value);
}
