import { UnreadableConfiguration } from '../../configurationFormat.ts';

/** A word, quoted name, string, number or mark of SQL; comments are none. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'mark';
  /** As written; names and strings without their quotes. */
  readonly text: string;
  /** In capitals for words; empty for names and strings, which are no keywords. */
  readonly keyword: string;
  /** Counted from 1. */
  readonly line: number;
}

const closing: Readonly<Record<string, string>> = { '"': '"', '`': '`', '[': ']', "'": "'" };

/**
 * The tokens of SQL of any dialect: quotes of PostgreSQL, MySQL and SQL Server, dollar quotes, nested comments. Linear time.
 * Throws UnreadableConfiguration for what does not end.
 */
export function readSqlTokens(text: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let line = 1;
  let at = 0;
  let lineEnd = text.indexOf('\n');
  const end = (to: number): number => {
    for (; lineEnd >= 0 && lineEnd < to; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
    return to;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    const pair = char === '-' || char === '/' ? text.slice(at, at + 2) : '';
    const space = isSpace(char) ? runOf(spaces, text, at) : 0;
    if (space > 0) at = end(at + space);
    else if (pair === '--' || (char === '#' && isLineStart(text, at))) at = end(endOfLine(text, at));
    else if (pair === '/*') at = end(endOfComment(text, at, line));
    else if (char === '$' && dollarTag(text, at) !== undefined) {
      const tag = dollarTag(text, at) ?? '';
      const close = text.indexOf(tag, at + tag.length);
      if (close < 0) throw new UnreadableConfiguration(`line ${line}: ${tag} does not end`);
      tokens.push({ kind: 'string', text: text.slice(at + tag.length, close), keyword: '', line });
      at = end(close + tag.length);
    } else if (closing[char] !== undefined && !(char === '[' && !isName(text, at))) {
      const close = endOfQuoted(text, at, closing[char], line, tokens.at(-1));
      const kind = char === "'" ? 'string' : 'name';
      tokens.push({ kind, text: text.slice(at + 1, close - 1), keyword: '', line });
      at = end(close);
    } else {
      const length = runOf(words, text, at);
      const word = text.slice(at, at + Math.max(length, runOf(marks, text, at), 1));
      tokens.push({
        kind: length > 0 && word !== '$' && word !== '@' ? 'word' : 'mark',
        text: word,
        keyword: word.toUpperCase(),
        line,
      });
      at += word.length;
    }
  }
  return tokens;
}

const spaces = /\s+/y;
const marks = /::|:=|<=|>=|<>|!=|=>|\|\|/y;
const words = /[\p{L}\p{N}_$@][\p{L}\p{N}_$@#]*/uy;

/** How many characters from `at` on a sticky pattern takes. */
function runOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function isSpace(char: string): boolean {
  return char <= ' ' || char > '~';
}

function isLineStart(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (text.charAt(before) === ' ' || text.charAt(before) === '\t')) before--;
  return before < 0 || text.charAt(before) === '\n';
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function endOfComment(text: string, from: number, line: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const pair = text.slice(at, at + 2);
    if (pair === '/*') {
      depth++;
      at++;
    } else if (pair === '*/') {
      at++;
      if (--depth === 0) return at + 1;
    }
  }
  throw new UnreadableConfiguration(`line ${line}: a comment does not end`);
}

/** `$$` or `$body$`; undefined for `$1`. */
function dollarTag(text: string, at: number): string | undefined {
  return /^\$(?:[A-Za-z_][A-Za-z0-9_]{0,62})?\$/.exec(text.slice(at, at + 65))?.[0];
}

/** `[name]` of SQL Server, not `int[]` or `a[1]`. */
function isName(text: string, at: number): boolean {
  return /^\[[A-Za-z_]/.test(text.slice(at, at + 2)) && !/[\w\])]/.test(text.charAt(at - 1));
}

function endOfQuoted(text: string, from: number, quote: string, line: number, before: SqlToken | undefined): number {
  // Backslashes escape in MySQL and in PostgreSQL's E'…'; a string that ends in one elsewhere is rarer than \' there.
  const escapes = quote === "'" && (before?.keyword === 'E' || hasEscapedQuote(text, from));
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && escapes) at++;
    else if (char === quote) {
      if (text.charAt(at + 1) !== quote || quote === ']') return at + 1;
      at++;
    }
  }
  throw new UnreadableConfiguration(`line ${line}: ${quote} does not end`);
}

/** True where a `\'` is followed by letters, as in 'it\'s', and not by what follows a string. */
function hasEscapedQuote(text: string, from: number): boolean {
  const end = text.indexOf("'", from + 1);
  return end > 0 && text.charAt(end - 1) === '\\' && /[\p{L}\p{N}]/u.test(text.charAt(end + 1));
}
