import { createMask, offsetOf } from './mask.ts';

/** A here-document that begins with the next line. */
interface HereDocument {
  readonly word: string;
  readonly isLiteral: boolean;
  readonly isIndented: boolean;
}

/**
 * A shell script with comments, escaped characters, and what is taken literally (single quotes, here-documents with a
 * quoted word) as spaces. What is in double quotes stays: it is expanded.
 */
export function maskShell(text: string): string {
  const mask = createMask(text);
  let inDouble = false;
  /** Parentheses open within each `$(…)` of double quotes that is open around here: a script of its own. */
  const nested: number[] = [];
  let awaited: HereDocument[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '\\') {
      mask.keep(at);
      at += 2;
      if (text[at - 1] !== '\n') mask.blank(at);
    } else if (character === "'" && !inDouble) {
      mask.keep(at + 1);
      at = text[at - 1] === '$' ? endOfAnsi(text, at + 1) : offsetOf(text, "'", at + 1);
      mask.blank(at);
      at += 1;
    } else if (character === '"') {
      inDouble = !inDouble;
      at += 1;
    } else if (inDouble && character === '$' && text[at + 1] === '(') {
      nested.push(0);
      inDouble = false;
      at += 2;
    } else if (!inDouble && nested.length > 0 && (character === '(' || character === ')')) {
      const open = nested.pop() ?? 0;
      if (character === ')' && open === 0) inDouble = true;
      else nested.push(open + (character === '(' ? 1 : -1));
      at += 1;
    } else if (character === '#' && !inDouble && /^[\s;&|()]?$/.test(text[at - 1] ?? '')) {
      mask.keep(at);
      at = offsetOf(text, '\n', at);
      mask.blank(at);
    } else if (character === '<' && !inDouble) {
      const document = documentAt(text, at);
      if (document) awaited.push(document);
      at += document ? 2 : text.startsWith('<<<', at) ? 3 : 1;
    } else if (character === '\n' && awaited.length > 0) {
      at += 1;
      for (const document of awaited) at = skip(text, document, at, mask);
      awaited = [];
    } else at += 1;
  }
  return mask.text();
}

function documentAt(text: string, at: number): HereDocument | undefined {
  const start = /<<(-?)[ \t]*(?:(['"])(\w+)\2|(\\?)(\w+))/y;
  start.lastIndex = at;
  const [, dash, quote, quotedWord, escape, word = quotedWord] = start.exec(text) ?? [];
  if (word === undefined || /\d/.test(word.charAt(0))) return undefined;
  return { word, isLiteral: quote !== undefined || escape === '\\', isIndented: dash === '-' };
}

/** Where the text goes on behind a here-document; to its end when the document never ends. */
function skip(
  text: string,
  { word, isLiteral, isIndented }: HereDocument,
  start: number,
  mask: ReturnType<typeof createMask>,
): number {
  mask.keep(start);
  for (let at = start; at < text.length;) {
    const end = offsetOf(text, '\n', at);
    const line = text.slice(at, end);
    if ((isIndented ? line.replace(/^\t+/, '') : line) === word) return end;
    if (isLiteral) mask.blank(end);
    at = end + 1;
  }
  return text.length;
}

/** Of `$'…'`, where a backslash escapes. */
function endOfAnsi(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === "'") return at;
  }
  return text.length;
}
