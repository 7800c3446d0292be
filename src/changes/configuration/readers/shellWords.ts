/** `A=b "C=d e"` as pairs; the old form `A b c` as one pair; a name without a value has an empty one. Quotes are taken off. */
export function assignmentsOf(text: string): readonly (readonly [string, string])[] {
  const words = shellWords(text);
  const [first = '', ...others] = words;
  if (!first.includes('=') && others.length > 0 && !(others[0] ?? '').includes('=')) return [[first, others.join(' ')]];
  return words.map((word) => {
    const equals = word.indexOf('=');
    return equals < 0 ? [word, ''] : [word.slice(0, equals), word.slice(equals + 1)];
  });
}

/** Words as a POSIX shell parts them, without expanding anything; quotes are taken off. Linear time. */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  let isOpen = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'" && at + 1 < text.length) {
      word += text.charAt(++at);
      isOpen = true;
    } else if (quote !== '') {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      isOpen = true;
    } else if (/\s/.test(char)) {
      if (isOpen) words.push(word);
      word = '';
      isOpen = false;
    } else {
      word += char;
      isOpen = true;
    }
  }
  if (isOpen) words.push(word);
  return words;
}

/** `text` with every run of white space outside quotes as one space, trimmed. Linear time. */
export function collapsed(text: string): string {
  const parts: string[] = [];
  let quote = '';
  let isSpaced = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const isSpace = quote === '' && /\s/.test(char);
    if (isSpace && isSpaced) continue;
    isSpaced = isSpace;
    if (quote === char) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    parts.push(char === '\\' ? char + text.charAt(++at) : isSpace ? ' ' : char);
  }
  return parts.join('').trim();
}
