import { UnreadableConfiguration } from '../configurationFormat.ts';

/** A token of a zone file; a quoted one keeps its quotes. */
export interface ZoneLine {
  /** Counted from 1. */
  readonly line: number;
  /** True when it begins with space: the owner is that of the record before. */
  readonly isIndented: boolean;
  readonly tokens: readonly string[];
}

/**
 * The entries of a master file (RFC 1035, 5.1), each with its tokens: comments and parentheses are resolved. Linear time.
 * Throws UnreadableConfiguration for a quote or parenthesis that does not end.
 */
export function readZoneLines(text: string): readonly ZoneLine[] {
  const entries: ZoneLine[] = [];
  let tokens: string[] = [];
  let line = 1;
  let start = 1;
  let depth = 0;
  let isIndented = false;
  const finish = (): void => {
    if (tokens.length > 0) entries.push({ line: start, isIndented, tokens });
    tokens = [];
  };
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === '\n') {
      line++;
      if (depth > 0) continue;
      finish();
      start = line;
      isIndented = /[ \t]/.test(source.charAt(at + 1));
    } else if (char === ';') {
      const end = source.indexOf('\n', at);
      at = (end < 0 ? source.length : end) - 1;
    } else if (char === '(') depth++;
    else if (char === ')') {
      if (--depth < 0) throw new UnreadableConfiguration(`line ${line}: a parenthesis closes that never opened`);
    } else {
      const end = char === '"' ? endOfQuoted(source, at, line) : endOfWord(source, at);
      if (end > at) tokens.push(source.slice(at, end));
      // Space of whatever kind.
      else if (at === 0) isIndented = true;
      at = Math.max(end - 1, at);
    }
  }
  if (depth > 0) throw new UnreadableConfiguration(`line ${start}: a parenthesis does not close`);
  finish();
  return entries;
}

function endOfQuoted(text: string, from: number, line: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') at++;
    else if (char === '"') return at + 1;
    else if (char === '\n') break;
  }
  throw new UnreadableConfiguration(`line ${line}: a quote does not end`);
}

const word = /(?:[^\s;()"\\]+|\\[^\n]?)+/y;

function endOfWord(text: string, from: number): number {
  word.lastIndex = from;
  return from + (word.exec(text)?.[0].length ?? 0);
}
