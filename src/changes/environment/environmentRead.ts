/** A place where code reads a variable of its environment. */
export interface EnvironmentRead {
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  /** True when the code says right there what holds without it: `?? '8080'`, `.get(name, '8080')`, `${NAME:-8080}`. */
  readonly hasDefault: boolean;
}

/** A read at an offset of a text. */
export interface FoundRead {
  readonly name: string;
  readonly offset: number;
  readonly hasDefault: boolean;
}

/** The reads of a text with their lines, in their order. */
export function withLines(text: string, found: readonly FoundRead[]): EnvironmentRead[] {
  const reads: EnvironmentRead[] = [];
  const known = new Set<string>();
  let [line, end] = [1, text.indexOf('\n')];
  for (const { name, offset, hasDefault } of [...found].sort((a, b) => a.offset - b.offset)) {
    for (; end !== -1 && end < offset; end = text.indexOf('\n', end + 1)) line += 1;
    // Whoever found it first knows best what stands behind it.
    if (known.has(`${line} ${name}`)) continue;
    known.add(`${line} ${name}`);
    reads.push({ name, line, hasDefault });
  }
  return reads;
}

/** True for what can be the name of a variable. */
export function isVariableName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && text.length <= 128;
}
