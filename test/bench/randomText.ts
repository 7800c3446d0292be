const words =
  'the pool is exhausted on every request since latency of checkout rose after deploy rolled back queue drains errors at 503 from eu-west ana looks connection timeout p99 4.2 seconds retries disk cache cart payment provider says healthy again db-3'.split(
    ' ',
  );

/** Numbers from 0 up to 1 that look random and are the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x1_0000_0000;
  };
}

/** One of a list that has some. */
export function pickOf<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!;
}

/** Five to twenty words as people write them in an incident. */
export function sentence(random: () => number): string {
  return Array.from({ length: 5 + Math.floor(random() * 16) }, () => pickOf(words, random)).join(' ');
}
