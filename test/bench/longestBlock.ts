/** Of Node 23.9 and later; the types that the product is compiled against know it not. */
interface ThreadClock {
  /** What this thread alone has worked, in microseconds. */
  threadCpuUsage(): { readonly user: number; readonly system: number };
}

/**
 * Runs work and gives the longest time, in milliseconds, that it kept everything else in this process waiting: the most that
 * the thread worked between two turns of its loop. What other programs took of the processor meanwhile does not count.
 */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let running = true;
  let last = workedMs();
  const turn = (): void => {
    const now = workedMs();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    running = false;
  }
  return longest;
}

function workedMs(): number {
  const { user, system } = (process as unknown as ThreadClock).threadCpuUsage();
  return (user + system) / 1000;
}
