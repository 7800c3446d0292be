import type { FoundRead } from './environmentRead.ts';
import { isVariableName } from './environmentRead.ts';

/** A pattern longer than that is none that a person wrote. */
const longestPattern = 5000;

/**
 * What `{ X, Y: y = 'd', ...rest } = <environment>` reads, where the environment's name is from `start` to `end` of the masked
 * code; nothing for anything else. `rest` cannot be told.
 */
export function readsOfPattern(code: string, text: string, start: number, end: number): readonly FoundRead[] {
  const more = /\s{0,80}(?:[.[(]|\?\.)/y;
  more.lastIndex = end;
  if (more.test(code)) return [];
  const before = code.slice(Math.max(0, start - longestPattern), start);
  const assigned = /\}(?:\s{0,40}:\s{0,40}[\w$.<>,|[\] ]{1,120})?\s{0,40}=\s{0,40}$/.exec(before);
  if (!assigned) return [];
  const close = start - before.length + assigned.index;
  const open = openingBrace(code, close);
  return open === undefined ? [] : members(code, open + 1, close).flatMap((member) => readOf(code, text, member));
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function readOf(code: string, text: string, { from, to }: Range): FoundRead[] {
  const member = code.slice(from, to);
  const match = /^\s*(?:([A-Za-z_]\w*)|(["'])( +)\2)\s*(?=$|[:=])/d.exec(member);
  const [nameFrom = 0, nameTo = 0] = match?.indices?.[match[1] === undefined ? 3 : 1] ?? [];
  const name = text.slice(from + nameFrom, from + nameTo);
  if (!isVariableName(name)) return [];
  return [{ name, offset: from + nameFrom, hasDefault: /=(?!>)/.test(member) }];
}

function openingBrace(code: string, close: number): number | undefined {
  const last = Math.max(0, close - longestPattern);
  for (let depth = 0, at = close; at >= last; at -= 1) {
    if (code[at] === '}') depth += 1;
    if (code[at] === '{') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

/** The parts between the commas that are in no bracket. */
export function members(code: string, from: number, to: number): Range[] {
  const found: Range[] = [];
  let [depth, start] = [0, from];
  for (let at = from; at < to; at += 1) {
    const character = code[at] ?? '';
    if ('{[('.includes(character)) depth += 1;
    if ('}])'.includes(character)) depth -= 1;
    if (character !== ',' || depth !== 0) continue;
    found.push({ from: start, to: at });
    start = at + 1;
  }
  return [...found, { from: start, to }];
}
