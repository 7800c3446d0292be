/**
 * Runs every one of `tasks` once in each of `rounds`, beginning with another one each round, so that whatever else goes on
 * in the machine meets all of them alike. Resolves with the results of each, by its name.
 */
export async function inTurns<K extends string, T>(
  rounds: number,
  tasks: Readonly<Record<K, (round: number) => Promise<T> | T>>,
): Promise<Record<K, T[]>> {
  const names = Object.keys(tasks) as K[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<K, T[]>;
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length];
      if (name !== undefined) results[name].push(await tasks[name](round));
    }
  }
  return results;
}

/** How many milliseconds it takes. */
export async function timed(work: () => Promise<unknown> | undefined): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
