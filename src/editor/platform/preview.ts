import type * as vscode from 'vscode';

/** Longer than a person needs to move on to the next entry of a list. */
const settledAfterMs = 120;

/**
 * Shows entries of a list as a person walks through it: one at a time, the last one wins, and one that cannot be shown
 * is only logged, because nobody asked for it yet.
 */
export function createPreview<T>(
  open: (value: T) => Promise<unknown>,
  log: Pick<vscode.LogOutputChannel, 'warn'>,
): { show(value: T): void; end(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    show: (value) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        last = last
          .then(() => open(value))
          .catch((error: unknown) => {
            log.warn(`A preview could not be shown: ${error instanceof Error ? error.message : String(error)}`);
          });
      }, settledAfterMs);
    },
    end: async () => {
      clearTimeout(timer);
      await last;
    },
  };
}
