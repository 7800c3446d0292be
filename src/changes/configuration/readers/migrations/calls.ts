/** A call in code of a language that writes `name(a, key=b)`: Python, Ruby, JavaScript. */
export interface Call {
  /** With what stands before its last dot: `op.drop_column`. */
  readonly name: string;
  readonly args: readonly string[];
  /** Arguments with a name in front, `nullable=False` or `null: false`, without it. */
  readonly named: ReadonlyMap<string, string>;
  /** Counted from 1. */
  readonly line: number;
  /** Where it begins in the text, and where its arguments end. */
  readonly start: number;
  readonly end: number;
}

/** Where a string or comment that begins at `at` ends; `at` itself where none begins. */
export function skipped(text: string, at: number): number {
  const char = text.charAt(at);
  if (char === '#' || text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? text.length : end + 2;
  }
  if (char !== '"' && char !== "'" && char !== '`') return at;
  const triple = char.repeat(3);
  if (char !== '`' && text.startsWith(triple, at)) {
    const end = text.indexOf(triple, at + 3);
    return end < 0 ? text.length : end + 3;
  }
  for (let next = at + 1; next < text.length; next++) {
    const inside = text.charAt(next);
    if (inside === '\\') next++;
    else if (inside === char) return next + 1;
    else if (inside === '\n' && char !== '`') return next;
  }
  return text.length;
}

/** Wanted calls nested deeper in each other are not looked into, so that hostile text costs no more than long text. */
const mostNested = 6;

/** Every call in `text` whose name `isWanted`, in order; calls among their arguments are calls, too. Linear time. */
export function readCalls(text: string, isWanted: (name: string) => boolean): readonly Call[] {
  const calls: Call[] = [];
  let enclosing: number[] = [];
  let line = 1;
  let lineEnd = text.indexOf('\n');
  for (let at = 0; at < text.length; at++) {
    const skip = skipped(text, at);
    if (skip > at) {
      at = skip - 1;
      continue;
    }
    const char = text.charAt(at);
    if (!/[A-Za-z_]/.test(char)) continue;
    const name = nameAt(text, at);
    const open = at + name.length;
    if (text.charAt(open) === '(' && isWanted(name)) {
      for (; lineEnd >= 0 && lineEnd < at; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
      enclosing = enclosing.filter((end) => end > open);
      if (enclosing.length < mostNested) {
        const { parts, end } = argumentsAt(text, open + 1);
        calls.push({ name, ...split(parts), line, start: at, end });
        enclosing.push(end);
      }
    }
    at = open - 1;
  }
  return calls;
}

function nameAt(text: string, from: number): string {
  let at = from;
  while (at < text.length && /[\w.]/.test(text.charAt(at))) at++;
  return text.slice(from, at);
}

/** The arguments from `from`, behind the parenthesis, to the one that closes it. */
export function argumentsAt(text: string, from: number): { readonly parts: readonly string[]; readonly end: number } {
  const parts: string[] = [];
  let start = from;
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const skip = skipped(text, at);
    if (skip > at) {
      at = skip - 1;
      continue;
    }
    const char = text.charAt(at);
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') {
      if (--depth < 0) break;
    } else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start, at));
  return { parts: parts.map((part) => part.trim()).filter((part) => part !== ''), end: at };
}

/** Arguments apart from those with a name: `a=1`, `a: 1`, `:a => 1`. */
export function split(parts: readonly string[]): {
  readonly args: readonly string[];
  readonly named: ReadonlyMap<string, string>;
} {
  const args: string[] = [];
  const named = new Map<string, string>();
  for (const part of parts) {
    const found = /^(?:([A-Za-z_]\w{0,80})\s{0,20}(?:=(?![=>])|:(?!:))|:([A-Za-z_]\w{0,80})\s{0,20}=>)\s{0,20}/.exec(
      part,
    );
    const name = found?.[1] ?? found?.[2];
    if (found === null || name === undefined) args.push(part);
    else named.set(name, part.slice(found[0].length));
  }
  return { args, named };
}

/** A string or symbol without its quotes or colon; other code in one line. */
export function plainArgument(code: string | undefined): string {
  const text = (code ?? '').trim();
  const quoted = /^[rbfuRBFU]{0,2}("""|'''|["'`])([\s\S]*)\1$/.exec(text);
  if (quoted !== null) return quoted[2] ?? '';
  return text.replace(/^:(?=\w)/, '').replace(/\s+/g, ' ');
}
