/** A text and the same text with one part replaced: both versions of a file. Fails when there is nothing to replace. */
export function edited(text: string, from: string, to: string): readonly [before: string, after: string] {
  if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return [text, text.replace(from, () => to)];
}
