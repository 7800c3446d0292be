import { plainLine } from './plainLine.ts';
import { beginning, shortened, visibleText } from './visibleText.ts';

/** What starts code, emphasis, links, HTML, entities, tables, mathematics and icons, wherever it stands. */
const active = /[\\`*_[\]<>#|!(){}~&$]/g;

/** What a renderer turns into a link by itself: `https://…`, `command:…`, `www.…`, `//…`, `a@b.c`. */
const linkParts = /(?<=[a-z]\d{0,3}):(?=\S)|(?<=www)\.|(?<=(?<!:)\/)\/(?=\S)|@/gi;

/** What at the start of a line makes a list, a heading or a rule of it. */
const lineStart = /^(?:([-+=:])|(\d{1,9})([.)]))/;

/**
 * Text of strangers as a part of a line of Markdown: reads as written, is never markup, HTML or a link.
 * At most `max` UTF-16 units before escaping; white space, line ends included, is one space.
 */
export function escapeMarkdown(text: string, max = 2000): string {
  return escapedLine(plainLine(text, max));
}

/**
 * Text of strangers as lines of Markdown: line ends and paragraphs stay, indentation does not.
 * At most `max` UTF-16 units before escaping.
 */
export function escapeMarkdownBlock(text: string, max = 20_000): string {
  const { head, isCut } = beginning(text, max);
  const lines = shortened(visibleText(head).trim(), max, { isCut }).split('\n');
  return lines.map((line) => escapedLine(line.trim())).join('\n');
}

/** Text of strangers as a fenced block of code: every character as it is, whatever backticks are in it. */
export function markdownCode(text: string, { language = '', max = 20_000 } = {}): string {
  const { head, isCut } = beginning(text, max);
  const code = shortened(visibleText(head).replace(/^\n+|\s+$/g, ''), max, { isCut });
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

function escapedLine(line: string): string {
  return line
    .replace(active, '\\$&')
    .replace(linkParts, '\\$&')
    .replace(lineStart, (_match, mark?: string, number?: string, end?: string) =>
      mark === undefined ? `${number ?? ''}\\${end ?? ''}` : `\\${mark}`,
    );
}
