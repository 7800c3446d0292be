import type { EnvironmentRead, FoundRead } from './environmentRead.ts';
import { isVariableName, withLines } from './environmentRead.ts';
import { environmentNames } from './javascriptImports.ts';
import { maskJavascript } from './maskJavascript.ts';
import { readsOfPattern } from './javascriptPatterns.ts';
import { getterReads, handedOverAt, schemaReads } from './javascriptSchemas.ts';
import type { HeadOf } from './wrappers.ts';
import { tellingReads, wrappedReads } from './wrappers.ts';

/** What Vite itself puts into `import.meta.env`. */
const ofVite = new Set(['MODE', 'BASE_URL', 'PROD', 'DEV', 'SSR']);

/**
 * The variables that JavaScript or TypeScript reads: `process.env.X`, `process.env['X']`, `{ X } = process.env`, the same of
 * `import.meta.env` and `Bun.env`, of a name that stands for one of them, `Deno.env.get('X')`, and `f('X')` of a function in
 * the same file that does so; the keys of schemas where the whole environment is handed over, and `configService.get('X')`.
 * A name that is computed cannot be told.
 */
export function javascriptReads(text: string): readonly EnvironmentRead[] {
  const code = maskJavascript(text);
  const { names, imported } = environmentNames(code, text);
  const source = { code, text };
  return withLines(text, [
    ...imported,
    ...ofEnvironment(source, names),
    ...(handedOverAt(code, rootOf(names)) === undefined ? [] : schemaReads(code, text)),
    ...getterReads(code, text),
    ...ofDeno(source),
    ...wrappedReads(code, text, usedAsName, headsOf),
    ...tellingReads(code, text),
  ]);
}

/**
 * The line, counted from 1, where JavaScript or TypeScript hands its whole environment to what reads it by names that are not
 * in this file; undefined where it does not.
 */
export function javascriptHandsOver(text: string): number | undefined {
  const code = maskJavascript(text);
  const at = handedOverAt(code, rootOf(environmentNames(code, text).names));
  if (at === undefined || schemaReads(code, text).length > 0) return undefined;
  return text.slice(0, at).split('\n').length;
}

const usedAsName =
  /\b(?:process\??\.env|Bun\.env)(?:\?\.)?\[\s{0,40}([A-Za-z_$][\w$]*)\s{0,40}\]|\bDeno\.env\.get\(([A-Za-z_$][\w$]*)\)/g;

/** `function f(name…) {`, `const f = (name…) =>`, and methods. */
const headsOf: HeadOf = (parameter) => {
  const given = parameter.replaceAll('$', String.raw`\$`);
  const list = String.raw`\(\s*${given}\b[^,()]{0,60}(?:,\s*(?<SECOND>[\w$]+)[^)]{0,100})?\)`;
  return [
    String.raw`\bfunction\s+(?<NAME>[\w$]+)\s*(?:<[^>]{0,60}>\s*)?${list}`,
    String.raw`\b(?:const|let|var)\s+(?<NAME>[\w$]+)\s*=\s*(?:async\s*)?(?:function\s*)?${list}`,
    String.raw`\b(?:const|let|var)\s+(?<NAME>[\w$]+)\s*=\s*${given}\s*=>`,
    String.raw`(?<![\w.])(?!(?:if|for|while|switch|catch|function)\b)(?<NAME>[\w$]+)${list}\s*(?::[^{;]{0,60})?\{`,
  ];
};

interface Source {
  /** Masked. */
  readonly code: string;
  readonly text: string;
}

/** Matches the environment, and the names that stand for it in a file. */
function rootOf(names: readonly string[]): RegExp {
  const own = names.map((name) => name.replaceAll('$', String.raw`\$`)).join('|');
  const roots = String.raw`process\s{0,40}\??\.\s{0,40}env|import\.meta\??\.env|Bun\.env${own === '' ? '' : `|${own}`}`;
  // A spread, `...process.env`, is the environment too.
  return new RegExp(String.raw`(?<![\w$]|(?<!\b(?:globalThis|global|window)|\.\.)\.)(?:${roots})(?![\w$])`, 'g');
}

function ofEnvironment({ code, text }: Source, names: readonly string[]): FoundRead[] {
  const found: FoundRead[] = [];
  for (const match of code.matchAll(rootOf(names))) {
    const end = match.index + match[0].length;
    const member = memberAt(code, text, end);
    if (member === undefined) {
      found.push(...readsOfPattern(code, text, match.index, end), ...askedFor(code, text, match.index));
    } else if (isRead(code, match.index, member.end) && !(match[0].startsWith('import') && ofVite.has(member.name))) {
      found.push({ name: member.name, offset: match.index, hasDefault: hasDefault(code, match.index, member.end) });
    }
  }
  return found;
}

/** `.X`, `?.X`, `['X']` behind the name of the environment. */
function memberAt(code: string, text: string, at: number): { readonly name: string; readonly end: number } | undefined {
  const dotted = /\s{0,80}!?\??\.\s{0,80}([A-Za-z_]\w*)(?![\w$])/y;
  dotted.lastIndex = at;
  const [, name] = dotted.exec(code) ?? [];
  if (name !== undefined) {
    const isMethod = /\s{0,80}\(/y;
    isMethod.lastIndex = dotted.lastIndex;
    return isMethod.test(code) ? undefined : { name, end: dotted.lastIndex };
  }
  const quoted = /\s{0,80}!?(?:\?\.)?\[\s{0,80}(["'`])( +)\1\s{0,80}\]/dy;
  quoted.lastIndex = at;
  const [from = 0, to = 0] = quoted.exec(code)?.indices?.[2] ?? [];
  const key = text.slice(from, to);
  return isVariableName(key) ? { name: key, end: quoted.lastIndex } : undefined;
}

/** Not `X = 1` and not `delete X`; `X ??= 1` reads before it writes. */
function isRead(code: string, start: number, end: number): boolean {
  if (/\bdelete\s{1,40}$/.test(code.slice(Math.max(0, start - 60), start))) return false;
  const assigned = /\s{0,80}=(?![=>])/y;
  assigned.lastIndex = end;
  return !assigned.test(code);
}

/** `X ?? 1`, `X || 1`, `X ??= 1`, and `Number(X) || 1` with the functions that make a number or a text of it. */
function hasDefault(code: string, start: number, end: number): boolean {
  const isConverted = /\b(?:Number|parseInt|parseFloat|String|BigInt)\s*\(\s*$/.test(
    code.slice(Math.max(0, start - 60), start),
  );
  const instead = isConverted
    ? /!?\s{0,80}(?:,\s{0,80}\d+\s{0,80})?\)?\s{0,80}(?:\?\?|\|\|)/y
    : /!?\s{0,80}(?:\?\?|\|\|)/y;
  instead.lastIndex = end;
  return instead.test(code);
}

/** `'X' in process.env`: it does without. */
function askedFor(code: string, text: string, start: number): FoundRead[] {
  const from = Math.max(0, start - 200);
  const match = /(["'`])( +)\1\s{1,40}in\s{1,40}$/d.exec(code.slice(from, start));
  const [first = 0, last = 0] = match?.indices?.[2] ?? [];
  const name = text.slice(from + first, from + last);
  return isVariableName(name) ? [{ name, offset: start, hasDefault: true }] : [];
}

function ofDeno({ code, text }: Source): FoundRead[] {
  const call = /(?<![\w$.])Deno\.env\.get\(\s{0,80}(["'`])( +)\1\s{0,80},?\s{0,80}\)/dg;
  return [...code.matchAll(call)].flatMap((match) => {
    const [from = 0, to = 0] = match.indices?.[2] ?? [];
    const name = text.slice(from, to);
    const end = match.index + match[0].length;
    return isVariableName(name) ? [{ name, offset: from, hasDefault: hasDefault(code, match.index, end) }] : [];
  });
}
