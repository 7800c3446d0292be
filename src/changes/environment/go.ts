import type { EnvironmentRead, FoundRead } from './environmentRead.ts';
import { isVariableName, withLines } from './environmentRead.ts';
import { maskGo } from './maskGo.ts';
import type { HeadOf } from './wrappers.ts';
import { tellingReads, wrappedReads } from './wrappers.ts';

/**
 * The variables that Go reads: `os.Getenv("X")`, `os.LookupEnv("X")`, `viper.BindEnv(key, "X")`, and struct tags
 * `env:"X"` and `envconfig:"X"`, and `f("X")` of a function in the same file that reads what it is given. Where tags are put behind a prefix their whole names cannot be told.
 */
export function goReads(text: string): readonly EnvironmentRead[] {
  const code = maskGo(text);
  return withLines(text, [
    ...ofCalls(code, text),
    ...ofBindings(code, text),
    ...ofTags(code, text),
    ...wrappedReads(code, text, usedAsName, headsOf),
    ...tellingReads(code, text),
  ]);
}

const usedAsName = /\bos\.(?:Getenv|LookupEnv)\(\s{0,40}([A-Za-z_]\w*)\s{0,40}\)/g;

const headsOf: HeadOf = (parameter) => [
  String.raw`\bfunc\s+(?:\([^)]{0,80}\)\s*)?(?<NAME>\w+)\(\s*${parameter}\b[^,()]{0,60}(?:,\s*(?<SECOND>\w+)[^)]{0,100})?\)`,
];

const quoted = String.raw`(["${'`'}])( +)\1`;

function ofCalls(code: string, text: string): FoundRead[] {
  const call = new RegExp(
    String.raw`(?<![\w.])(?:os|syscall)\.(?:Getenv|LookupEnv)\(\s{0,80}${quoted}\s{0,80}\)`,
    'dg',
  );
  return [...code.matchAll(call)].flatMap((match) => {
    const isOneOf = /\bcmp\.Or\(\s{0,40}$/.test(code.slice(Math.max(0, match.index - 60), match.index));
    return readAt(text, match, isOneOf);
  });
}

function ofBindings(code: string, text: string): FoundRead[] {
  const call = new RegExp(String.raw`(?<![\w])BindEnv\(\s{0,80}"[ ]+"\s{0,80},\s{0,80}${quoted}`, 'dg');
  return [...code.matchAll(call)].flatMap((match) => readAt(text, match, false));
}

function ofTags(code: string, text: string): FoundRead[] {
  const found: FoundRead[] = [];
  for (const { index, 0: blanked } of code.matchAll(/`[ ]{6,2000}`/g)) {
    const tag = text.slice(index, index + blanked.length);
    // The whole name is put together from the tags of the structs around.
    if (/\benvPrefix:"|,\s*prefix\s*[="]/.test(tag)) return [];
    const [, key = '', value = ''] = /(?:^`|\s)(env|envconfig):"([^"]*)"/.exec(tag) ?? [];
    const [name = '', ...options] = value.split(',').map((part) => part.trim());
    if (!isVariableName(name)) continue;
    const hasDefault =
      /\b(?:envDefault|default|env-default):"/.test(tag) || options.some((option) => option.startsWith('default='));
    found.push({ name, offset: index + tag.indexOf(`${key}:"`), hasDefault });
  }
  return found;
}

function readAt(text: string, { indices }: RegExpExecArray, hasDefault: boolean): FoundRead[] {
  const [from = 0, to = 0] = indices?.[2] ?? [];
  const name = text.slice(from, to);
  return isVariableName(name) ? [{ name, offset: from, hasDefault }] : [];
}
