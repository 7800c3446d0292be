/** Explicit direction marks and overrides: they reorder what people read; the text of right-to-left languages needs none. */
const directionMarks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
/** Invisible characters that carry nothing; joiners stay, emoji and several scripts need them. */
const invisible = /[\u00AD\u200B\u2060\uFEFF]/gu;
const controls = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;
const controlsButLines = /[^\P{Cc}\n\t]|\p{Cs}/gu;
const visible = /[^\s\p{C}\p{M}]/u;

/** Text from outside as one line: control and direction characters out, runs of white space one space, trimmed. */
export function cleanLine(text: string): string {
  return withoutMarks(text).replace(/\s/gu, ' ').replace(controls, '').replace(/ +/g, ' ').trim();
}

/** Text from outside that may have lines (`\n`) and tabs: other control and direction characters out, trimmed at its end. */
export function cleanProse(text: string): string {
  return withoutMarks(text)
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(controlsButLines, '')
    .replace(/^(?:[^\S\n]*\n)+/u, '')
    .trimEnd();
}

/** True when there is something to see in it. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}

/** Characters as a person counts them, roughly: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

function withoutMarks(text: string): string {
  return text.replace(directionMarks, '').replace(invisible, '');
}
