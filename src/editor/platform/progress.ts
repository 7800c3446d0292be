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

/** The same, for work that tells how far it is. */
export async function withProgressText<T>(
  title: string,
  work: (signal: AbortSignal, tell: (text: string) => void) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = toAbortSignal(token);
      try {
        return await work(abort.signal, (message) => {
          progress.report({ message });
        });
      } finally {
        abort.dispose();
      }
    },
  );
}
