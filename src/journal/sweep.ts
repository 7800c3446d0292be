/** How often what `fs.watch` may have missed is looked at. */
const sweepMs = 1_000;

/** A look at things once a second, while there is something to look at. */
export interface Sweep {
  /** To be called whenever `isNeeded` may have become true. */
  wake(): void;
  dispose(): void;
}

/** Runs `look` every second, never twice at the same time, while `isNeeded`. Does not keep the process alive. */
export function createSweep(options: {
  isNeeded(): boolean;
  look(): Promise<void>;
  onError(error: unknown): void;
}): Sweep {
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  const wake = (): void => {
    if (isDisposed || timer !== undefined || !options.isNeeded()) return;
    timer = setTimeout(() => {
      void options
        .look()
        .catch((error: unknown) => {
          options.onError(error);
        })
        .finally(() => {
          timer = undefined;
          wake();
        });
    }, sweepMs).unref();
  };
  return {
    wake,
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}
