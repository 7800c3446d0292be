/**
 * Waits for all of them, then rejects with the first error there was: what one fails at must not leave the others at work behind
 * whoever was told that it failed.
 */
export async function allEnded(works: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}
