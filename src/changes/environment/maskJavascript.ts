import { createMask, endOfString, offsetOf } from './mask.ts';

/** What may stand before a regular expression, and never before a division. */
const beforeRegex =
  /(?:^|[(,=:[!&|?{;+\-*%~^]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|yield|await))$/;

/** A slash that finds no end within so many characters is a division; the bound keeps hostile text linear. */
const longestRegex = 1000;

/**
 * JavaScript or TypeScript with comments, and what is between the quotes of strings and regular expressions, as spaces.
 * What a template holds in `${}` is code and stays. Markup (JSX, Vue) is read as if it were code: what is amiss ends with
 * its line.
 */
export function maskJavascript(text: string): string {
  const mask = createMask(text);
  /** Braces open within each template that is open around here. */
  const templates: number[] = [];
  let at = 0;
  const template = (start: number) => {
    mask.keep(start);
    const end = endOfTemplate(text, start);
    mask.blank(end);
    if (text.startsWith('${', end)) templates.push(0);
    at = end + (text[end] === '`' ? 1 : 2);
  };
  while (at < text.length) {
    const character = text[at];
    if (character === '"' || character === "'") {
      mask.keep(at + 1);
      at = endOfString(text, at + 1, character);
      mask.blank(at);
      at += 1;
    } else if (character === '`') template(at + 1);
    else if (character === '/' && text[at + 1] === '/' && text[at - 1] !== ':') {
      mask.keep(at);
      at = offsetOf(text, '\n', at);
      mask.blank(at);
    } else if (character === '/' && text[at + 1] === '*') {
      mask.keep(at);
      at = offsetOf(text, '*/', at + 2) + 2;
      mask.blank(at);
    } else if (character === '/') {
      const end = endOfRegex(text, at);
      if (end !== undefined) {
        mask.keep(at + 1);
        mask.blank(end);
      }
      at = (end ?? at) + 1;
    } else {
      const open = templates.at(-1);
      if (open !== undefined && character === '{') templates[templates.length - 1] = open + 1;
      if (open !== undefined && character === '}') {
        if (open === 0) {
          templates.pop();
          template(at + 1);
          continue;
        }
        templates[templates.length - 1] = open - 1;
      }
      at += 1;
    }
  }
  return mask.text();
}

/** At the closing backtick, at `${`, or at the end. */
function endOfTemplate(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '`' || (character === '$' && text[at + 1] === '{')) return at;
  }
  return text.length;
}

/** Undefined where the slash is a division, or of a tag. */
function endOfRegex(text: string, start: number): number | undefined {
  if (!beforeRegex.test(text.slice(Math.max(0, start - 40), start).trimEnd())) return undefined;
  let inClass = false;
  const last = Math.min(text.length, start + longestRegex);
  for (let at = start + 1; at < last && text[at] !== '\n'; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return at;
  }
  return undefined;
}
