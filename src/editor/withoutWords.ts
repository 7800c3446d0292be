/** What tells of an incident in words, wherever it stands in the result of a command. */
const words = new Set([
  ...['title', 'text', 'copied', 'summary', 'subject', 'body', 'impact', 'proposal', 'problem', 'message', 'excerpt'],
  ...['note', 'reason', 'rootCause', 'what', 'cause', 'situation', 'tried', 'next'],
]);

/**
 * The result of a command as other extensions may have it of a confidential incident: ids, levels, times and places stay, what a
 * person wrote or a check saw does not.
 */
export function withoutWords(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(withoutWords);
  if (typeof result !== 'object' || result === null) return result;
  return Object.fromEntries(
    Object.entries(result).flatMap(([key, value]) => (words.has(key) ? [] : [[key, withoutWords(value)]])),
  );
}
