import { createMask, endOfString } from './mask.ts';

/** An f-string that is open around here: its quotes, and the brackets open within the part that is code. */
interface Formatted {
  readonly quotes: string;
  depth: number;
}

/**
 * Python with comments, and what is between the quotes of strings, as spaces. What an f-string holds in `{}` is code and
 * stays.
 */
export function maskPython(text: string): string {
  const mask = createMask(text);
  const open: Formatted[] = [];
  let at = 0;
  const formatted = (quotes: string, start: number) => {
    mask.keep(start);
    const end = endOfLiteral(text, start, quotes);
    mask.blank(end);
    if (text[end] === '{') open.push({ quotes, depth: 0 });
    at = end + (text[end] === '{' ? 1 : quotes.length);
  };
  while (at < text.length) {
    const character = text[at] ?? '';
    const around = open.at(-1);
    if (character === '#') {
      mask.keep(at);
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
      mask.blank(at);
    } else if (character === '"' || character === "'") {
      const quotes = text.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      const start = at + quotes.length;
      if (/(?:^|[^\w])(?:[fFtT][rR]?|[rR][fFtT])$/.test(text.slice(Math.max(0, at - 3), at))) formatted(quotes, start);
      else {
        mask.keep(start);
        at = quotes.length === 3 ? endOfTriple(text, start, quotes) : endOfString(text, start, character);
        mask.blank(at);
        at += quotes.length;
      }
    } else if (around !== undefined && '([{'.includes(character)) {
      around.depth += 1;
      at += 1;
    } else if (around !== undefined && ')]}'.includes(character)) {
      if (around.depth === 0) {
        open.pop();
        formatted(around.quotes, at + 1);
      } else {
        around.depth -= 1;
        at += 1;
      }
    } else at += 1;
  }
  return mask.text();
}

function endOfTriple(text: string, start: number, quotes: string): number {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(quotes, at)) return at;
  }
  return text.length;
}

/** At the closing quotes, at a `{` that is not doubled, at the end of the line or of the text. */
function endOfLiteral(text: string, start: number, quotes: string): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\' || (character === '{' && text[at + 1] === '{')) at += 1;
    else if (character === '{' || text.startsWith(quotes, at)) return at;
    else if (character === '\n' && quotes.length === 1) return at;
  }
  return text.length;
}
