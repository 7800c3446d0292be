import type { FoundRead } from './environmentRead.ts';
import { isVariableName } from './environmentRead.ts';

/** A function of the same file that reads the variable which its first parameter names. */
interface Wrapper {
  readonly name: string;
  /** By the name of its second parameter: `fallback`. */
  readonly takesDefault: boolean;
}

/** How a language defines a function: the pattern of its head, with `NAME` and `SECOND` as groups, up to its body. */
export type HeadOf = (parameter: string) => readonly string[];

/** A head further from its use is that of another function. */
const longestBody = 600;
const mostUses = 50;
const isDefault = /^_?(?:def|fallback|alt|otherwise|or)/i;

/**
 * The variables that are read through functions of the same file, `requireEnv('X')`: `uses` finds where a name (group 1) is
 * used as a variable's name, `headOf` what defines the function around.
 */
export function wrappedReads(code: string, text: string, uses: RegExp, headOf: HeadOf): readonly FoundRead[] {
  const wrappers = new Map<string, Wrapper>();
  for (const use of [...code.matchAll(uses)].slice(0, mostUses)) {
    const parameter = use[1] ?? use[2];
    const wrapper = parameter === undefined ? undefined : around(code, use.index, headOf(parameter));
    if (wrapper !== undefined) wrappers.set(wrapper.name, wrapper);
  }
  return [...wrappers.values()].flatMap((wrapper) => callsOf(code, text, wrapper));
}

function around(code: string, at: number, heads: readonly string[]): Wrapper | undefined {
  const before = code.slice(Math.max(0, at - longestBody), at);
  const found = heads.flatMap((head) => [...before.matchAll(new RegExp(head, 'g'))]);
  const nearest = found.sort((a, b) => b.index - a.index)[0];
  const { NAME, SECOND = '' } = nearest?.groups ?? {};
  return NAME === undefined ? undefined : { name: NAME, takesDefault: isDefault.test(SECOND) };
}

function callsOf(code: string, text: string, { name, takesDefault }: Wrapper): readonly FoundRead[] {
  const call = new RegExp(
    String.raw`(?<![\w$.]|\b(?:function|def|func)\s)(?:this\.|self\.)?${name.replaceAll('$', String.raw`\$`)}\(\s{0,80}(["'${'`'}])( +)\1\s{0,80}(,\s{0,80}[^\s)]|,?\s{0,80}\)(?:\s{0,80}(?:\?\?|\|\||or\b))?)`,
    'dg',
  );
  return [...code.matchAll(call)].flatMap(({ 3: tail = '', indices }) => {
    const [from = 0, to = 0] = indices?.[2] ?? [];
    const variable = text.slice(from, to);
    const hasDefault =
      tail.startsWith(',') && !tail.includes(')') ? takesDefault : /\S$/.test(tail) && !tail.endsWith(')');
    return isVariableName(variable) ? [{ name: variable, offset: from, hasDefault }] : [];
  });
}

/** `getEnv`, `must_getenv`, `requireEnvVar`, `env_bool`, `getenv_boolean`, `env.int`: names that say what they do. */
const telling =
  /(?<![\w$])(?:(?:must|require|read|load|fetch|lookup|need)_?)?(?:get_?)?env(?:_?var(?:iable)?)?(?:[_.]?(?:str|string|int|integer|bool|boolean|float|number|list|json|url|duration|required|optional))?(_?or_?(?:default|else)|_?with_?default)?\(\s{0,80}(["'`])( +)\2\s{0,80}(,\s{0,40}default\s{0,20}=(?!\s{0,20}None\b)|,\s{0,80}[^\s)]|,?\s{0,80}\)(?:\s{0,80}(?:\?\?|\|\||or\b))?)/dgi;

/**
 * Reads through functions of other files whose names say that they read a variable: `getenv_boolean('FEATURE_X')`. Only of
 * names in capitals, and with a default only where that is said, or where a literal
 * follows: what another second argument means cannot be seen.
 */
export function tellingReads(code: string, text: string): readonly FoundRead[] {
  return [...code.matchAll(telling)].flatMap(({ 0: call, 1: orDefault, 4: tail = '', index, indices }) => {
    const [from = 0, to = 0] = indices?.[3] ?? [];
    const name = text.slice(from, to);
    if (!/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[A-Z]{3,}$/.test(name) || !isVariableName(name)) return [];
    const second = code.slice(index + call.length - 1, index + call.length + 5);
    const isLiteral = tail.startsWith(',') && /^(?:["'`\d]|(?:true|false)\b)/i.test(second);
    const hasDefault =
      orDefault !== undefined ||
      /=$|(?:\?\?|\|\||or)$/i.test(tail) ||
      (isLiteral && !/^(?:must|require|need)/i.test(call));
    return [{ name, offset: from, hasDefault }];
  });
}
