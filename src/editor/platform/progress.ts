import * as vscode from 'vscode';
import { toAbortSignal } from './abort.ts';

/** Runs long work that a person started, with a notification that can cancel it. */
export async function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const abort = toAbortSignal(token);
      try {
        return await work(abort.signal);
      } finally {
        abort.dispose();
      }
    },
  );
}
