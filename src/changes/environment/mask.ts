/** Builds a text of the same length as another, with parts of it blanked. */
export interface Mask {
  /** Keeps everything up to `end`, which is not before what was kept or blanked so far. */
  keep(end: number): void;
  /** Writes spaces up to `end`; line ends stay. */
  blank(end: number): void;
  text(): string;
}

/** A mask over `text`; the whole of it costs time linear in its length. */
export function createMask(text: string): Mask {
  const parts: string[] = [];
  let at = 0;
  const take = (end: number, change: (part: string) => string) => {
    const to = Math.min(end, text.length);
    if (to > at) parts.push(change(text.slice(at, to)));
    at = Math.max(at, to);
  };
  return {
    keep: (end) => {
      take(end, (part) => part);
    },
    blank: (end) => {
      take(end, (part) => part.replace(/[^\n]/g, ' '));
    },
    text: () => {
      take(text.length, (part) => part);
      return parts.join('');
    },
  };
}

/** Where a one-line string ends: at its closing quote, at the end of its line, or of the text. */
export function endOfString(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === quote || character === '\n') return at;
  }
  return text.length;
}

/** The offset of `wanted` from `start` on, or the end of the text. */
export function offsetOf(text: string, wanted: string, start: number): number {
  const found = text.indexOf(wanted, start);
  return found === -1 ? text.length : found;
}
