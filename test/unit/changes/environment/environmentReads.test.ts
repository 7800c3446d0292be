import { describe, expect, it } from 'vitest';
import {
  environmentReads,
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
