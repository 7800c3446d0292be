/**
 * Colours, cursor movements, titles and hyperlinks of a terminal (ECMA-48), written as text because lint is right to
 * distrust control characters in expressions. An unfinished one is a control character like any other.
 */
const terminalSequences = new RegExp(
  [
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    String.raw`(?:\u001b[\]P^_X]|[\u009d\u0090])[^\u0007\u001b\u009c\n]{0,4096}(?:\u0007|\u001b\\|\u009c)`,
    String.raw`\u001b[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

/** Characters that reorder or hide text; joiners stay, emoji and several scripts need them. */
const hidden =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

const controls = /[^\P{Cc}\n\t]|\p{Cs}/gu;

/**
 * Text of strangers without what a reader cannot see: terminal sequences, direction overrides and invisible characters are
 * dropped, other control characters and broken surrogates become `�`. Lines end with `\n`; tabs stay.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(terminalSequences, '')
    .replace(hidden, '')
    .replace(controls, '\ufffd');
}

/**
 * At most `max` UTF-16 units, the last of them `…` when something is missing: never half a character.
 * `isCut` says that `text` is itself only the beginning.
 */
export function shortened(text: string, max: number, { isCut = false } = {}): string {
  if (text.length <= max && !isCut) return text;
  return text.slice(0, Math.max(0, max - 1)).replace(/[\ud800-\udbff\u200d\s]+$/, '') + '…';
}

/** The part of a text that can matter for `max` characters of it: a subject may have a megabyte. */
export function beginning(text: string, max: number): { readonly head: string; readonly isCut: boolean } {
  const head = text.slice(0, max * 8 + 1024);
  return { head, isCut: head.length < text.length };
}
