import { describe, expect, it } from 'vitest';
import {
  environmentReads,
  handsOverEnvironment,
  languageOf,
  mayReadEnvironment,
} from '../../../../src/changes/environment/environmentReads.ts';

describe('languageOf', () => {
  it.each([
    ['src/a.js', '', 'javascript'],
    ['src/a.test.mts', '', 'javascript'],
    ['App.vue', '', 'javascript'],
    ['a.PY', '', 'python'],
    ['cmd/main.go', '', 'go'],
    ['run.sh', '', 'shell'],
    ['bin/start', '#!/bin/sh\n', 'shell'],
    ['bin/start', '#!/usr/bin/env bash', 'shell'],
    ['bin/start', '#!/usr/bin/env -S node --enable-source-maps\n', 'javascript'],
    ['bin/start', '#!/usr/bin/python3.12 -u\n', 'python'],
    ['bin/start', 'process.env.A', undefined],
    ['bin/start', '#!/usr/bin/perl\n', undefined],
    ['a.java', '#!/bin/sh', undefined],
    ['.env', 'A=1', undefined],
  ])('%s %j: %s', (path, text, expected) => {
    expect(languageOf(path, text)).toBe(expected);
  });
});

describe('mayReadEnvironment', () => {
  it.each([
    ['src/receipts.js', true],
    ['bin/start', true],
    ['contest/a.py', true],
    ['a.java', false],
    ['Dockerfile', false],
    ['README.md', false],
    ['test/a.js', false],
    ['src/__tests__/a.js', false],
    ['src/a.spec.ts', false],
    ['src/a.min.js', false],
    ['src/a.d.ts', false],
    ['a/test_b.py', false],
    ['a/conftest.py', false],
    ['a_test.go', false],
    ['node_modules/a/b.js', false],
    ['vendor/a.go', false],
    ['docs/make', false],
    ['.github/scripts/a.sh', false],
  ])('%s: %s', (path, expected) => {
    expect(mayReadEnvironment(path)).toBe(expected);
  });
});

describe('environmentReads', () => {
  it.each([
    ['a.js', 'process.env.A', ['A']],
    ['a.py', 'import os; os.getenv("A")', ['A']],
    ['a.go', 'os.Getenv("A")', ['A']],
    ['a.sh', 'echo $A', ['A']],
    ['run', '#!/bin/sh\necho $A', ['A']],
    ['a.rb', 'ENV["A"]', []],
    ['a.test.js', 'process.env.A', []],
  ])('%s: %s', (path, text, expected) => {
    expect(environmentReads(path, text).map(({ name }) => name)).toEqual(expected);
  });
});

describe('handsOverEnvironment', () => {
  it.each<[string, string, number | undefined]>([
    ['src/env.ts', `import { schema } from './schema';\n\nexport const env = schema.parse(process.env);`, 3],
    ['src/env.ts', 'export const env = load(\n  "x",\n  process.env as Env,\n);', 3],
    ['src/env.ts', 'const env = process.env;\nread(env);', 2],
    ['src/env.ts', 'z.object({ A_B: z.string() }).parse(process.env)', undefined],
    ['src/env.ts', 'f(process.env.A); const env = process.env; env.B;', undefined],
    ['src/env.ts', 'spawn("x", { env: process.env }); spawn("y", { env: { A: 1, ...process.env } })', undefined],
    [
      'src/env.ts',
      'if (process.env) console.log(process.env, Object.keys(process.env), JSON.stringify(process.env))',
      undefined,
    ],
    ['src/env.ts', 'beforeAll(() => { const saved = { ...process.env }; }); return process.env;', undefined],
    ['src/env.ts', '// load(process.env)', undefined],
    ['test/env.ts', 'load(process.env)', undefined],
    ['src/env.py', 'load(process.env)', undefined],
  ])('%s: %s', (path, text, line) => {
    expect(handsOverEnvironment(path, text)).toBe(line);
  });

  it('takes no long time for hostile text', () => {
    const started = performance.now();
    for (const piece of [
      '{a:process.env,',
      'f(process.env,',
      '{ A: z.',
      ', A:',
      'env: {',
      'configService.get(',
      '(process.env',
    ])
      handsOverEnvironment('a.ts', piece.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
