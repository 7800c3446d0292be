const timeoutMs = 30_000;
const pauseMs = 50;

/**
 * Calls `look` until it gives something other than `undefined`, and resolves with that. Throws after 30 s with `what` and,
 * when given, what was seen instead.
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined>,
  seen?: () => Promise<unknown>,
): Promise<T> {
  const givenUpAt = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > givenUpAt) {
      const instead = seen ? ` Instead: ${JSON.stringify(await seen(), undefined, 1)}` : '';
      throw new Error(`Not seen within ${timeoutMs / 1000} s: ${what}.${instead}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** A whole text, or a pattern to find in it. */
export type Match = string | RegExp;

/** Whether a text is what is looked for. Leading and trailing space does not count. */
export function matches(text: string, match: Match): boolean {
  return typeof match === 'string' ? text.trim() === match.trim() : match.test(text);
}

/** Like {@link matches}, but a string may also be a part of the text. */
export function contains(text: string, match: Match): boolean {
  return typeof match === 'string' ? text.includes(match) : match.test(text);
}
