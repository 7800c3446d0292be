import type { EvidenceRef } from '../incident/evidenceRef.ts';
import { escapeMarkdown, markdownCode } from '../safety/escapeMarkdown.ts';
import { evidencePath } from './evidencePath.ts';

/** The longest text that a document holds in one place, in UTF-16 units. */
const textLimit = 200_000;

/**
 * Text from outside as one line of Markdown that shows it and does nothing else; at most `max` UTF-16 units of it.
 * Brackets and braces alone do nothing where square ones are escaped, and people read these documents as source, too.
 */
export function inline(text: string, max = textLimit): string {
  return escapeMarkdown(text, max).replace(/\\(.)/g, (pair, character: string) =>
    '(){}!'.includes(character) ? character : pair,
  );
}

/** An identifier (a commit, a path, a revision) in code font; escaped text when it has characters that code cannot hold. */
export function code(text: string): string {
  return /^[\w./:@#+~-]+$/.test(text) ? `\`${text}\`` : inline(text);
}

/** A link to a file beside the document. `target` is made by our code of letters, digits and `._/#-`. */
export function linkTo(label: string, target: string): string {
  return /^[\w./#-]+$/.test(target) ? `[${inline(label)}](${target})` : inline(label);
}

/** A web address as a link that shows where it leads; escaped text when it is no http(s) address. */
export function webLink(address: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return inline(address);
  return `<${url.href.replaceAll('|', '%7C').replaceAll('\\', '%5C')}>`;
}

/** Links to copies of evidence, in a row; empty when there is none. */
export function evidenceLinks(evidence: readonly EvidenceRef[]): string {
  return evidence.map((ref) => linkTo(ref.name, evidencePath(ref))).join(', ');
}

/** Text as it is, in a code block that none of its lines can end. */
export function fenced(text: string, language: string): string {
  return markdownCode(text, { language, max: textLimit });
}

/** Text of several lines as a quotation that keeps them. */
export function quoted(text: string): string {
  const lines = text
    .trim()
    .split(/\r\n?|\n/)
    .map((line) => inline(line));
  return lines.map((line, index) => (line === '' ? '>' : `> ${line}${lines[index + 1] ? '  ' : ''}`)).join('\n');
}
