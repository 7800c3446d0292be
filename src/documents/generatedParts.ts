import { createHash } from 'node:crypto';

/** A part of a document that Mayday writes again, between two marker lines. */
export interface GeneratedPart {
  readonly kind: 'generated';
  readonly name: string;
  /** As the begin marker gives it: of the text as it was generated. */
  readonly hash: string;
  /** The lines between the markers, with their line ends. */
  readonly lines: readonly string[];
  /** The marker lines, with their line ends. */
  readonly begin: string;
  readonly end: string;
}

/** Everything between generated parts, byte for byte. */
export interface PersonsPart {
  readonly kind: 'persons';
  readonly lines: readonly string[];
}

const beginPattern = /^<!-- mayday:begin ([a-z][a-z0-9-]*) ([0-9a-f]*) -->$/;
const endPattern = /^<!-- mayday:end ([a-z][a-z0-9-]*) -->$/;

/** True for a name that a generated part can have: lower-case words joined by hyphens. */
export function isPartName(name: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(name);
}

/** Generated text between its markers, with line feeds; it neither begins nor ends with a line end. */
export function generatedPart(name: string, text: string): string {
  const body = text.replace(/^(?:[ \t]*\n)+|\s+$/g, '');
  const inner = body === '' ? '' : `\n${body}\n\n`;
  return `<!-- mayday:begin ${name} ${hashOf(inner.split('\n'))} -->\n${inner}<!-- mayday:end ${name} -->`;
}

/**
 * The hash of generated lines: 16 hex digits of a SHA-256. Several spaces or blank lines count as one, so that a formatter
 * that aligns tables or trims lines on saving does not look like a person's edit.
 */
export function hashOf(lines: readonly string[]): string {
  const text = lines
    .map(lineKey)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** What two lines have in common when they say the same, however they are spaced. */
export function lineKey(line: string): string {
  return line.replace(/\s+/g, ' ').replace(/-{3,}/g, '---').trim();
}

/**
 * Cuts a document into what people wrote and what was generated. A marker without its counterpart is text: nothing is
 * ever taken for generated that might not be.
 */
export function partsOf(document: string): readonly (GeneratedPart | PersonsPart)[] {
  const parts: (GeneratedPart | PersonsPart)[] = [];
  let persons: string[] = [];
  let open: { readonly name: string; readonly hash: string; readonly from: number } | undefined;
  for (const line of linesOf(document)) {
    persons.push(line);
    const begin = beginPattern.exec(line.trim());
    if (begin) open = { name: begin[1] ?? '', hash: begin[2] ?? '', from: persons.length - 1 };
    const end = endPattern.exec(line.trim())?.[1];
    if (end === undefined || open?.name !== end) continue;
    const [first = '', ...lines] = persons.splice(open.from);
    if (persons.length > 0) parts.push({ kind: 'persons', lines: persons });
    parts.push({ kind: 'generated', name: end, hash: open.hash, lines: lines.slice(0, -1), begin: first, end: line });
    persons = [];
    open = undefined;
  }
  if (persons.length > 0) parts.push({ kind: 'persons', lines: persons });
  return parts;
}

/** The lines of a text with their line ends, so that joining them gives the text again. */
export function linesOf(text: string): readonly string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}
