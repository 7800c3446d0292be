import type { SqlToken } from './sqlTokens.ts';

/** Reads a statement's tokens from left to right. */
export interface SqlCursor {
  /** The keyword that comes next, in capitals; empty at the end. */
  peek(): string;
  next(): SqlToken | undefined;
  /** True, and goes on, when these keywords come next. */
  take(...keywords: readonly string[]): boolean;
  /** The next name, `schema.table` in one piece, without quotes. */
  name(): string;
  /** What is left. */
  rest(): readonly SqlToken[];
  line(): number;
}

/** A cursor at the first of `tokens`. */
export function sqlCursor(tokens: readonly SqlToken[]): SqlCursor {
  let at = 0;
  const cursor: SqlCursor = {
    peek: () => tokens[at]?.keyword ?? '',
    next: () => tokens[at++],
    take: (...keywords) => {
      const comes = keywords.every((keyword, ahead) => tokens[at + ahead]?.keyword === keyword);
      if (comes) at += keywords.length;
      return comes;
    },
    name: () => {
      let name = tokens[at++]?.text ?? '';
      while (tokens[at]?.keyword === '.') {
        name += `.${tokens[at + 1]?.text ?? ''}`;
        at += 2;
      }
      return name;
    },
    rest: () => tokens.slice(at),
    line: () => tokens[Math.min(at, tokens.length - 1)]?.line ?? 1,
  };
  return cursor;
}

/** `tokens` parted at commas that stand outside parentheses. */
export function partsAtCommas(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.keyword === '(') depth++;
    if (token.keyword === ')') depth--;
    if (token.keyword === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** True where these keywords stand one after another. */
export function hasKeywords(tokens: readonly SqlToken[], ...keywords: readonly string[]): boolean {
  return tokens.some((_token, at) => keywords.every((keyword, ahead) => tokens[at + ahead]?.keyword === keyword));
}
