import { describe, expect, it } from 'vitest';
import { javascriptReads } from '../../../../src/changes/environment/javascript.ts';

/** `name:line`, with `=` behind it where there is a default. */
const told = (text: string) =>
  javascriptReads(text).map(({ name, line, hasDefault }) => `${name}:${line}${hasDefault ? '=' : ''}`);

describe('javascriptReads', () => {
  it.each<[string, string, readonly string[]]>([
    ['a property', 'const url = process.env.LOYALTY_URL;', ['LOYALTY_URL:1']],
    ['a property with ?.', 'process?.env?.A', ['A:1']],
    ['a property of the global', 'globalThis.process.env.A', ['A:1']],
    ['a key', `process.env['A'] + process.env["B"] + process.env[\`C\`]`, ['A:1', 'B:1', 'C:1']],
    ['a key with ?.', `process.env?.['A']`, ['A:1']],
    ['a computed key', 'process.env[name]; process.env[`A_${name}`]', []],
    ['lines', '\n\nf(process.env.A,\n  process.env.B)', ['A:3', 'B:4']],
    ['a line break within', 'process\n  .env\n  .A', ['A:1']],
    ['a default by ??', `process.env.A ?? 'x'`, ['A:1=']],
    ['a default by ||', `process.env.A || 'x'`, ['A:1=']],
    ['a default by ??=', `process.env.A ??= 'x'`, ['A:1=']],
    ['a default of a number', `Number(process.env.A) || 1; parseInt(process.env.B, 10) || 2`, ['A:1=', 'B:1=']],
    ['a default within a number', `Number(process.env.A ?? 1)`, ['A:1=']],
    ['an or of two conditions', 'if (isOn(process.env.A) || b) f()', ['A:1']],
    ['asserted', 'process.env.A!', ['A:1']],
    ['asserted with a default', `process.env.A! || 'x'`, ['A:1=']],
    ['a comparison', `process.env.A === '1'; process.env.B == 2`, ['A:1', 'B:1']],
    ['a write', `process.env.A = '1'; process.env['B'] = '2'; delete process.env.C;`, []],
    ['asked for', `if ('A' in process.env) f()`, ['A:1=']],
    ['the same line twice', 'process.env.A ? process.env.A : 1', ['A:1']],
    ['a pattern', `const { A, B: b = 'd', 'C': c, ...rest } = process.env;`, ['A:1', 'B:1=', 'C:1']],
    ['a pattern over lines', 'const {\n  A,\n  // X,\n  B = "{",\n} = process.env', ['A:2', 'B:4=']],
    ['a typed pattern', 'const { A }: NodeJS.ProcessEnv = process.env', ['A:1']],
    ['a pattern of a parameter', 'function f({ A, B = 1 } = process.env) {}', ['A:1', 'B:1=']],
    ['an object that spreads it', 'spawn(x, { env: { ...process.env, A: 1 } })', []],
    ['another object', 'const { A } = process.environment; const { B } = process.env.C', ['C:1']],
    ['a name for it', 'const env = process.env;\nenv.A; env["B"] ?? 1; const { C } = env;', ['A:2', 'B:2=', 'C:2']],
    ['a name for a part of it', 'const env = process.env.NAME; env.A', ['NAME:1']],
    ['an env that is another', 'const env = load(); env.A', []],
    ['an env of another', 'const env = process.env; config.env.A', []],
    ['an import', `import { env } from 'node:process';\nenv.A`, ['A:2']],
    ['a renamed import', `import process, { env as e } from 'process';\ne.A`, ['A:2']],
    ['a require', `const { env } = require('process'); env.A`, ['A:1']],
    ['of process', 'const { env: e, argv } = process; e.A', ['A:1']],
    ['an import of another module', `import { env } from './config.js';\nenv.A`, []],
    ['import.meta.env', 'import.meta.env.VITE_API; import.meta.env.MODE; import.meta.env?.B', ['VITE_API:1', 'B:1']],
    ['Bun', `Bun.env.A; Bun.env['B']`, ['A:1', 'B:1']],
    ['Deno', `Deno.env.get('A'); Deno.env.get("B") ?? 'x'; Deno.env.set('C', 'x')`, ['A:1', 'B:1=']],
    [
      'SvelteKit',
      `import { A, B as b } from '$env/static/private';\nimport { env } from '$env/dynamic/private';\nenv.C`,
      ['A:1', 'B:1', 'C:3'],
    ],
    [
      'a schema that it is parsed by',
      'z.object({ STRIPE_URL: z.string(), PORT: z.coerce.number().default(3), "C_D": z.string().optional() }).parse(process.env)',
      ['STRIPE_URL:1', 'PORT:1=', 'C_D:1='],
    ],
    [
      'a schema elsewhere in the file',
      'const schema = z.object({\n  // the API\n  STRIPE_URL: z\n    .string(),\n  MODE: z.literal("x"),\n});\nexport const env = schema.safeParse({ ...process.env });',
      ['STRIPE_URL:3', 'MODE:5'],
    ],
    [
      't3-env',
      'createEnv({ server: { STRIPE_URL: z.string() }, client: {}, runtimeEnv: process.env })',
      ['STRIPE_URL:1'],
    ],
    [
      'envalid',
      'cleanEnv(process.env, { STRIPE_URL: str(), PORT: port({ default: 3 }) })',
      ['STRIPE_URL:1', 'PORT:1='],
    ],
    ['Joi by a name for it', 'const e = process.env;\nJoi.object({ A_B: Joi.string() }).validate(e)', ['A_B:2']],
    [
      'a schema of something else',
      'z.object({ STRIPE_URL: z.string() }).parse(request.body); f(process.env.A)',
      ['A:1'],
    ],
    [
      'records that are no schemas',
      'load(process.env); const KINDS = { LOGIN: action("login"), OUT: 1, UP: "x", DOWN: other, low: z.string() }',
      [],
    ],
    [
      'a schema beside a program that is started',
      'z.object({ A_B: z.string() }); spawn("x", { env: process.env }); run("x", { env: { ...process.env, C: f() } });',
      [],
    ],
    [
      'a schema beside what only shows it',
      'z.object({ A_B: z.string() }); console.log(process.env); Object.keys(process.env)',
      [],
    ],
    [
      'NestJS',
      `this.configService.get<string>('STRIPE_URL'); configService.getOrThrow("A_B"); configService.get('C_D', 3); configService.get('E_F', { infer: true }); configService.get('G_H') ?? 1; configService.get('database.port')`,
      ['STRIPE_URL:1', 'A_B:1', 'C_D:1=', 'E_F:1', 'G_H:1='],
    ],
    [
      'env-var',
      `env.get('A_B').required().asString();\nenv.get('C_D')\n  .default('x')\n  .asString();\nmap.get('E_F'); this.env.get('G_H')`,
      ['A_B:1', 'C_D:2='],
    ],
    ['a spread of a part', 'f(...process.env.HOSTS.split(","))', ['HOSTS:1']],
    ['a method', `process.env.hasOwnProperty('A')`, []],
    ['a comment', '// process.env.A\n/* process.env.B\n */ process.env.C', ['C:3']],
    ['a string', `'process.env.A' + "it's process.env.B" + process.env.C`, ['C:1']],
    ['an address in a string', `get('http://x/' + process.env.A)`, ['A:1']],
    [
      'a template',
      '`${process.env.A}/process.env.B/${`x${process.env.C}`}${{ a: 1 }.a}` + process.env.D',
      ['A:1', 'C:1', 'D:1'],
    ],
    [
      'a regular expression',
      `a.replace(/['"\`/*]/g, process.env.A); b / process.env.B / "'"; process.env.C`,
      ['A:1', 'B:1', 'C:1'],
    ],
    ['a class in a regular expression', 'x = /[/"]/; process.env.A', ['A:1']],
    ['markup', `<p>don't</p>\n<a href={process.env.A}>http://x</a>\n<br/>{process.env.B}`, ['A:2', 'B:3']],
    ['a string without an end', `const a = 'oops\nprocess.env.A`, ['A:2']],
    ['another process', 'myprocess.env.A; a.process.env.B; process.environment.C', []],
    [
      'a function',
      `function must(name: string): string {\n  const v = process.env[name];\n  if (!v) throw new Error(name);\n  return v;\n}\nmust('A'); other('B'); must(\`C\`); x.must('D')`,
      ['A:6', 'C:6'],
    ],
    [
      'a function with a default',
      `const env = (name, fallback = '') => process.env[name] ?? fallback;\nenv('A', 'x'); env('B'); env('C') ?? 'x'; env('D', )`,
      ['A:2=', 'B:2', 'C:2=', 'D:2'],
    ],
    ['a function of one parameter', `const get = key => process.env[key];\nget('A')`, ['A:2']],
    [
      'a method',
      `class C { read(key: string): string { return process.env[key] ?? ''; }\n  url = this.read('A'); }`,
      ['A:2'],
    ],
    [
      'a function with another second parameter',
      `function num(name, radix) { return parseInt(process.env[name], radix) }\nnum('A', 10)`,
      ['A:2'],
    ],
    ['a function of Deno', `function get(key) { return Deno.env.get(key) }\nget('A')`, ['A:2']],
    ['a loop is no function', `for (const name of names) { if (process.env[name]) f('A') }`, []],
    [
      'functions of other files',
      `getEnv('A_B'); requireEnv("C_D", 'message'); env('EFG', fallback); env.int('H_I', 1) ; mustGetEnvVar('J_K') || 1; getEnvOrDefault('L_M', 'x')`,
      ['A_B:1', 'C_D:1', 'EFG:1', 'H_I:1=', 'J_K:1=', 'L_M:1='],
    ],
    [
      'functions that do something else',
      `setEnv('A_B'); hasEnv('A_B'); getEnv('lower'); getEnv(A_B); event('A_B'); environment('A_B'); getenvironment('A_B')`,
      [],
    ],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it.each([
    ['(/[', 300_000],
    ['`${', 300_000],
    ['process.env', 100_000],
    ['process.env[a] ', 60_000],
    ['function f(a) ', 60_000],
    ['{', 500_000],
    ['} = process.env;', 100_000],
    ['const a', 150_000],
    ["'\\", 500_000],
  ])(
    'reads a hostile text in linear time: %s',
    (part, times) => {
      expect(javascriptReads(part.repeat(times))).toEqual([]);
    },
    20_000,
  );
});
