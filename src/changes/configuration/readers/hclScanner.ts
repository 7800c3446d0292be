import { UnreadableConfiguration } from '../configurationFormat.ts';

/** Walks through the text of HCL; positions are offsets into it. */
export interface HclScanner {
  readonly text: string;
  at: number;
  /** The line (counted from 1) of an offset at or behind the last one asked for. */
  lineOf(offset: number): number;
}

/** A scanner at the start of `text`, whose first line has the number `line`. */
export function hclScanner(text: string, line = 1): HclScanner {
  let known = line;
  let next = text.indexOf('\n');
  return {
    text,
    at: 0,
    lineOf: (offset) => {
      for (; next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) known++;
      return known;
    },
  };
}

/** Goes over spaces and comments; over line ends too when `lines`. */
export function skipSpace(scanner: HclScanner, { lines }: { readonly lines: boolean }): void {
  const { text } = scanner;
  for (;;) {
    const char = text.charAt(scanner.at);
    if (char === ' ' || char === '\t' || char === '\r' || char === '\uFEFF' || (lines && char === '\n')) scanner.at++;
    else if (char === '#' || text.startsWith('//', scanner.at)) scanner.at = lineEnd(text, scanner.at);
    else if (text.startsWith('/*', scanner.at)) {
      const end = text.indexOf('*/', scanner.at + 2);
      if (end < 0) throw new UnreadableConfiguration(`line ${scanner.lineOf(scanner.at)}: a comment does not end`);
      scanner.at = end + 2;
    } else return;
  }
}

/** The offset of the line end at or behind `from`. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Goes over the string that begins here, with what `${…}` holds. */
export function skipString(scanner: HclScanner): void {
  const { text } = scanner;
  const start = scanner.at;
  // Strings hold templates, which hold strings.
  const open: string[] = ['"'];
  for (scanner.at++; scanner.at < text.length; scanner.at++) {
    const char = text.charAt(scanner.at);
    if (open.at(-1) === '"') {
      if (char === '\\') scanner.at++;
      else if (
        (char === '$' || char === '%') &&
        text.charAt(scanner.at + 1) === '{' &&
        text.charAt(scanner.at - 1) !== char
      ) {
        open.push('}');
        scanner.at++;
      } else if (char === '"') open.pop();
      else if (char === '\n') break;
    } else if (char === '"') open.push('"');
    else if (char === '{') open.push('}');
    else if (char === '}') open.pop();
    if (open.length === 0) {
      scanner.at++;
      return;
    }
  }
  throw new UnreadableConfiguration(`line ${scanner.lineOf(start)}: a string does not end`);
}

/** The lines of the here-document that begins here, and goes over it; undefined where none does. */
export function readHeredoc(scanner: HclScanner): readonly string[] | undefined {
  const { text } = scanner;
  const opening = /^<<-?([A-Za-z_]\w{0,60})[ \t\r]*\n/.exec(text.slice(scanner.at, scanner.at + 100));
  const tag = opening?.[1];
  if (opening === null || tag === undefined) return undefined;
  const lines: string[] = [];
  const start = scanner.at;
  for (let at = scanner.at + opening[0].length; at < text.length;) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end).trim();
    if (line === tag) {
      scanner.at = end;
      return lines;
    }
    lines.push(line);
    at = end + 1;
  }
  throw new UnreadableConfiguration(`line ${scanner.lineOf(start)}: the here-document ${tag} does not end`);
}
