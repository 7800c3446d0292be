/** What was read before, as long as the state it was read in holds. */
export interface GitMemory {
  /** The value of `key`: read again when `state` differs from that of the last time, or reading failed then. */
  recall<T>(key: string, state: string, read: () => Promise<T>): Promise<T>;
}

/** So many values are kept; the oldest goes first. */
const most = 200;

/** Empty at first; holds nothing longer than the program runs. */
export function createGitMemory(): GitMemory {
  const known = new Map<string, { readonly state: string; readonly value: Promise<unknown> }>();
  return {
    recall: <T>(key: string, state: string, read: () => Promise<T>): Promise<T> => {
      const entry = known.get(key);
      // What is kept under a key is of the type that its one caller reads.
      if (entry?.state === state) return entry.value as Promise<T>;
      const value = read();
      known.delete(key);
      known.set(key, { state, value });
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
      value.catch(() => {
        if (known.get(key)?.value === value) known.delete(key);
      });
      return value;
    },
  };
}
