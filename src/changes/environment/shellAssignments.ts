/** From the name of an assignment to the end of its value. */
export interface Assignment {
  readonly from: number;
  readonly to: number;
}

/** What ends a command, so that an assignment may follow. */
const commandEnd = /[\n;&|(){}`]/;
const keyword = /[ \t]*(?:then|do|else|elif|if|while|until|time|!)(?=[ \t])/y;
const declaring = /[ \t]*(?:export|local|declare|typeset|readonly)(?=[ \t])/y;
const option = /[ \t]+-[A-Za-z]+(?=[ \t])/y;
const assignment = /[ \t]*["']?([A-Za-z_]\w*)(?:\[[^\]\n]{0,200}\])?\+?=/y;
const bareName = /[ \t]+([A-Za-z_]\w*)(?![\w=[+])/y;
const loop = /[ \t]*(?:for|select)[ \t]+([A-Za-z_]\w*)/y;
const reader = /[ \t]*(?:read|mapfile|readarray)(?=[ \t])/y;
const printer = /[ \t]*printf[ \t]+-v[ \t]+([A-Za-z_]\w*)/y;
const options = /[ \t]*getopts[ \t]+\S+[ \t]+([A-Za-z_]\w*)/y;

/** Where a masked script sets variables of its own, by their name. A value runs to the end of its word. */
export function firstAssignments(code: string): ReadonlyMap<string, readonly Assignment[]> {
  const found = new Map<string, Assignment[]>();
  const add = (name: string | undefined, from: number, to: number) => {
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []).slice(-9), { from, to }]);
  };
  for (let at = 0; at < code.length;) {
    at = commandAt(code, at, add);
    while (at < code.length && !endsCommand(code, at)) at += 1;
    at += 1;
  }
  return found;
}

/** The brace of `${X}` does not. */
function endsCommand(code: string, at: number): boolean {
  const character = code[at] ?? '';
  return commandEnd.test(character) && !(character === '{' && code[at - 1] === '$');
}

type Add = (name: string | undefined, from: number, to: number) => void;

/** Reads the assignments at the head of a command; gives where to go on. */
function commandAt(code: string, start: number, add: Add): number {
  let at = start;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(code);
    if (match) at = pattern.lastIndex;
    return match ?? undefined;
  };
  while (take(keyword));
  const named = take(loop) ?? take(printer) ?? take(options);
  if (named) add(named[1], start, start);
  let isDeclared = false;
  if (take(declaring)) {
    isDeclared = true;
    while (take(option));
  }
  for (;;) {
    const from = at;
    const match = take(assignment);
    if (match) {
      at = endOfWord(code, at);
      add(match[1], from, at);
    } else if (!isDeclared || !take(bareName)) break;
  }
  if (take(reader)) {
    const [words = ''] = take(/[^\n;&|<]*/y) ?? [];
    for (const [, name] of words.matchAll(/"[^"]*"|[-$]\w+|([A-Za-z_]\w*)/g)) add(name, start, start);
  }
  return at;
}

/** Behind a word: double quotes and substitutions may hold spaces. */
function endOfWord(code: string, start: number): number {
  let [inDouble, depth] = [false, 0];
  for (let at = start; at < code.length; at += 1) {
    const character = code[at] ?? '';
    if (character === '"') inDouble = !inDouble;
    if (character === '(' || character === '{') depth += 1;
    if (character === ')' || character === '}') depth -= 1;
    if (depth < 0 || (!inDouble && depth === 0 && /[\s;&|]/.test(character))) return at;
  }
  return code.length;
}
