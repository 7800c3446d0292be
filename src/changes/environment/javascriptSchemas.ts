import type { FoundRead } from './environmentRead.ts';
import { isVariableName } from './environmentRead.ts';

/** What surrounds a name further away than that is no call that a person wrote. */
const longestCall = 5000;
/** And the value of a key longer than that is none of a schema. */
const longestValue = 1000;
const mostRecords = 8;

/** Functions that only write to the environment, show it, or give it to another program. */
const readsNothing =
  /^(?:(?:Object|Reflect|JSON|console|log|logger|vi|jest)\.\w+|(?:[\w$.]+\.)?(?:spawn|spawnSync|exec|execSync|execFile|execFileSync|fork|execa|execaSync|execaCommand|expect|expand|populate|structuredClone|cloneDeep)|if|while|switch|return|typeof|\$)$/;

/** `env: process.env` and `env: { …, ...process.env` are the environment of a program that is started. */
const isForChild = /\benv\s{0,40}:\s{0,40}(?:\{[^{}]{0,200})?(?:\.\.\.)?\s{0,40}$/;

/**
 * Where masked code hands its whole environment to a function that may read from it: `schema.parse(process.env)`,
 * `createEnv({ …, runtimeEnv: process.env })`; undefined where it does not. `root` matches names of the environment.
 */
export function handedOverAt(code: string, root: RegExp): number | undefined {
  for (const { index, 0: name } of code.matchAll(root)) {
    const rest = code.slice(index + name.length, index + name.length + 100);
    const isBare = /^\s*(?:[,)}!]|as\b|satisfies\b|\?\?)/.test(rest);
    const before = code.slice(Math.max(0, index - longestCall), index);
    const isArgument = /(?:[(,:]|\.\.\.)\s{0,200}$/.test(before.slice(-210));
    if (!isBare || !isArgument || isForChild.test(before.slice(-300))) continue;
    const called = calledAround(before);
    if (called !== undefined && !readsNothing.test(called)) return index;
  }
  return undefined;
}

/** The name of the function whose arguments the end of `before` is among, through the records that it is in. */
function calledAround(before: string): string | undefined {
  let [depth, records] = [0, 0];
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const character = before[at] ?? '';
    if (')]}'.includes(character)) depth += 1;
    else if (character === ';' && depth === 0) return undefined;
    else if ('([{'.includes(character)) {
      depth -= 1;
      if (depth >= 0) continue;
      depth = 0;
      // A block, or a record that has a name of its own, is among no arguments.
      if (character === '{' && !/[(,:[]\s{0,200}$/.test(before.slice(Math.max(0, at - 210), at))) return undefined;
      if (character !== '(' && ++records > mostRecords) return undefined;
      if (character !== '(') continue;
      return /([\w$]+(?:\??\.[\w$]+){0,9})\s{0,40}(?:<[^<>()]{0,80}>)?\s{0,40}$/.exec(
        before.slice(Math.max(0, at - 300), at),
      )?.[1];
    }
  }
  return undefined;
}

/** Keys in capitals whose value begins as that of a schema does: `STRIPE_URL: z.string()`, `PORT: port({ default: 3 })`. */
const member =
  /[{,]\s*(?:([A-Z][A-Z0-9_]*)|(["'])( +)\2)\s*:\s*(?=(?:z|zod|[Jj]oi|yup|v|t|s|Type|Schema)\s{0,80}\.[\w$.]+\(|[A-Za-z_$][\w$.]*\(\s*(?!["'`]))/dg;

const withDefault =
  /\.(?:default|optional|nullish|catch|prefault)\(|\b(?:[Oo]ptional|nullish|fallback)\(|\bdefault\s*:/;

/**
 * The variables that schemas of a file name by their keys, where the file hands its environment over: zod, envalid, t3-env,
 * Joi, and others that are written the same way.
 */
export function schemaReads(code: string, text: string): readonly FoundRead[] {
  return [...code.matchAll(member)].flatMap((match): FoundRead[] => {
    const [from = 0, to = 0] = match.indices?.[1] ?? match.indices?.[3] ?? [];
    const name = text.slice(from, to);
    if (!isVariableName(name) || !/^[A-Z][A-Z0-9_]+$/.test(name)) return [];
    const value = code.slice(match.index + match[0].length, endOfMember(code, match.index + match[0].length));
    return [{ name, offset: from, hasDefault: withDefault.test(value) }];
  });
}

function endOfMember(code: string, from: number): number {
  const last = Math.min(code.length, from + longestValue);
  for (let depth = 0, at = from; at < last; at += 1) {
    const character = code[at] ?? '';
    if ('{[('.includes(character)) depth += 1;
    if ('}])'.includes(character)) depth -= 1;
    if (depth < 0 || (depth === 0 && character === ',')) return at;
  }
  return last;
}

const getter =
  /(?:\b\w{0,40}[cC]onfigService\s{0,40}\??\.\s{0,40}(?:get|getOrThrow)\s{0,9}(?:<[^()]{0,80}>)?|(?<![\w$.])env\.get)\(\s{0,80}(["'`])( +)\1\s{0,80}(,?)/dg;

/** The variables that NestJS's `configService.get('X')` and `getOrThrow('X')` and env-var's `env.get('X')` read, in capitals. */
export function getterReads(code: string, text: string): readonly FoundRead[] {
  return [...code.matchAll(getter)].flatMap((match): FoundRead[] => {
    const [from = 0, to = 0] = match.indices?.[2] ?? [];
    const name = text.slice(from, to);
    if (!/^[A-Z][A-Z0-9_]+$/.test(name) || !isVariableName(name)) return [];
    const rest = code.slice(match.index + match[0].length, match.index + match[0].length + 300);
    // NestJS takes options in the same place: `{ infer: true }`.
    const isGiven = match[3] === ',' && !/^\s*[{)]/.test(rest);
    const [chain = ''] = rest.split(/;|\n(?!\s*\.)/, 1);
    return [
      { name, offset: from, hasDefault: isGiven || /^[^,]{0,200}\.default\(|^\s*\)\s*(?:\?\?|\|\|)/.test(chain) },
    ];
  });
}
