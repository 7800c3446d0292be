import { createMask, endOfString, offsetOf } from './mask.ts';

/** Go with comments, and what is between the quotes of strings, raw strings and runes, as spaces. */
export function maskGo(text: string): string {
  const mask = createMask(text);
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    const start = at;
    if (character === '/' && text[at + 1] === '/') at = offsetOf(text, '\n', at);
    else if (character === '/' && text[at + 1] === '*') at = offsetOf(text, '*/', at + 2) + 2;
    else if (character === '"' || character === "'") at = endOfString(text, at + 1, character);
    else if (character === '`') at = offsetOf(text, '`', at + 1);
    else {
      at += 1;
      continue;
    }
    mask.keep(start + (character === '/' ? 0 : 1));
    mask.blank(at);
    if (character !== '/') at += 1;
  }
  return mask.text();
}
