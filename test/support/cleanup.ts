/** What has to be undone before the process ends, the last first. */
export interface Cleanup {
  /** Takes note of something to undo; undoes it at once when that has begun already. */
  readonly add: (undo: () => Promise<void>) => Promise<void>;
  /** Undoes everything; what fails is printed and stops nothing. Whoever calls it waits for all of it. */
  readonly run: () => Promise<void>;
}

export function createCleanup(): Cleanup {
  const left: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running = (running ?? Promise.resolve()).then(undoAll);
    return running;
  };
  const undoAll = async (): Promise<void> => {
    for (let undo = left.pop(); undo; undo = left.pop()) {
      try {
        await undo();
      } catch (error) {
        console.error(error);
      }
    }
  };
  return {
    add: async (undo) => {
      left.push(undo);
      if (running) await run();
    },
    run,
  };
}
