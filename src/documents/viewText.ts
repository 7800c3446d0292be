/** Text that is Markdown already, made by this code from escaped parts: it goes into a document as it is. */
export interface Markdown {
  readonly markdown: string;
}

/** Marks text as Markdown. Whoever calls it has escaped every part that came from outside. */
export function asMarkdown(markdown: string): Markdown {
  return { markdown };
}

/**
 * A copy of a view in which every string is escaped once and every Markdown value is plain text, for a template engine
 * that itself escapes nothing. Objects have no prototype, so a template reaches the fields of the view and nothing else.
 */
export function escapeView(value: unknown, escape: (text: string) => string): unknown {
  if (typeof value === 'string') return escape(value);
  if (Array.isArray(value)) return value.map((element) => escapeView(element, escape));
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (isMarkdown(value)) return value.markdown;
  const copy = Object.create(null, { [Symbol.toPrimitive]: { value: () => 'the view' } }) as Record<string, unknown>;
  for (const [field, inner] of Object.entries(value)) copy[field] = escapeView(inner, escape);
  return copy;
}

function isMarkdown(value: object): value is Markdown {
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === 'markdown' && typeof (value as Markdown).markdown === 'string';
}
