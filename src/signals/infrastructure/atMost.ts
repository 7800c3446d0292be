/** Runs what it is given, no more than `limit` at once; the others wait in line. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** A gate that lets `limit` through at once. */
export function atMost(limit: number): Gate {
  const waiting: (() => void)[] = [];
  let under = 0;
  return async (work) => {
    if (under >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else under += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes on to the next in line.
      if (next === undefined) under -= 1;
      else next();
    }
  };
}
