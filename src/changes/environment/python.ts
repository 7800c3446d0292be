import type { EnvironmentRead, FoundRead } from './environmentRead.ts';
import { isVariableName, withLines } from './environmentRead.ts';
import { maskPython } from './maskPython.ts';
import { settingsReads } from './pythonSettings.ts';
import type { HeadOf } from './wrappers.ts';
import { tellingReads, wrappedReads } from './wrappers.ts';

/**
 * The variables that Python reads: `os.environ['X']`, `os.environ.get('X')`, `os.getenv('X')`, the same by names imported
 * from `os`, `env('X')` of environs and django-environ, `config('X')` of decouple, the fields of pydantic's settings, and `f('X')`
 * of a function in the same file that reads what it is given.
 */
export function pythonReads(text: string): readonly EnvironmentRead[] {
  const code = maskPython(text);
  const { environ, calls } = namesOf(code);
  return withLines(text, [
    ...ofMapping(code, text, environ),
    ...ofCalls(code, text, calls),
    ...askedFor(code, text, environ),
    ...settingsReads(code, text),
    ...wrappedReads(code, text, usedAsName, headsOf),
    ...tellingReads(code, text),
  ]);
}

const usedAsName = /\b(?:os\.)?(?:environ(?:\[\s{0,40}|\.get\(\s{0,40})|getenv\(\s{0,40})([A-Za-z_]\w*)\s{0,40}[\],)]/g;

const headsOf: HeadOf = (parameter) => [
  String.raw`\bdef\s+(?<NAME>\w+)\(\s*(?:self,\s*)?${parameter}\b[^,()]{0,60}(?:,\s*(?<SECOND>\w+)[^)]{0,100})?\)`,
];

interface Names {
  /** Patterns of what is the mapping. */
  readonly environ: string;
  /** Patterns of functions whose first argument is a variable's name. */
  readonly calls: string;
}

function namesOf(code: string): Names {
  const modules = ['os'];
  const environ: string[] = [];
  const calls: string[] = [];
  for (const [, name = ''] of code.matchAll(/\bimport os as (\w+)/g)) modules.push(name);
  for (const [, list = ''] of code.matchAll(/\bfrom os import \(?([\w, \t\n]{1,500})/g)) {
    for (const part of list.split(',')) {
      const [, name, local = name] = /^\s*(\w+)(?:\s+as\s+(\w+))?/.exec(part) ?? [];
      if (name === 'environ' && local !== undefined) environ.push(local);
      if (name === 'getenv' && local !== undefined) calls.push(local);
    }
  }
  const readers = /\b(\w+)\s{0,40}=\s{0,40}(?:(?:environs?|environ)\.)?(?:Env|FileAwareEnv)\(/g;
  if (/\b(?:import|from) environs?\b/.test(code)) {
    for (const [, name = ''] of code.matchAll(readers)) calls.push(String.raw`${name}(?:\.\w+)?`);
  }
  if (/\bfrom decouple import\b/.test(code)) calls.push('config');
  const module = `(?:${modules.join('|')})`;
  return {
    environ: [String.raw`${module}\.environ`, ...environ].join('|'),
    calls: [String.raw`${module}\.getenv`, ...calls].join('|'),
  };
}

const quoted = String.raw`[rRuU]?(["'])( +)\1`;

function ofMapping(code: string, text: string, environ: string): FoundRead[] {
  const key = new RegExp(String.raw`(?<![\w.])(?:${environ})\s{0,80}\[\s{0,80}${quoted}\s{0,80}\]`, 'dg');
  const call = new RegExp(
    String.raw`(?<![\w.])(?:${environ})\s{0,80}\.\s{0,80}(?:get|pop|setdefault)\s{0,80}\(\s{0,80}${quoted}`,
    'dg',
  );
  const keys = [...code.matchAll(key)].flatMap((match) => {
    const end = match.index + match[0].length;
    const isWritten = /\s{0,80}=(?!=)/y;
    isWritten.lastIndex = end;
    const isDeleted = /\bdel\s{1,40}$/.test(code.slice(Math.max(0, match.index - 50), match.index));
    return isWritten.test(code) || isDeleted ? [] : readAt(text, match, false);
  });
  return [...keys, ...withDefaults(code, text, call)];
}

function ofCalls(code: string, text: string, calls: string): FoundRead[] {
  return withDefaults(code, text, new RegExp(String.raw`(?<![\w.])(?:${calls})\s{0,80}\(\s{0,80}${quoted}`, 'dg'));
}

/** A second argument that is not `None`, or `or` behind the call. */
function withDefaults(code: string, text: string, call: RegExp): FoundRead[] {
  return [...code.matchAll(call)].flatMap((match) => {
    const ends = /\s{0,80}([,)])/y;
    ends.lastIndex = match.index + match[0].length;
    if (!ends.test(code)) return [];
    const instead =
      /\s{0,80}(?:\)\s{0,80}or\b|,(?!\s{0,80}(?:None\s{0,80}[,)]|default\s{0,80}=\s{0,80}None\b|cast\b|\)))\s{0,80}\S)/y;
    instead.lastIndex = match.index + match[0].length;
    const named = /[^()\n]{0,200}\bdefault\s{0,80}=(?!\s{0,80}None\b)/y;
    named.lastIndex = instead.lastIndex;
    return readAt(text, match, instead.test(code) || named.test(code));
  });
}

/** `'X' in os.environ`: it does without. */
function askedFor(code: string, text: string, environ: string): FoundRead[] {
  const asked = new RegExp(String.raw`${quoted}\s{1,40}(?:not\s{1,40})?in\s{1,40}(?:${environ})(?![\w.])`, 'dg');
  return [...code.matchAll(asked)].flatMap((match) => readAt(text, match, true));
}

function readAt(text: string, { indices }: RegExpExecArray, hasDefault: boolean): FoundRead[] {
  const [from = 0, to = 0] = indices?.[2] ?? [];
  const name = text.slice(from, to);
  return isVariableName(name) ? [{ name, offset: from, hasDefault }] : [];
}
