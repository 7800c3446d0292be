/** What a reader would not see, or would take for something else: controls, direction overrides, zero widths, odd spaces. */
const unseen =
  /[\p{Cc}\p{Cs}\p{Co}\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A value in one line with every character to be seen: a zero-width space in a host name may be all that changed. Empty
 * values, and those with space at an end, are quoted.
 */
export function visibleValue(text: string): string {
  // Most values are plain, and this look takes a fraction of the other's time.
  const visible = /^[!-~](?:[ -~]*[!-~])?$/.test(text) ? text : replaced(text);
  return visible === '' || /^ | $/.test(visible) ? `"${visible}"` : visible;
}

function replaced(text: string): string {
  return text.replace(
    unseen,
    (character) => named[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
